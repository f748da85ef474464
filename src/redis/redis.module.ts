import { Module } from '@nestjs/common';
import { RedisConfig } from '../config/index.js';
import { Log, TelemetryModule } from '../telemetry/index.js';
import { Redis } from './redis.js';

@Module({
  imports: [TelemetryModule],
  providers: [
    {
      provide: Redis,
      useFactory: (config: RedisConfig, log: Log) => new Redis(config, log),
      inject: [RedisConfig, Log],
    },
  ],
  exports: [Redis],
})
export class RedisModule {}
