import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Ids, SystemClock, SystemIds } from '../shared/index.js';
import {
  AdmissionConfig,
  AuthConfig,
  CacheConfig,
  CorpusConfig,
  DatabaseConfig,
  EventsConfig,
  GovernanceConfig,
  MemoryConfig,
  MetricsConfig,
  OptimizerConfig,
  PipelineConfig,
  ProviderConfig,
  QueueConfig,
  RateLimitConfig,
  RedisConfig,
  RetentionConfig,
  ServerConfig,
  type Settings,
  TelemetryConfig,
} from './settings.js';

/** Gives every module what comes from outside: its slice of the settings, time and ids. The only global module. */
@Module({})
export class ConfigModule {
  static register(settings: Settings): DynamicModule {
    const providers = [
      { provide: ServerConfig, useValue: settings.server },
      { provide: DatabaseConfig, useValue: settings.database },
      { provide: AuthConfig, useValue: settings.auth },
      { provide: ProviderConfig, useValue: settings.provider },
      { provide: GovernanceConfig, useValue: settings.governance },
      { provide: CorpusConfig, useValue: settings.corpus },
      { provide: PipelineConfig, useValue: settings.pipeline },
      { provide: TelemetryConfig, useValue: settings.telemetry },
      { provide: RedisConfig, useValue: settings.redis },
      { provide: CacheConfig, useValue: settings.cache },
      { provide: MemoryConfig, useValue: settings.memory },
      { provide: OptimizerConfig, useValue: settings.optimizer },
      { provide: RateLimitConfig, useValue: settings.rateLimit },
      { provide: MetricsConfig, useValue: settings.metrics },
      { provide: AdmissionConfig, useValue: settings.admission },
      { provide: QueueConfig, useValue: settings.queue },
      { provide: RetentionConfig, useValue: settings.retention },
      { provide: EventsConfig, useValue: settings.events },
      { provide: Clock, useClass: SystemClock },
      { provide: Ids, useClass: SystemIds },
    ];
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
