import type { Environment } from './environment.schema.js';
import type { ClientConfig, CorpusConfig, OpenAiSettings, ProviderConfig, Settings } from './settings.js';

/** Turns names of the environment into typed slices. */
export function settingsFrom(env: Environment): Settings {
  const dataDirectory = env.MCG_DATA_DIR;
  return {
    server: {
      environment: env.NODE_ENV,
      host: env.HOST,
      port: env.PORT,
    },
    database: {
      url: env.DATABASE_URL ?? null,
      poolSize: env.DATABASE_POOL_SIZE,
      waitSeconds: env.DATABASE_WAIT_SECONDS,
      dataDirectory,
    },
    auth: {
      secretKey: env.JWT_SECRET_KEY ?? null,
      publicKeyFile: env.JWT_PUBLIC_KEY_FILE ?? null,
      jwksFile: env.JWT_JWKS_FILE ?? null,
      issuer: env.JWT_ISSUER ?? null,
      audience: env.JWT_AUDIENCE ?? null,
      dataDirectory,
    },
    provider: providerSettings(env),
    governance: { policyDirectory: env.GOVERNANCE_POLICY_DIR ?? null },
    corpus: corpusSettings(env),
    pipeline: {
      runTimeboxMs: env.RUN_TIMEBOX_MS,
      contextMaxChars: env.CONTEXT_MAX_CHARS,
      shutdownGraceMs: env.SHUTDOWN_GRACE_MS,
    },
    client: clientSettings(env),
    telemetry: {
      logLevel: env.LOG_LEVEL,
      environment: env.NODE_ENV,
    },
    queue: queueSettings(env),
    ...afterwardsSettings(env),
    ...arrangementSettings(env),
  };
}

function clientSettings(env: Environment): ClientConfig {
  return {
    apiUrl: env.MCG_API_URL?.replace(/\/+$/, '') ?? null,
    token: env.MCG_TOKEN ?? null,
    userId: env.MCG_USER_ID,
  };
}

/** 0 stands for no limit. */
function corpusSettings(env: Environment): CorpusConfig {
  const limit = (value: number) => (value === 0 ? null : value);
  return {
    dataDirectory: env.MCG_DATA_DIR,
    maxUploadBytes: env.IMPORT_MAX_BYTES,
    quotaBytesPerOwner: limit(env.CORPUS_QUOTA_MB * 1024 ** 2),
    retentionDays: limit(env.CORPUS_RETENTION_DAYS),
    undoDays: limit(env.IMPORT_UNDO_DAYS),
  };
}

function arrangementSettings(
  env: Environment,
): Pick<Settings, 'redis' | 'cache' | 'memory' | 'optimizer' | 'rateLimit' | 'metrics' | 'admission'> {
  return {
    redis: { url: env.REDIS_URL ?? null, timeoutMs: env.REDIS_TIMEOUT_MS },
    cache: {
      backend: env.MCG_CACHE_BACKEND,
      ttlMs: env.MCG_CACHE_TTL * 1_000,
      maxItems: env.MCG_CACHE_MAX_ITEMS,
      maxBytes: env.MCG_CACHE_MAX_BYTES,
      compress: env.MCG_CACHE_COMPRESS,
    },
    memory: {
      warnPercent: env.MEMORY_WARN_PERCENT,
      limitPercent: env.MEMORY_LIMIT_PERCENT,
      limitBytes: env.MEMORY_LIMIT_BYTES ?? null,
      sampleMs: env.MEMORY_SAMPLE_MS,
      readyFailsAtLimit: env.MEMORY_READY_FAILS_AT_LIMIT,
    },
    optimizer: {
      enabled: env.FEATURE_RESPONSE_OPTIMIZER,
      strategy: env.OPTIMIZATION_STRATEGY,
      timeboxMs: env.OPTIMIZATION_TIMEBOX_MS,
      cacheEnabled: env.OPTIMIZATION_ENABLE_CACHE,
      cacheTtlMs: env.OPTIMIZATION_CACHE_TTL_MS,
      gate: {
        minTone: env.OPTIMIZATION_QA_MIN_TONE,
        minStyle: env.OPTIMIZATION_QA_MIN_STYLE,
        minOverall: env.OPTIMIZATION_QA_MIN_OVERALL,
        enforce: env.OPTIMIZATION_QA_ENFORCE,
      },
    },
    rateLimit: { perMinute: env.RATE_LIMIT_PER_MINUTE },
    metrics: { enabled: env.METRICS_ENABLED },
    admission: { maxConcurrent: env.QUERY_MAX_CONCURRENT, maxWaiting: env.QUERY_MAX_WAITING },
  };
}

function queueSettings(env: Environment): Settings['queue'] {
  return {
    // The embedded database has no other process that could work on the queue.
    workers: env.DATABASE_URL === undefined ? Math.max(1, env.QUEUE_WORKERS) : env.QUEUE_WORKERS,
    maxPerOwner: env.QUEUE_MAX_PER_OWNER,
    maxQueued: env.QUEUE_MAX_QUEUED,
    maxQueuedPerOwner: env.QUEUE_MAX_QUEUED_PER_OWNER,
    maxAttempts: env.QUEUE_MAX_ATTEMPTS,
  };
}

/** What is told of runs, and how long. */
function afterwardsSettings(env: Environment): Pick<Settings, 'events' | 'retention'> {
  return {
    events: { maxReaders: env.EVENTS_MAX_READERS },
    retention: {
      runDays: env.RUN_RETENTION_DAYS,
      journalDays: env.JOURNAL_RETENTION_DAYS,
      auditDays: env.AUDIT_RETENTION_DAYS,
      answerKeptMs: env.OPTIMIZATION_CACHE_TTL_MS,
    },
  };
}

function providerSettings(env: Environment): ProviderConfig {
  const generation = env.GEN_PROVIDER;
  const firebreak = env.FIREBREAK_PROVIDER ?? generation;
  return {
    generation,
    firebreak,
    mvlm: {
      backend: env.MVLM_BACKEND,
      modelPath: env.MVLM_MODEL_PATH ?? null,
      baseUrl: env.MVLM_BASE_URL ?? null,
      model: env.MVLM_MODEL ?? null,
      contextTokens: env.MVLM_CONTEXT_TOKENS ?? null,
      threads: env.MVLM_THREADS ?? null,
    },
    openAi: [generation, firebreak].includes('openai') ? openAiSettings(env) : null,
    modelPricesFile: env.MODEL_PRICES_FILE ?? null,
  };
}

function openAiSettings(env: Environment): OpenAiSettings {
  return {
    apiKey: env.OPENAI_API_KEY ?? '',
    model: env.OPENAI_MODEL,
    baseUrl: env.OPENAI_BASE_URL ?? null,
    organization: env.OPENAI_ORGANIZATION ?? null,
    api: env.OPENAI_API,
    timeoutMs: env.OPENAI_TIMEOUT_MS,
    maxRetries: env.OPENAI_MAX_RETRIES,
    requestsPerMinute: env.OPENAI_REQUESTS_PER_MINUTE ?? null,
    tokensPerMinute: env.OPENAI_TOKENS_PER_MINUTE ?? null,
  };
}
