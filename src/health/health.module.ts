import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '../database/index.js';
import { GovernanceModule } from '../governance/index.js';
import { MemoryModule } from '../memory/index.js';
import { PipelineModule } from '../pipeline/index.js';
import { ProviderModule } from '../provider/index.js';
import { RedisModule } from '../redis/index.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { ProviderCondition } from './provider-condition.js';
import { ResourceIndicators } from './resource-indicators.js';
import { StatusService } from './status.service.js';

@Module({
  // The checks' outcome is in the answer and in the status code; the library's own log lines would repeat it.
  imports: [
    TerminusModule.forRoot({ logger: false }),
    DatabaseModule,
    GovernanceModule,
    MemoryModule,
    PipelineModule,
    ProviderModule,
    RedisModule,
  ],
  controllers: [HealthController],
  providers: [HealthService, ProviderCondition, ResourceIndicators, StatusService],
})
export class HealthModule {}
