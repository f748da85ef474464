export { AnswerFlight } from './answer-flight.js';
export type {
  ArrangedResult,
  Arrangement,
  DecidedOperation,
  OperationLimits,
  OperationName,
  ResultSource,
} from './operation.js';
export { Optimizer } from './optimizer.js';
export { OptimizerModule } from './optimizer.module.js';
export { OptimizerOverview } from './optimizer-overview.js';
export type { Shared } from './single-flight.js';
export type { AppliedStrategy, RunPlan, RunShape } from './strategies/run-plan.js';
