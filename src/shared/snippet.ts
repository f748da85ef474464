import type { AuthorRole, CorpusName } from './words.js';

/** Where a snippet comes from, exact enough to find it again. */
export interface Attribution {
  readonly documentId: string;
  readonly corpus: CorpusName;
  /** The service or format it was imported from, e.g. `chatgpt`, `markdown`. */
  readonly source: string;
  /** The id which that service gave it. */
  readonly externalId: string;
  readonly threadId: string | null;
  readonly authorRole: AuthorRole;
  /** Who wrote it, as the source names them; absent or null where it does not. */
  readonly authorName?: string | null;
  /** Of the document, ISO 639-1; absent or null where it could not be told. */
  readonly language?: string | null;
  readonly title: string | null;
  readonly url: string | null;
  /** ISO 8601 in UTC, or null where the source gave no time. */
  readonly timestamp: string | null;
  /** Offsets into the document's text, in UTF-16 code units, end exclusive. */
  readonly span: { readonly start: number; readonly end: number };
  /** SHA-256 (hex) of the document's content. */
  readonly documentHash: string;
}

/** A verbatim window of a document. Its id depends on content and span only, so it is the same on any machine. */
export interface Snippet {
  readonly id: string;
  readonly text: string;
  /** Relevance to the query that found it; comparable within one search only. */
  readonly score: number;
  readonly attribution: Attribution;
}
