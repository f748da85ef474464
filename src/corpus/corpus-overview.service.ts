import { Injectable } from '@nestjs/common';
import { OwnerPolicy } from '../auth/index.js';
import type { Actor } from '../shared/index.js';
import { AnalysisProgress } from './analysis/analysis-progress.repository.js';
import { CorpusSummaries, type QuotaUse } from './documents/corpus-summaries.repository.js';
import type { CorpusSummary } from './documents/document.js';

/** What an owner's corpora hold, how far the work in the background is with them, and how much room is left. */
export interface CorpusOverview extends QuotaUse {
  readonly corpora: readonly (CorpusSummary & {
    readonly analysis: { readonly pending: number; readonly total: number };
  })[];
}

/** Tells what owners' corpora hold. */
@Injectable()
export class CorpusOverviewService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly summaries: CorpusSummaries,
    private readonly progress: AnalysisProgress,
  ) {}

  /** The corpora that hold documents. */
  async of(actor: Actor, owner?: string): Promise<CorpusOverview> {
    const ownerId = await this.owners.resolve(actor, owner);
    const summaries = await this.summaries.of(ownerId);
    const progress = new Map((await this.progress.of(ownerId)).map((each) => [each.corpus, each]));
    const corpora = summaries.map((summary) => {
      const { pending = 0, total = summary.documentCount } = progress.get(summary.corpus) ?? {};
      return { ...summary, analysis: { pending, total } };
    });
    return { corpora, ...(await this.summaries.quotaUse(ownerId)) };
  }
}
