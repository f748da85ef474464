import { BudgetLedger, type BudgetReservation, type BudgetUsage } from '../../src/governance/index.js';
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

/** The ledger's rules in memory: an ordinal is taken once. */
export class MemoryLedger extends BudgetLedger {
  private readonly taken = new Map<string, BudgetReservation>();

  async reserve(reservation: BudgetReservation): Promise<string> {
    const { taskId, role, budget, ordinal } = reservation;
    const id = `${taskId}/${role}/${budget}/${ordinal}`;
    if (this.taken.has(id)) throw new AppError('governance.budget_conflict', 'conflict', 'taken');
    this.taken.set(id, reservation);
    return id;
  }

  async settle(): Promise<void> {}

  async usage(taskId: string, role: Role): Promise<BudgetUsage> {
    const own = [...this.taken.values()].filter((each) => each.taskId === taskId && each.role === role);
    const count = (budget: string) => own.filter((each) => each.budget === budget).length;
    return { externalCalls: count('external_call'), retrievals: count('retrieval') };
  }
}
