import type { CacheBackend } from './cache.port.js';
import type { KeptValue } from './kept-value.js';

/** What a store found, with what a copy of it must keep to. */
export interface Found {
  readonly kept: KeptValue;
  readonly backend: CacheBackend;
  /** On the monotonic clock of this process; only what came from Redis says it. */
  readonly expiresAtMs: number;
}

/** The form in which Keyv hands values to a store and wants them back; without `expires` it looks at no clock. */
export interface Stored<T> {
  readonly value: T;
}
