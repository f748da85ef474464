import { Injectable } from '@nestjs/common';
import { type SearchHit, SearchService } from '../corpus/index.js';
import type { Decision } from '../governance/index.js';
import { type CallOptions, type CallRetry, type Generation, ProviderDirectory } from '../provider/index.js';
import { detectPlantedInstructions } from '../qa/index.js';
import { AppError, type Role } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import type { Ask, MeasureAsk, ScreenedSearch, SearchAsk, WritingAsk } from './asks.js';
import { CallBudget } from './call-budget.js';
import type { AskContext, RunContext } from './run-context.js';

/** Does what was asked and permitted: search or write. Knows nothing of stages or policies. */
@Injectable()
export class AskExecutor {
  constructor(
    private readonly search: SearchService,
    private readonly providers: ProviderDirectory,
    private readonly budget: CallBudget,
    private readonly metrics: Metrics,
  ) {}

  /** The ask's value; throws `AppError` where it cannot be had. */
  execute(role: Role, ask: Exclude<Ask, MeasureAsk>, decision: Decision, run: AskContext): Promise<unknown> {
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
    const query = {
      ownerId: run.actor.userId,
      corpus: ask.corpus,
      text: ask.text,
      limit: ask.limit,
      asOf: run.request.asOf,
      ...(run.request.since !== undefined && { since: run.request.since }),
      // What tools and system prompts said is kept and can be searched, but it is nobody's statement.
      authorRoles: ask.purpose === 'style' ? (['self'] as const) : (['self', 'assistant', 'other'] as const),
    };
    const { hits, terms } = await run.patiently(() => this.search.search(query));
    const isPlanted = ({ snippet }: SearchHit) => detectPlantedInstructions(snippet.text).length > 0;
    const excluded = hits.filter(isPlanted).map(({ snippet }) => snippet.id);
    return { hits: hits.filter((hit) => !excluded.includes(hit.snippet.id)), terms, excluded };
  }

  /** How a reserved call ended is written down by who runs the run, together with what it gave. */
  private async write(role: Role, ask: WritingAsk, decision: Decision, run: AskContext): Promise<unknown> {
    const { reservation } = decision;
    if (reservation === null) return this.call(role, ask, optionsOf(run, null));
    const { name: provider, model } = this.providers.writer(ask.writer).describe();
    const id = await this.budget.reserve({ role, ask, reservation, provider, model }, run);
    const retries: CallRetry[] = [];
    const onRetry = (retry: CallRetry) => {
      retries.push(retry);
      run.onRetry(retry);
    };
    try {
      const generation = await this.call(role, ask, optionsOf({ ...run, onRetry }, id));
      run.calls.add(this.budget.succeeded(id, model, generation.usage, retries));
      return generation;
    } catch (error) {
      run.calls.add(this.budget.failed(id, error, retries));
      throw error;
    }
  }

  private async call(role: Role, ask: WritingAsk, options: CallOptions): Promise<Generation<unknown>> {
    const { name } = this.providers.writer(ask.writer).describe();
    try {
      const generation = await this.ask(role, ask, options);
      const { inputTokens, outputTokens } = generation.usage;
      this.metrics.providerCalled(name, ask.type, 'succeeded');
      this.metrics.tokensUsed(name, inputTokens, outputTokens);
      return generation;
    } catch (error) {
      this.metrics.providerCalled(name, ask.type, 'failed');
      throw error;
    }
  }

  private ask(role: Role, ask: WritingAsk, options: CallOptions): Promise<Generation<unknown>> {
    const provider = this.providers.writer(ask.writer);
    if (ask.type === 'revise') return provider.revise({ ...ask.request, role }, options);
    if (ask.type === 'summarize') return provider.summarize({ ...ask.request, role }, options);
    return provider.generate({ ...ask.request, role }, options);
  }
}

function optionsOf(
  { signal, onRetry, remainingMs, candidates }: AskContext,
  reservationId: string | null,
): CallOptions {
  return { signal, onRetry, remainingMs, candidates, reservationId };
}
