import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/index.js';
import { ConfigModule, type Settings } from './config/index.js';
import { HealthModule } from './health/index.js';
import { MemoryModule } from './memory/index.js';
import { MetricsModule } from './metrics/index.js';
import { PipelineModule } from './pipeline/index.js';
import { QaModule } from './qa/index.js';

/** Everything, put together from one set of settings. */
@Module({})
export class AppModule {
  static register(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(settings),
        AuthModule,
        MemoryModule,
        QaModule,
        PipelineModule,
        HealthModule,
        MetricsModule,
      ],
    };
  }
}
