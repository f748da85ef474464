import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '../database/index.js';
import { GovernanceModule } from '../governance/index.js';
import { ProviderModule } from '../provider/index.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { ProviderCondition } from './provider-condition.js';
import { StatusService } from './status.service.js';

@Module({
  // The checks' outcome is in the answer and in the status code; the library's own log lines would repeat it.
  imports: [TerminusModule.forRoot({ logger: false }), DatabaseModule, GovernanceModule, ProviderModule],
  controllers: [HealthController],
  providers: [HealthService, ProviderCondition, StatusService],
})
export class HealthModule {}
