import type { Strategy } from '../shared/index.js';
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

/** Where uploads are spooled, how large they may be, and how much an owner may keep. */
export abstract class CorpusConfig {
  abstract readonly dataDirectory: string;
  abstract readonly maxUploadBytes: number;
  /** Of all texts and titles one owner may keep, over all corpora; null means no limit. */
  abstract readonly quotaBytesPerOwner: number | null;
  /** How old documents may become in a corpus that says nothing else; null means they are kept. */
  abstract readonly retentionDays: number | null;
  /** How long an import can be taken back after its end; null means for ever. */
  abstract readonly undoDays: number | null;
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

/** The Redis that replicas share; `url` null means there is none. */
export abstract class RedisConfig {
  abstract readonly url: string | null;
  /** Of one command, connecting included. */
  abstract readonly timeoutMs: number;
}

/** Where values are kept that can be had again, and how many. */
export abstract class CacheConfig {
  abstract readonly backend: Environment['MCG_CACHE_BACKEND'];
  /** Of an entry that names none; 0 keeps none. */
  abstract readonly ttlMs: number;
  abstract readonly maxItems: number;
  abstract readonly maxBytes: number;
  abstract readonly compress: boolean;
}

/** When memory counts as tight. */
export abstract class MemoryConfig {
  abstract readonly warnPercent: number;
  abstract readonly limitPercent: number;
  /** Null means the limit the system sets. */
  abstract readonly limitBytes: number | null;
  abstract readonly sampleMs: number;
  abstract readonly readyFailsAtLimit: boolean;
}

/** Least scores of a text that may be chosen, 0..1. */
export interface QualityGateSettings {
  readonly minTone: number;
  readonly minStyle: number;
  readonly minOverall: number;
  readonly enforce: boolean;
}

/** How operations are arranged. */
export abstract class OptimizerConfig {
  abstract readonly enabled: boolean;
  /** Of a request that names none. */
  abstract readonly strategy: Strategy;
  /** Of one operation. */
  abstract readonly timeboxMs: number;
  abstract readonly cacheEnabled: boolean;
  abstract readonly cacheTtlMs: number;
  abstract readonly gate: QualityGateSettings;
}

/** Most requests of one user in a minute; 0 means no limit. */
export abstract class RateLimitConfig {
  abstract readonly perMinute: number;
}

/** Whether the process tells its figures. */
export abstract class MetricsConfig {
  abstract readonly enabled: boolean;
}

/** How many queries are worked on at once, and how many may wait. */
export abstract class AdmissionConfig {
  abstract readonly maxConcurrent: number;
  abstract readonly maxWaiting: number;
}

/** How runs wait for a worker, and how many of them this process works on at once. */
export abstract class QueueConfig {
  /** Of this process; 0 leaves the queue to others. */
  abstract readonly workers: number;
  /** Of one owner at work at once, over all processes. */
  abstract readonly maxPerOwner: number;
  abstract readonly maxQueued: number;
  abstract readonly maxQueuedPerOwner: number;
  /** Of one run, the first included. */
  abstract readonly maxAttempts: number;
}

/** How long what was done is kept, in days from its end; 0 means for good. */
export abstract class RetentionConfig {
  abstract readonly runDays: number;
  abstract readonly journalDays: number;
  abstract readonly auditDays: number;
  /** How long after its end a run's answer may still be given to another run, in milliseconds. */
  abstract readonly answerKeptMs: number;
}

/** How many watch runs at once. */
export abstract class EventsConfig {
  /** Open event streams of this process. */
  abstract readonly maxReaders: number;
}

/** Where the command line finds a server, and as whom it speaks. */
export interface ClientConfig {
  readonly apiUrl: string | null;
  readonly token: string | null;
  /** Whose corpora, where the token does not say it. */
  readonly userId: string;
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
  readonly redis: RedisConfig;
  readonly cache: CacheConfig;
  readonly memory: MemoryConfig;
  readonly optimizer: OptimizerConfig;
  readonly admission: AdmissionConfig;
  readonly queue: QueueConfig;
  readonly retention: RetentionConfig;
  readonly events: EventsConfig;
  readonly rateLimit: RateLimitConfig;
  readonly metrics: MetricsConfig;
  readonly client: ClientConfig;
}
