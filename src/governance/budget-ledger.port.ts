import type { Role } from '../shared/index.js';
import type { Decision } from './decision.js';

export interface BudgetReservation {
  readonly taskId: string;
  readonly role: Role;
  readonly budget: NonNullable<Decision['reservation']>['budget'];
  /** As the decision gave it, from 1. */
  readonly ordinal: number;
  readonly provider: string;
  readonly model: string;
}

export interface BudgetOutcome {
  readonly outcome: 'succeeded' | 'failed';
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface BudgetUsage {
  readonly externalCalls: number;
  readonly retrievals: number;
}

/** The durable count of what roles spend. A reservation that is never settled counts as spent. */
export abstract class BudgetLedger {
  /**
   * Stores a reservation before its call and returns its id. Throws `governance.budget_conflict` where this ordinal
   * is taken: somebody else spent it, and the call must not be made.
   */
  abstract reserve(reservation: BudgetReservation): Promise<string>;

  /** Writes down how a reserved call ended. Throws `governance.reservation_closed` unless it is open. */
  abstract settle(reservationId: string, outcome: BudgetOutcome): Promise<void>;

  /** What a role has reserved or spent in a run, settled or not. */
  abstract usage(taskId: string, role: Role): Promise<BudgetUsage>;
}
