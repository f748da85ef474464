import { createCache } from 'cache-manager';
import type { Cache } from '../../src/cache/index.js';
import { openTiers, type Tiers } from '../../src/cache/open-tiers.js';
import { TieredCache } from '../../src/cache/tiered-cache.js';
import type { CacheConfig } from '../../src/config/index.js';
import type { Pressure, PressureListener } from '../../src/memory/index.js';
import { Redis } from '../../src/redis/index.js';
import { Clock, SystemClock, SystemIds } from '../../src/shared/index.js';
import { Log, Metrics } from '../../src/telemetry/index.js';

/** Time that a test moves: what the wall shows, and what has gone by. */
export class MovedClock extends Clock {
  wallMs = Date.UTC(2026, 10, 22);
  goneMs = 1;

  now(): Date {
    return new Date(this.wallMs);
  }

  elapsedMs(): number {
    return this.goneMs;
  }
}

/** Pressure that a test sets. */
export class SetPressure {
  private level: Pressure = 'ok';
  private listeners: PressureListener[] = [];

  pressure(): Pressure {
    return this.level;
  }

  subscribe(listener: PressureListener): () => void {
    this.listeners.push(listener);
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener);
    };
  }

  set(level: Pressure): void {
    const before = this.level;
    this.level = level;
    for (const listener of this.listeners) listener(level, before);
  }
}

export interface OpenCache {
  readonly cache: Cache;
  readonly tiers: Tiers;
  readonly redis: Redis;
  readonly metrics: Metrics;
  readonly pressure: SetPressure;
  readonly logged: readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/** What a test may choose. */
export interface CacheChoices {
  readonly config: CacheConfig;
  readonly clock?: Clock;
  readonly redisUrl?: string;
  readonly timeoutMs?: number;
  readonly prefix?: string;
}

/** A cache as the module puts it together, without the module. */
export function openCache({
  config,
  clock = new SystemClock(),
  redisUrl,
  timeoutMs = 2_000,
  prefix,
}: CacheChoices): OpenCache {
  const logged: Record<string, unknown>[] = [];
  const log = new Log(
    { logLevel: 'debug', environment: 'test' },
    { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const metrics = new Metrics();
  const redis = new Redis({ url: redisUrl ?? null, timeoutMs }, log);
  const tiers = openTiers({
    config,
    clock,
    ids: new SystemIds(),
    log,
    metrics,
    redis,
    ...(prefix ? { prefix } : {}),
  })!;
  const pressure = new SetPressure();
  const cache = new TieredCache(createCache({ stores: [...tiers.stores] }), tiers, config, pressure, clock);
  redis.onModuleInit();
  cache.onModuleInit();
  const close = async () => {
    cache.onApplicationShutdown();
    redis.onApplicationShutdown();
    for (const store of tiers.stores) await store.disconnect();
  };
  return { cache, tiers, redis, metrics, pressure, logged, close };
}
