/** What is kept, each kind apart from the others. */
export const CACHE_NAMESPACES = ['answers', 'responses', 'searches', 'voices', 'decisions'] as const;
export type CacheNamespace = (typeof CACHE_NAMESPACES)[number];

/** Where a value lies: in this process, or in the Redis that replicas share. */
export type CacheBackend = 'memory' | 'redis';

/** Turns what was found into a value of the wanted type; throws where it is none. */
export type Reader<T> = (found: unknown) => T;

/**
 * Figures of one namespace in one backend, as this process sees them. `items` and `bytes` are null for Redis, which
 * is shared and is not counted.
 */
export interface NamespaceFigures {
  readonly namespace: CacheNamespace;
  readonly backend: CacheBackend;
  readonly items: number | null;
  readonly bytes: number | null;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
}

/** One namespace in the memory of this process only, for callers that cannot wait. */
export interface LocalCache {
  /** The value under a key, or null for a miss; it is shared, so nobody may change it. */
  get(key: string): unknown;
  /** Keeps a value for `ttlMs` milliseconds (left out: the configured time); 0 and less keep nothing. */
  set(key: string, value: unknown, ttlMs?: number): void;
}

/**
 * Keeps values that can be had again. It never throws and never holds a request up longer than its own small
 * time limit: what is absent, expired, unreadable or out of reach is a miss. Values are JSON; one that is handed
 * out is shared and frozen. A key should name its value (by a hash of all it depends on): replicas learn of `delete`
 * and `clear`, not of another value under the same key.
 */
export abstract class Cache {
  /** The value under a key, or null for a miss. `read` decides whether what was found is such a value. */
  abstract get<T>(namespace: CacheNamespace, key: string, read: Reader<T>): Promise<T | null>;
  /** Keeps a value for `ttlMs` milliseconds (left out: the configured time); 0 and less keep nothing. */
  abstract set(namespace: CacheNamespace, key: string, value: unknown, ttlMs?: number): Promise<void>;
  abstract delete(namespace: CacheNamespace, key: string): Promise<void>;
  /** Forgets a whole namespace, in every replica; the number of entries this process let go. */
  abstract clear(namespace: CacheNamespace): Promise<number>;
  /** The same namespace without waiting, in this process only. */
  abstract local(namespace: CacheNamespace): LocalCache;
  abstract figures(): readonly NamespaceFigures[];
}
