import { z } from 'zod';
import type { CacheConfig } from '../config/index.js';
import type { RedisState } from '../redis/index.js';
import { CACHE_NAMESPACES, type CacheNamespace, type NamespaceFigures } from './cache.port.js';

export const namespaceParams = z.strictObject({ namespace: z.enum(CACHE_NAMESPACES) });
export type NamespaceParams = z.infer<typeof namespaceParams>;

/** The cache as the API shows it; `items` and `bytes` are null in Redis, which is not counted. */
export function cacheView(config: CacheConfig, redis: RedisState, figures: readonly NamespaceFigures[]) {
  return {
    backend: config.backend,
    redis,
    ttl_ms: config.ttlMs,
    max_items: config.maxItems,
    max_bytes: config.maxBytes,
    compress: config.compress,
    namespaces: figures,
  };
}

/** What clearing a namespace let go of in this process. */
export function clearedView(namespace: CacheNamespace, cleared: number) {
  return { namespace, cleared };
}
