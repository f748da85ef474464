export {
  BudgetLedger,
  type BudgetOutcome,
  type BudgetReservation,
  type BudgetUsage,
} from './budget-ledger.port.js';
export type { AskFacts, Decision, GovernedAction, ScoreMiss, Severity, Usage, Verdict } from './decision.js';
export { GovernanceModule } from './governance.module.js';
export { GovernanceService, type PolicyDescription } from './governance.service.js';
export { PostgresBudgetLedger } from './postgres-budget-ledger.js';
