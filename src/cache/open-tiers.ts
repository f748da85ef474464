import { Keyv, type KeyvStoreAdapter } from 'keyv';
import type { CacheConfig } from '../config/index.js';
import type { Redis } from '../redis/index.js';
import type { Clock, Ids } from '../shared/index.js';
import type { Log, Metrics } from '../telemetry/index.js';
import { CacheCounters } from './cache-counters.js';
import { Compressor } from './compressor.js';
import { Invalidations } from './invalidations.js';
import { LruStore } from './lru.store.js';
import { MemoryTier } from './memory-tier.js';
import { RedisStore } from './redis.store.js';
import { RedisTier } from './redis-tier.js';

/** What stands behind the cache manager, for what it cannot do; null where Redis is not used. */
export abstract class Tiers {
  abstract readonly memory: MemoryTier;
  abstract readonly redis: RedisStore | null;
  abstract readonly invalidations: Invalidations | null;
  abstract readonly counters: CacheCounters;
  /** For the cache manager, in the order in which they are asked. */
  abstract readonly stores: readonly Keyv[];
}

/** What the tiers are made with. */
export interface TierParts {
  readonly config: CacheConfig;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly redis: Redis;
  /** Of all keys and of the channel in Redis. */
  readonly prefix?: string;
}

/** The tiers that the settings ask for; null for none. */
export function openTiers(parts: TierParts): Tiers | null {
  const { config, clock, ids, log, metrics, redis, prefix = 'mcg:cache' } = parts;
  if (config.backend === 'none') return null;
  const isShared = config.backend === 'redis';
  const counters = new CacheCounters(metrics, isShared ? ['memory', 'redis'] : ['memory']);
  const compressor = new Compressor(config.compress, metrics);
  const memory = new MemoryTier(config, clock, counters);
  const stores = [inKeyv(new LruStore(memory, compressor, clock))];
  if (!isShared) return { memory, redis: null, invalidations: null, counters, stores };
  const invalidations = new Invalidations(redis, prefix, ids);
  const store = new RedisStore(
    new RedisTier(redis, clock, ids, log, invalidations, prefix),
    compressor,
    config,
  );
  return { memory, redis: store, invalidations, counters, stores: [...stores, inKeyv(store)] };
}

function inKeyv(store: LruStore | RedisStore): Keyv {
  // Keyv's type has stores return whatever its caller asks for; ours return what they hold.
  const keyv = new Keyv({ store: store as unknown as KeyvStoreAdapter, useKeyPrefix: false });
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return keyv;
}
