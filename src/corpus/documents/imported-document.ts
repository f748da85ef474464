import type { AuthorRole, CorpusName } from '../../shared/index.js';
import { WritingActivity } from './writing-activity.js';

/** A document as an importer reads it, before it has an owner. */
export interface ImportedDocument {
  /** The id its source gave it; unique within owner, corpus and source. */
  readonly externalId: string;
  readonly threadId: string | null;
  readonly authorRole: AuthorRole;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  /** ISO 8601 in UTC, or null where the source gives none. */
  readonly createdAt: string | null;
  readonly tags: readonly string[];
  /** Parts that are not text, noted and not stored: `image`, `audio`, `file`, … */
  readonly attachments: readonly string[];
  /** Who wrote it, as the source names them; absent where it does not. */
  readonly authorName?: string;
  /** The external id of the document that this one follows or answers in its thread; absent for a first one. */
  readonly replyTo?: string;
  /** Likes, reposts and replies together as the source counted them; absent where it counts none. */
  readonly engagement?: number;
  /** Tags that the owner gave it elsewhere; no part of its content. They join those it has where it is stored anew. */
  readonly userTags?: readonly string[];
}

export interface DocumentBatch {
  readonly ownerId: string;
  readonly corpus: CorpusName;
  readonly source: string;
  /** The import it belongs to and can be taken back with; absent for documents that come otherwise. */
  readonly importId?: string;
  /**
   * The import that is taken back: only what it stored last, or what is not stored at all, is written; nothing is kept
   * of what is replaced, and no quota is asked. Others count as unchanged.
   */
  readonly takesBack?: string;
  readonly documents: readonly ImportedDocument[];
}

/** What happened to a batch: every document is counted once. */
export interface BatchOutcome {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Where imported documents go: stores, indexes and counts them in one transaction. */
export abstract class DocumentWriter {
  /** What this process is writing; work that can wait makes way for it. */
  readonly activity = new WritingActivity();

  /** Inserts new documents, rewrites changed ones, leaves equal ones alone. All or nothing. */
  abstract write(batch: DocumentBatch): Promise<BatchOutcome>;
  /** To be called after the last batch: what follows a bulk of documents in the background may begin. */
  async settle(ownerId: string, corpus: CorpusName): Promise<void> {
    this.activity.ended({ ownerId, corpus });
  }
}
