import type { Environment } from './environment.schema.js';

/** Where and how the HTTP server runs. */
export abstract class ServerConfig {
  abstract readonly environment: 'development' | 'production' | 'test';
  abstract readonly host: string;
  abstract readonly port: number;
}

/** Which database; `url` null means the embedded one in `dataDirectory`. */
export abstract class DatabaseConfig {
  abstract readonly url: string | null;
  abstract readonly poolSize: number;
  abstract readonly waitSeconds: number;
  abstract readonly dataDirectory: string;
}

/** What a token must be signed with and say. */
export abstract class AuthConfig {
  abstract readonly secretKey: string | null;
  abstract readonly publicKeyFile: string | null;
  abstract readonly jwksFile: string | null;
  abstract readonly issuer: string | null;
  abstract readonly audience: string | null;
  abstract readonly dataDirectory: string;
}

export type ProviderName = Environment['GEN_PROVIDER'];

/** How an OpenAI-compatible API is called. */
export interface OpenAiSettings {
  /** Empty only for a server on this machine. */
  readonly apiKey: string;
  readonly model: string;
  /** Null means the API's own address. */
  readonly baseUrl: string | null;
  readonly organization: string | null;
  readonly api: Environment['OPENAI_API'];
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
  /** Limits of this process; null means none. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

/** Which engine runs the local model, and on what; each engine reads its own members. */
export interface MvlmSettings {
  readonly backend: Environment['MVLM_BACKEND'];
  readonly modelPath: string | null;
  readonly baseUrl: string | null;
  readonly model: string | null;
  /** Null means what the model was trained with. */
  readonly contextTokens: number | null;
  readonly threads: number | null;
}

/** What writes text. */
export abstract class ProviderConfig {
  abstract readonly generation: ProviderName;
  /** What revises and condenses; the same as `generation` unless another is named. */
  abstract readonly firebreak: ProviderName;
  abstract readonly mvlm: MvlmSettings;
  /** Null where neither use names it. */
  abstract readonly openAi: OpenAiSettings | null;
  abstract readonly modelPricesFile: string | null;
}

/** Where the policy lives; null means the built-in one. */
export abstract class GovernanceConfig {
  abstract readonly policyDirectory: string | null;
}

/** Where uploads are spooled and how large they may be. */
export abstract class CorpusConfig {
  abstract readonly dataDirectory: string;
  abstract readonly maxUploadBytes: number;
}

/** Limits of a run. */
export abstract class PipelineConfig {
  abstract readonly runTimeboxMs: number;
  abstract readonly contextMaxChars: number;
  abstract readonly shutdownGraceMs: number;
}

/** How much is logged, and in which form. */
export abstract class TelemetryConfig {
  abstract readonly logLevel: Environment['LOG_LEVEL'];
  abstract readonly environment: string;
}

/** Where the command line finds a server, and as whom it speaks. */
export interface ClientConfig {
  readonly apiUrl: string | null;
  readonly token: string | null;
}

/** All slices, made from one checked environment. */
export interface Settings {
  readonly server: ServerConfig;
  readonly database: DatabaseConfig;
  readonly auth: AuthConfig;
  readonly provider: ProviderConfig;
  readonly governance: GovernanceConfig;
  readonly corpus: CorpusConfig;
  readonly pipeline: PipelineConfig;
  readonly telemetry: TelemetryConfig;
  readonly client: ClientConfig;
}

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
    corpus: { dataDirectory, maxUploadBytes: env.IMPORT_MAX_BYTES },
    pipeline: {
      runTimeboxMs: env.RUN_TIMEBOX_MS,
      contextMaxChars: env.CONTEXT_MAX_CHARS,
      shutdownGraceMs: env.SHUTDOWN_GRACE_MS,
    },
    client: { apiUrl: env.MCG_API_URL?.replace(/\/+$/, '') ?? null, token: env.MCG_TOKEN ?? null },
    telemetry: { logLevel: env.LOG_LEVEL, environment: env.NODE_ENV },
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
