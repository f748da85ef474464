import type { CorpusName } from '../../shared/index.js';
import type { ImportedDocument } from '../documents/imported-document.js';

/** Which form of records is written; a reader knows all up to its own. */
export const RECORD_VERSION = 1;

/** A stored document with all that an export keeps of it. */
export interface ExportedDocument {
  /** Of the row, so that two documents never have one name. */
  readonly id: number;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly document: ImportedDocument;
}

/**
 * A document as every form of export holds it, by the names of the API. What is found out of a text (language, terms,
 * what asks for care) is left out: it is found again where the document is stored.
 */
export interface DocumentRecord {
  readonly mcg_document: number;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly reply_to: string | null;
  readonly author_role: string;
  readonly author_name: string | null;
  readonly title: string | null;
  /** ISO 8601 in UTC. */
  readonly timestamp: string | null;
  readonly url: string | null;
  readonly engagement: number | null;
  readonly tags: readonly string[];
  readonly user_tags: readonly string[];
  readonly attachments: readonly string[];
  readonly text: string;
}

/** The fields of a record, in the order in which they are written. */
export const RECORD_FIELDS = [
  'mcg_document',
  'corpus',
  'source',
  'external_id',
  'thread_id',
  'reply_to',
  'author_role',
  'author_name',
  'title',
  'timestamp',
  'url',
  'engagement',
  'tags',
  'user_tags',
  'attachments',
  'text',
] as const satisfies readonly (keyof DocumentRecord)[];

export function documentRecordOf({ corpus, source, document }: ExportedDocument): DocumentRecord {
  return {
    mcg_document: RECORD_VERSION,
    corpus,
    source,
    external_id: document.externalId,
    thread_id: document.threadId,
    reply_to: document.replyTo ?? null,
    author_role: document.authorRole,
    author_name: document.authorName ?? null,
    title: document.title,
    timestamp: document.createdAt,
    url: document.url,
    engagement: document.engagement ?? null,
    tags: document.tags,
    user_tags: document.userTags ?? [],
    attachments: document.attachments,
    text: document.text,
  };
}
