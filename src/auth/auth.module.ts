import { Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { RateLimitConfig } from '../config/index.js';
import { Redis, RedisModule } from '../redis/index.js';
import { Clock } from '../shared/index.js';
import { Metrics, TelemetryModule } from '../telemetry/index.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { OwnerPolicy } from './owner-policy.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { MemoryRateLimitStorage } from './rate-limit-memory.storage.js';
import { RedisRateLimitStorage } from './rate-limit-redis.storage.js';
import { ScopeGuard } from './scope.guard.js';
import { TokenService } from './token.service.js';

const rateLimitGuard = {
  inject: [RateLimitConfig, Redis, Clock, Reflector, Metrics],
  useFactory: (
    config: RateLimitConfig,
    redis: Redis,
    clock: Clock,
    reflector: Reflector,
    metrics: Metrics,
  ) => {
    const local = new MemoryRateLimitStorage(clock);
    const storage = redis.isConfigured ? new RedisRateLimitStorage(redis, local) : local;
    return new RateLimitGuard(config, storage, reflector, metrics);
  },
};

@Module({
  imports: [AuditModule, RedisModule, TelemetryModule],
  providers: [
    TokenService,
    OwnerPolicy,
    // The order is the corridor's: first who, then how often (denials are work too), then may.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, ...rateLimitGuard },
    { provide: APP_GUARD, useClass: ScopeGuard },
  ],
  exports: [TokenService, OwnerPolicy],
})
export class AuthModule {}
