import type { AuthorRole, CorpusName, Snippet } from '../../shared/index.js';

export interface SearchQuery {
  readonly ownerId: string;
  readonly corpus: CorpusName;
  readonly text: string;
  /** 1 to 100. */
  readonly limit: number;
  /** The day recency counts from, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
  readonly authorRoles?: readonly AuthorRole[];
  /** ISO 8601, inclusive. */
  readonly since?: string;
  /** ISO 8601, exclusive. */
  readonly until?: string;
  readonly source?: string;
  readonly threadId?: string;
  readonly tag?: string;
}

/** Why a hit ranks where it does. */
export interface RankReasons {
  readonly bm25: number;
  readonly recency: number;
  readonly ownWords: boolean;
  readonly allTerms: boolean;
  readonly matchedTerms: readonly string[];
}

export interface SearchHit {
  readonly snippet: Snippet;
  readonly reasons: RankReasons;
}

export interface QueryTerm {
  readonly stem: string;
  /** Inverse document frequency in this corpus; the highest where no document has the term. */
  readonly idf: number;
  readonly documentCount: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly terms: readonly QueryTerm[];
}
