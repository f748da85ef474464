export {
  BudgetLedger,
  type BudgetName,
  type BudgetOutcome,
  type BudgetReservation,
  type BudgetUsage,
  type CallCost,
  type ReservedCall,
  type WriteGuard,
} from './budget-ledger.port.js';
export type { AskFacts, Decision, GovernedAction, ScoreMiss, Severity, Usage, Verdict } from './decision.js';
export { GovernanceModule } from './governance.module.js';
export { GovernanceService, type PolicyDescription } from './governance.service.js';
export { PostgresBudgetLedger } from './postgres-budget-ledger.js';
export { PriceList } from './price-list.port.js';
export { SPEND_LIMIT_POLICY } from './spend.errors.js';
export { type DailyLimits, SpendLimits } from './spend-limits.js';
