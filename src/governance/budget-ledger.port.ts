import type { Role } from '../shared/index.js';
import type { Decision } from './decision.js';

/** What a call takes, or may take at most. */
export interface CallCost {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar; null where the model has no known price. */
  readonly microUsd: number | null;
}

export interface BudgetReservation {
  readonly taskId: string;
  /** Whose daily limits it counts against. */
  readonly ownerId: string;
  readonly role: Role;
  readonly budget: NonNullable<Decision['reservation']>['budget'];
  /** As the decision gave it, from 1. */
  readonly ordinal: number;
  readonly provider: string;
  readonly model: string;
  readonly upperBound: CallCost;
}

export interface BudgetOutcome {
  readonly outcome: 'succeeded' | 'failed';
  /** Null where nobody can say: the call then counts at its upper bound. */
  readonly cost: CallCost | null;
}

export interface BudgetUsage {
  readonly externalCalls: number;
  readonly retrievals: number;
}

/** The durable count of what roles and owners spend. A reservation that is never settled counts as spent, in full. */
export abstract class BudgetLedger {
  /**
   * Stores a reservation before its call, counts its upper bound against the owner's day, and returns its id. Throws
   * `governance.budget_conflict` where this ordinal is taken (somebody else spent it) and `governance.spend_limit`
   * (429, until the next UTC midnight) where the bound would pass a limit; either way the call must not be made.
   */
  abstract reserve(reservation: BudgetReservation): Promise<string>;

  /**
   * Writes down how a reserved call ended, and gives back what it did not take to the day it was reserved on. Throws
   * `governance.reservation_closed` unless it is open, and changes nothing then.
   */
  abstract settle(reservationId: string, outcome: BudgetOutcome): Promise<void>;

  /** What a role has reserved or spent in a run, settled or not. */
  abstract usage(taskId: string, role: Role): Promise<BudgetUsage>;
}
