import type { EntityManager } from 'typeorm';
import type { Role } from '../shared/index.js';
import type { Decision } from './decision.js';

/** What a call takes, or may take at most. */
export interface CallCost {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar; null where the model has no known price. */
  readonly microUsd: number | null;
}

/** A budget of a role in a run. */
export type BudgetName = NonNullable<Decision['reservation']>['budget'];

export interface BudgetReservation {
  /** The caller's own id: a repeat under it, after a line was lost, counts once. Left out: a new one is made. */
  readonly id?: string;
  readonly taskId: string;
  /** Whose daily limits it counts against. */
  readonly ownerId: string;
  readonly role: Role;
  readonly budget: BudgetName;
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

/** A call that was reserved, settled or not. */
export interface ReservedCall {
  readonly role: Role;
  readonly budget: BudgetName;
  readonly ordinal: number;
}

/** Says in the ledger's own transaction, before it writes, whether the caller may still write; throws where not. */
export type WriteGuard = (manager: EntityManager) => Promise<void>;

/** The durable count of what roles and owners spend. A reservation that is never settled counts as spent, in full. */
export abstract class BudgetLedger {
  /**
   * Stores a reservation before its call, counts its upper bound against the owner's day, and returns its id. Throws
   * `governance.budget_conflict` where this ordinal is taken (somebody else spent it), `governance.spend_limit`
   * (429, until the next UTC midnight) where the bound would pass a limit, and what `guard` throws; in each case
   * nothing is written and the call must not be made.
   */
  abstract reserve(reservation: BudgetReservation, guard?: WriteGuard): Promise<string>;

  /**
   * Writes down how a reserved call ended, and gives back what it did not take to the day it was reserved on. Throws
   * `governance.reservation_closed` unless it is open, and changes nothing then. Writes in the caller's transaction
   * where it is given one.
   */
  abstract settle(reservationId: string, outcome: BudgetOutcome, manager?: EntityManager): Promise<void>;

  /** What a role has reserved or spent in a run, settled or not. */
  abstract usage(taskId: string, role: Role): Promise<BudgetUsage>;

  /** Every call that was ever reserved in a run, settled or not. */
  abstract callsOf(taskId: string): Promise<readonly ReservedCall[]>;
}
