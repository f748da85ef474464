import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { GovernanceConfig } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { BudgetLedger } from './budget-ledger.port.js';
import { GovernanceService } from './governance.service.js';
import { PolicyController } from './policy.controller.js';
import { PostgresBudgetLedger } from './postgres-budget-ledger.js';
import { SpendRepository } from './spend.repository.js';
import { SpendLimits } from './spend-limits.js';
import { UsageController } from './usage.controller.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [AuthModule, DatabaseModule],
  controllers: [PolicyController, UsageController],
  providers: [
    {
      provide: GovernanceService,
      useFactory: (config: GovernanceConfig) => GovernanceService.open(config.policyDirectory),
      inject: [GovernanceConfig],
    },
    {
      provide: SpendLimits,
      useFactory: (governance: GovernanceService) => governance.spendLimits(),
      inject: [GovernanceService],
    },
    SpendRepository,
    UsageService,
    { provide: BudgetLedger, useClass: PostgresBudgetLedger },
  ],
  exports: [GovernanceService, BudgetLedger],
})
export class GovernanceModule {}
