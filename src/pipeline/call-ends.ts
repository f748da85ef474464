import type { BudgetName, BudgetOutcome, ReservedCall } from '../governance/index.js';
import type { Role } from '../shared/index.js';

/** How a reserved call ended. */
export interface CallEnd extends BudgetOutcome {
  readonly reservationId: string;
}

/** Ends of a run's calls that are not written down yet: they are stored together with what the calls gave. */
export class CallEnds {
  private readonly waiting: CallEnd[] = [];
  private late: ((end: CallEnd) => void) | null = null;

  add(end: CallEnd): void {
    if (this.late) this.late(end);
    else this.waiting.push(end);
  }

  unstored(): readonly CallEnd[] {
    return [...this.waiting];
  }

  wereStored(ends: readonly CallEnd[]): void {
    for (const end of ends) this.waiting.splice(this.waiting.indexOf(end), 1);
  }

  /** From here on there is nothing to store them with: each end, also one that waits, is handed to `late`. */
  close(late: (end: CallEnd) => void): void {
    this.late = late;
    for (const end of this.waiting.splice(0)) late(end);
  }
}

/** Calls that earlier attempts of a run reserved: each is spent, whether or not anybody knows how it ended. */
export class EarlierCalls {
  constructor(private readonly calls: readonly ReservedCall[] = []) {}

  has(role: Role, { budget, ordinal }: { readonly budget: BudgetName; readonly ordinal: number }): boolean {
    return this.calls.some(
      (call) => call.role === role && call.budget === budget && call.ordinal === ordinal,
    );
  }

  externalCallsOf(role: Role): number {
    return this.calls.filter((call) => call.role === role && call.budget === 'external_call').length;
  }
}
