import { CACHE_MANAGER, CacheModule as CacheManagerModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import type { Cache as CacheManager } from 'cache-manager';
import { CacheConfig } from '../config/index.js';
import { MemoryManager, MemoryModule } from '../memory/index.js';
import { Redis, RedisModule } from '../redis/index.js';
import { Clock, Ids } from '../shared/index.js';
import { Log, Metrics, TelemetryModule } from '../telemetry/index.js';
import { CacheController } from './cache.controller.js';
import { Cache } from './cache.port.js';
import { NoCache } from './no-cache.js';
import { openTiers, Tiers } from './open-tiers.js';
import { TieredCache } from './tiered-cache.js';

@Module({
  imports: [RedisModule, TelemetryModule],
  providers: [
    {
      provide: Tiers,
      useFactory: (config: CacheConfig, clock: Clock, ids: Ids, log: Log, metrics: Metrics, redis: Redis) =>
        openTiers({ config, clock, ids, log, metrics, redis }),
      inject: [CacheConfig, Clock, Ids, Log, Metrics, Redis],
    },
  ],
  exports: [Tiers],
})
class CacheTiersModule {}

@Module({
  imports: [
    CacheTiersModule,
    MemoryModule,
    RedisModule,
    CacheManagerModule.registerAsync({
      imports: [CacheTiersModule],
      useFactory: (tiers: Tiers | null) => ({ stores: [...(tiers?.stores ?? [])] }),
      inject: [Tiers],
    }),
  ],
  controllers: [CacheController],
  providers: [
    {
      provide: Cache,
      useFactory: (
        manager: CacheManager,
        tiers: Tiers | null,
        config: CacheConfig,
        memory: MemoryManager,
        clock: Clock,
      ) => (tiers ? new TieredCache(manager, tiers, config, memory, clock) : new NoCache()),
      inject: [CACHE_MANAGER, Tiers, CacheConfig, MemoryManager, Clock],
    },
  ],
  exports: [Cache],
})
export class CacheModule {}
