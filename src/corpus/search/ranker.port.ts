import type { QueryPlan, TermStatistics } from './query-plan.js';
import type { QueryWords } from './query-words.js';
import type { DocumentRow } from './search.repository.js';
import type { RankFactor, SearchQuery } from './search-query.js';

export interface RankRequest {
  readonly query: SearchQuery;
  readonly words: QueryWords;
  readonly statistics: TermStatistics;
  readonly plan: QueryPlan;
}

/** A document with what its rank is made of; parts and factors are millionths, exact in decimal. */
export interface RankedDocument extends DocumentRow {
  readonly bm25: number;
  readonly relatedWords: number;
  readonly thread: number;
  readonly factors: readonly RankFactor[];
  /** `scoreOf` the four. */
  readonly score: number;
}

/** What puts documents in order for a query. Another retriever may stand beside the one by words. */
export abstract class Ranker {
  /**
   * The best documents, best first, each text once, more than the limit where there are more. The same corpus and query
   * give the same order.
   */
  abstract rank(request: RankRequest): Promise<readonly RankedDocument[]>;
}

/** The sum of the parts times the product of the factors, rounded to millionths. */
export function scoreOf(
  parts: Pick<RankedDocument, 'bm25' | 'relatedWords' | 'thread'>,
  factors: readonly RankFactor[],
): number {
  const sum = parts.bm25 + parts.relatedWords + parts.thread;
  return inMillionths(factors.reduce((score, factor) => score * factor.value, sum));
}

export function inMillionths(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
