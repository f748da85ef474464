import type { AuthorRole, CorpusName, Snippet } from '../../shared/index.js';

export interface SearchQuery {
  readonly ownerId: string;
  readonly corpus: CorpusName;
  /** Words, a question; what stands in quotation marks must stand so in the text. */
  readonly text: string;
  /** 1 to 100. */
  readonly limit: number;
  /** The day recency and words like "yesterday" count from, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
  readonly authorRoles?: readonly AuthorRole[];
  /** As the source names the author; case does not matter. */
  readonly authorName?: string;
  /** ISO 639-1. */
  readonly language?: string;
  /** ISO 8601, inclusive. */
  readonly since?: string;
  /** ISO 8601, exclusive. */
  readonly until?: string;
  readonly source?: string;
  readonly threadId?: string;
  /** A tag of the source, of the owner, or of what was found in the text (`pii:email`). */
  readonly tag?: string;
}

/** What a score is multiplied by; each is described in `RankWeights`. */
export type FactorName =
  | 'all_words'
  | 'exact_words'
  | 'nearness'
  | 'author'
  | 'tells_when'
  | 'period'
  | 'recency'
  | 'own_words'
  | 'engagement'
  | 'authority'
  | 'diversity'
  | 'passage';

export interface RankFactor {
  readonly name: FactorName;
  readonly value: number;
}

/**
 * Why a hit ranks where it does. The score is the sum of `bm25`, `relatedWords` and `thread` times the product of the
 * factors, rounded to millionths.
 */
export interface RankReasons {
  /** What the query's own words give. */
  readonly bm25: number;
  /** What words give that the best documents have in common with each other. */
  readonly relatedWords: number;
  /** What the turns before and after lend. */
  readonly thread: number;
  /** Those that are not 1. */
  readonly factors: readonly RankFactor[];
  readonly matchedTerms: readonly string[];
}

/** The turn that a hit follows or answers; the beginning of it, verbatim. */
export interface TurnBefore {
  readonly documentId: string;
  readonly text: string;
  readonly authorRole: AuthorRole;
  readonly authorName: string | null;
  /** ISO 8601 in UTC, or null. */
  readonly timestamp: string | null;
}

export interface SearchHit {
  readonly snippet: Snippet;
  readonly reasons: RankReasons;
  /** What was found in the document that asks for care, e.g. `pii:email`; empty too where none looked yet. */
  readonly flags: readonly string[];
  readonly context: TurnBefore | null;
}

export interface QueryTerm {
  readonly stem: string;
  /** The stem as other languages of the corpus have it, where it differs. */
  readonly forms: readonly string[];
  /** Inverse document frequency in this corpus; the highest where no document has the term. */
  readonly idf: number;
  readonly documentCount: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly terms: readonly QueryTerm[];
}
