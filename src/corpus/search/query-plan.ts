import { contentTermsOf } from '../../shared/index.js';
import { idfOf } from './bm25.js';
import { termKindOf } from './light-terms.js';
import type { QueryTerm } from './search-query.js';

/** Distinct words of a query that are looked up at all; a longer query is a pasted text. */
const MAX_LOOKED_UP_STEMS = 4_000;
const MAX_SEARCHED_TERMS = 64;
/** Postings that may be read to find candidates; a common word beyond that only adds to their scores. */
const POSTING_BUDGET = 30_000;
/** With fewer candidates than this in sight, the next term is read whatever it costs. */
const ENOUGH_CANDIDATES = 1_000;
/** Words of the asking ("decide", "summarize") rank less than words of the topic. */
const LIGHT_TERM_SHARE = 0.4;

/** What the database knows of an owner's corpus and of a query's stems in it. */
export interface TermStatistics {
  readonly scopeId: number;
  /** Another one after each change of the corpus. */
  readonly revision: string;
  readonly documentCount: number;
  /** Content words of all documents. */
  readonly tokenCount: number;
  readonly terms: readonly {
    readonly id: number;
    readonly stem: string;
    readonly documentCount: number;
  }[];
}

export interface PlannedTerm {
  readonly id: number;
  readonly weight: number;
}

/** Which postings to read for candidates and which only to score them. */
export interface QueryPlan {
  readonly driving: readonly PlannedTerm[];
  readonly adding: readonly PlannedTerm[];
  readonly averageTokenCount: number;
  /** Whether every term drives, whatever it costs. */
  readonly exhaustive: boolean;
}

/** The distinct content stems of a query, in order. */
export function queryStemsOf(text: string): string[] {
  return [...new Set(contentTermsOf(text).map((term) => term.stem))].slice(0, MAX_LOOKED_UP_STEMS);
}

/** The terms a search works with: the rarest known ones and, for the record, unknown ones, in the query's order. */
export function queryTermsOf(stems: readonly string[], statistics: TermStatistics): QueryTerm[] {
  const counts = new Map(statistics.terms.map((term) => [term.stem, term.documentCount]));
  const kept = new Set(rarestOf(statistics).map((term) => term.stem));
  const unknown = stems.filter((stem) => !counts.get(stem)).slice(0, MAX_SEARCHED_TERMS);
  for (const stem of unknown) kept.add(stem);
  return stems
    .filter((stem) => kept.has(stem))
    .map((stem) => {
      const documentCount = counts.get(stem) ?? 0;
      return { stem, documentCount, idf: idfOf(documentCount, statistics.documentCount) };
    });
}

/** Rare terms first until the budget is used; the rest only add to the scores of what those found. */
export function planQuery(statistics: TermStatistics): QueryPlan {
  const driving: PlannedTerm[] = [];
  const adding: PlannedTerm[] = [];
  let postings = 0;
  for (const { id, stem, documentCount } of rarestOf(statistics)) {
    const share = termKindOf(stem) === 'light' ? LIGHT_TERM_SHARE : 1;
    const term = { id, weight: share * idfOf(documentCount, statistics.documentCount) };
    const drives = postings < ENOUGH_CANDIDATES || postings + documentCount <= POSTING_BUDGET;
    (drives ? driving : adding).push(term);
    if (drives) postings += documentCount;
  }
  const averageTokenCount = Math.max(1, statistics.tokenCount / Math.max(1, statistics.documentCount));
  return { driving, adding, averageTokenCount, exhaustive: false };
}

/** The same plan with every term reading candidates: for filters that leave too few of them. */
export function exhaustivePlan(plan: QueryPlan): QueryPlan {
  return { ...plan, driving: [...plan.driving, ...plan.adding], adding: [], exhaustive: true };
}

function rarestOf({ terms }: TermStatistics): TermStatistics['terms'] {
  return terms
    .filter((term) => term.documentCount > 0)
    .sort((a, b) => a.documentCount - b.documentCount || (a.stem < b.stem ? -1 : 1))
    .slice(0, MAX_SEARCHED_TERMS);
}
