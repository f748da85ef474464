import {
  BudgetLedger,
  type BudgetOutcome,
  type BudgetReservation,
  type BudgetUsage,
  PriceList,
  type ReservedCall,
} from '../../src/governance/index.js';
import {
  type CallOptions,
  type Generation,
  type ProviderDescription,
  type ReviseRequest,
  type Revision,
  type SummarizeRequest,
  type Summary,
  TextGenerationProvider,
} from '../../src/provider/index.js';
import { AppError, type Role } from '../../src/shared/index.js';

/** A provider that writes nothing and counts, by role, which reservation ids it was called with. */
export class CountingProvider extends TextGenerationProvider {
  readonly reservations = new Map<Role, (string | null)[]>();

  constructor(private readonly external: boolean) {
    super();
  }

  describe(): ProviderDescription {
    return { name: this.external ? 'openai' : 'mvlm', model: 'counting', external: this.external };
  }

  async generate(request: { role: Role }, options: CallOptions): Promise<never> {
    return this.count(request.role, options) as never;
  }

  async revise(request: ReviseRequest, options: CallOptions): Promise<Generation<Revision>> {
    return this.count(request.role, options) as never;
  }

  async summarize(request: SummarizeRequest, options: CallOptions): Promise<Generation<Summary>> {
    return this.count(request.role, options) as never;
  }

  private count(role: Role, { reservationId }: CallOptions) {
    this.reservations.set(role, [...(this.reservations.get(role) ?? []), reservationId]);
    return {
      value: { text: [], changes: [] },
      usage: { inputTokens: 1, outputTokens: 1 },
      provider: 'x',
      model: 'y',
    };
  }
}

/** Every model costs a dollar a million tokens, in or out, but `unpriced`, whose price nobody knows. */
export class FlatPrices extends PriceList {
  costMicroUsd(model: string, inputTokens: number, outputTokens: number): number | null {
    return model === 'unpriced' ? null : inputTokens + outputTokens;
  }
}

/** The ledger's rules in memory, without a limit a day: an ordinal is taken once, a reservation settled once. */
export class MemoryLedger extends BudgetLedger {
  readonly reserved: BudgetReservation[] = [];
  readonly settled: BudgetOutcome[] = [];
  private readonly open = new Set<string>();

  async reserve(reservation: BudgetReservation): Promise<string> {
    const id = reservation.id ?? placeOf(reservation);
    if (this.reserved.some((each) => placeOf(each) === placeOf(reservation)))
      throw new AppError('governance.budget_conflict', 'conflict', 'taken');
    this.reserved.push(reservation);
    this.open.add(id);
    return id;
  }

  async callsOf(taskId: string): Promise<readonly ReservedCall[]> {
    return this.reserved.filter((each) => each.taskId === taskId);
  }

  async settle(reservationId: string, outcome: BudgetOutcome): Promise<void> {
    if (!this.open.delete(reservationId))
      throw new AppError('governance.reservation_closed', 'conflict', 'not open');
    this.settled.push(outcome);
  }

  async usage(taskId: string, role: Role): Promise<BudgetUsage> {
    const own = this.reserved.filter((each) => each.taskId === taskId && each.role === role);
    const count = (budget: string) => own.filter((each) => each.budget === budget).length;
    return { externalCalls: count('external_call'), retrievals: count('retrieval') };
  }
}

function placeOf({ taskId, role, budget, ordinal }: BudgetReservation): string {
  return `${taskId}/${role}/${budget}/${ordinal}`;
}
