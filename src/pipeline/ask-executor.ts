import { Injectable } from '@nestjs/common';
import { type SearchHit, SearchService } from '../corpus/index.js';
import { BudgetLedger, type Decision } from '../governance/index.js';
import { type CallOptions, type Generation, ProviderDirectory } from '../provider/index.js';
import { detectPlantedInstructions } from '../qa/index.js';
import { AppError, type Role } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import type { Ask, MeasureAsk, ScreenedSearch, SearchAsk } from './asks.js';
import type { RunContext } from './run-context.js';

type WritingAsk = Extract<Ask, { writer: unknown }>;

/** Does what was asked and permitted: search or write. Knows nothing of stages or policies. */
@Injectable()
export class AskExecutor {
  constructor(
    private readonly search: SearchService,
    private readonly providers: ProviderDirectory,
    private readonly ledger: BudgetLedger,
    private readonly log: Log,
  ) {}

  /** The ask's value; throws `AppError` where it cannot be had. */
  execute(role: Role, ask: Exclude<Ask, MeasureAsk>, decision: Decision, run: RunContext): Promise<unknown> {
    switch (ask.type) {
      case 'search':
        return this.find(ask, run);
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

  /** Corpus text is data: what addresses a model is left out before any model could read it. */
  private async find(ask: SearchAsk, run: RunContext): Promise<ScreenedSearch> {
    const { hits, terms } = await this.search.search({
      ownerId: run.actor.userId,
      corpus: ask.corpus,
      text: ask.text,
      limit: ask.limit,
      asOf: run.request.asOf,
      // What tools and system prompts said is kept and can be searched, but it is nobody's statement.
      authorRoles: ask.purpose === 'style' ? ['self'] : ['self', 'assistant', 'other'],
    });
    const isPlanted = ({ snippet }: SearchHit) => detectPlantedInstructions(snippet.text).length > 0;
    const excluded = hits.filter(isPlanted).map(({ snippet }) => snippet.id);
    return { hits: hits.filter((hit) => !excluded.includes(hit.snippet.id)), terms, excluded };
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
    const outcome = await this.call(role, ask, { signal: run.signal, reservationId }).then(
      (generation) => ({ generation }),
      (error: unknown) => ({ error }),
    );
    await this.settle(reservationId, outcome);
    if ('error' in outcome) throw outcome.error;
    return outcome.generation;
  }

  /** A reservation that cannot be settled counts as spent; what the call gave is not lost for it. */
  private async settle(
    reservationId: string,
    outcome: { generation: Generation<unknown> } | { error: unknown },
  ) {
    const spent =
      'generation' in outcome
        ? ({ outcome: 'succeeded', ...outcome.generation.usage } as const)
        : ({ outcome: 'failed', inputTokens: 0, outputTokens: 0 } as const);
    await this.ledger
      .settle(reservationId, spent)
      .catch((error) => this.log.error('governance.settle_failed', error, { reservation_id: reservationId }));
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
