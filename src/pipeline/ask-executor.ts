import { Injectable } from '@nestjs/common';
import { SearchService } from '../corpus/index.js';
import { BudgetLedger, type Decision, GovernanceService } from '../governance/index.js';
import { type CallOptions, type Generation, ProviderDirectory } from '../provider/index.js';
import { AppError, type Role } from '../shared/index.js';
import type { Ask, MeasureAsk, Measured, SearchAsk } from './asks.js';
import type { RunContext } from './run-context.js';

type WritingAsk = Extract<Ask, { writer: unknown }>;

/** Does what was asked and permitted: search, write or measure. Knows nothing of stages or policies. */
@Injectable()
export class AskExecutor {
  constructor(
    private readonly search: SearchService,
    private readonly providers: ProviderDirectory,
    private readonly ledger: BudgetLedger,
    private readonly governance: GovernanceService,
  ) {}

  /** The ask's value; throws `AppError` where it cannot be had. */
  execute(role: Role, ask: Ask, decision: Decision, run: RunContext): Promise<unknown> {
    switch (ask.type) {
      case 'search':
        return this.find(ask, run);
      case 'measure':
        return Promise.resolve(this.measure(role, ask, run));
      case 'retrieve':
        throw new AppError(
          'pipeline.no_reference_source',
          'unprocessable',
          'No reference source is configured.',
        );
      default:
        return this.write(role, ask, decision, run);
    }
  }

  measure(role: Role, ask: Omit<MeasureAsk, 'type'>, run: RunContext): Measured {
    const report = run.reports.report(ask);
    return { report, verdict: this.governance.judge(role, report) };
  }

  private find(ask: SearchAsk, run: RunContext) {
    return this.search.search({
      ownerId: run.actor.userId,
      corpus: ask.corpus,
      text: ask.text,
      limit: ask.limit,
      asOf: run.request.asOf,
      // What tools and system prompts said is kept and can be searched, but it is nobody's statement.
      authorRoles: ask.purpose === 'style' ? ['self'] : ['self', 'assistant', 'other'],
    });
  }

  private async write(role: Role, ask: WritingAsk, decision: Decision, run: RunContext): Promise<unknown> {
    if (decision.reservation === null)
      return this.call(role, ask, { signal: run.signal, reservationId: null });
    const { provider, model } = this.describe(ask);
    const reservationId = await this.ledger.reserve({
      taskId: run.taskId,
      role,
      ...decision.reservation,
      provider,
      model,
    });
    try {
      const generation = await this.call(role, ask, { signal: run.signal, reservationId });
      await this.ledger.settle(reservationId, { outcome: 'succeeded', ...generation.usage });
      return generation;
    } catch (error) {
      await this.ledger.settle(reservationId, { outcome: 'failed', inputTokens: 0, outputTokens: 0 });
      throw error;
    }
  }

  private call(role: Role, ask: WritingAsk, options: CallOptions): Promise<Generation<unknown>> {
    const provider = this.providers.writer(ask.writer);
    if (ask.type === 'revise') return provider.revise({ ...ask.request, role }, options);
    if (ask.type === 'summarize') return provider.summarize({ ...ask.request, role }, options);
    return provider.generate({ ...ask.request, role }, options);
  }

  private describe(ask: WritingAsk) {
    const { name, model } = this.providers.writer(ask.writer).describe();
    return { provider: name, model };
  }
}
