import { idfOf } from './bm25.js';
import { termKindOf } from './light-terms.js';
import type { QueryPlan, TermStatistics } from './query-plan.js';
import type { RankWeights } from './rank-weights.js';
import type { SpokenTerm } from './search.repository.js';

const MAX_RELATED_TERMS = 10;

/** A term that the query does not have, and what a posting of it adds. */
export interface RelatedTerm {
  readonly id: number;
  readonly weight: number;
}

/**
 * The words that the best documents speak of most, beside the query's own: pseudo-relevance feedback (RM3, Abdul-Jaleel
 * and others 2004) with BM25 for the weights. The first of them counts `weights.relatedWords` of a word of the query.
 */
export function relatedTermsOf(
  spoken: readonly SpokenTerm[],
  plan: QueryPlan,
  statistics: TermStatistics,
  weights: RankWeights,
): RelatedTerm[] {
  if (weights.relatedWords === 0) return [];
  const own = new Set([...plan.driving, ...plan.adding].map((term) => term.id));
  const terms = spoken
    .filter((term) => !own.has(term.id))
    .map((term) => ({ ...term, relevance: term.relevance * shareOf(term.stem, weights) }))
    .sort((a, b) => b.relevance - a.relevance || (a.stem < b.stem ? -1 : 1))
    .slice(0, MAX_RELATED_TERMS);
  const most = terms[0]?.relevance ?? 0;
  return terms
    .filter((term) => term.relevance > 0)
    .map(({ id, documentCount, relevance }) => ({
      id,
      weight: weights.relatedWords * (relevance / most) * idfOf(documentCount, statistics.documentCount),
    }));
}

function shareOf(stem: string, weights: RankWeights): number {
  return termKindOf(stem) === 'light' ? weights.lightWords : 1;
}
