import type { AuthorRole, CorpusName } from '../../shared/index.js';

/** Which documents of a corpus are meant; members that are left out let all through. */
export interface DocumentFilter {
  readonly source?: string | undefined;
  /** A tag of the source, of the owner, or of what was found in the text. */
  readonly tag?: string | undefined;
  /** ISO 8601, inclusive; leaves out documents without a time. */
  readonly since?: string | undefined;
  /** ISO 8601, exclusive; leaves out documents without a time. */
  readonly until?: string | undefined;
  readonly authorRoles?: readonly AuthorRole[] | undefined;
  readonly threadId?: string | undefined;
  /** ISO 639-1. */
  readonly language?: string | undefined;
}

/** A document in a list. Times are ISO 8601 in UTC. */
export interface ListedDocument {
  readonly id: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly externalId: string;
  readonly threadId: string | null;
  readonly authorRole: AuthorRole;
  readonly authorName: string | null;
  readonly title: string | null;
  /** The whole text of a document that is shown, the beginning of one that is listed. */
  readonly text: string;
  readonly url: string | null;
  readonly createdAt: string | null;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly userTags: readonly string[];
  /** Null: not yet looked through. */
  readonly safetyTags: readonly string[] | null;
  readonly attachments: readonly string[];
  readonly engagement: number | null;
  readonly contentHash: string;
  readonly importId: string | null;
  readonly importedAt: string;
}

/** A document with its neighbours in its thread, by their ids. */
export interface ShownDocument extends ListedDocument {
  readonly previous: string | null;
  readonly next: string | null;
}

/** Where a page of a list begins: behind this document. */
export interface DocumentPosition {
  readonly createdAt: string | null;
  readonly id: number;
}
