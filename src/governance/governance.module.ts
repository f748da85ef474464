import { Module } from '@nestjs/common';
import { GovernanceConfig } from '../config/index.js';
import { DatabaseModule } from '../database/index.js';
import { BudgetLedger } from './budget-ledger.port.js';
import { GovernanceService } from './governance.service.js';
import { PolicyController } from './policy.controller.js';
import { PostgresBudgetLedger } from './postgres-budget-ledger.js';

@Module({
  imports: [DatabaseModule],
  controllers: [PolicyController],
  providers: [
    {
      provide: GovernanceService,
      useFactory: (config: GovernanceConfig) => GovernanceService.open(config.policyDirectory),
      inject: [GovernanceConfig],
    },
    { provide: BudgetLedger, useClass: PostgresBudgetLedger },
  ],
  exports: [GovernanceService, BudgetLedger],
})
export class GovernanceModule {}
