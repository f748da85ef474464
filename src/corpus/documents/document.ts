import type { AuthorRole, CorpusName } from '../../shared/index.js';

/** A document as it is kept for its owner. */
export interface Document {
  readonly id: string;
  readonly ownerId: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly externalId: string;
  readonly threadId: string | null;
  readonly authorRole: AuthorRole;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  /** ISO 8601 in UTC, or null where the source gave no time. */
  readonly createdAt: string | null;
  /** As its source gave them. */
  readonly tags: readonly string[];
  /** The owner's own; they survive a new import. */
  readonly userTags: readonly string[];
  /** What its text holds that asks for care; null until it was looked through. */
  readonly safetyTags: readonly string[] | null;
  readonly attachments: readonly string[];
  readonly authorName: string | null;
  /** External id of the document that it follows or answers. */
  readonly replyTo: string | null;
  readonly engagement: number | null;
  /** ISO 639-1, or null where it could not be told. */
  readonly language: string | null;
  /** The import that stored it last. */
  readonly importId: string | null;
  /** SHA-256 (hex) of the content. */
  readonly contentHash: string;
}

/** What one corpus of an owner holds; times are ISO 8601 in UTC. */
export interface CorpusSummary {
  readonly corpus: CorpusName;
  readonly documentCount: number;
  readonly bySource: Readonly<Record<string, number>>;
  readonly byAuthorRole: Readonly<Partial<Record<AuthorRole, number>>>;
  /** By ISO 639-1; `und` where it could not be told. */
  readonly byLanguage: Readonly<Record<string, number>>;
  readonly earliest: string | null;
  readonly latest: string | null;
  /** Of texts and titles in UTF-8. */
  readonly bytes: number;
  readonly lastImport: string;
  /** How old documents may become; null means they are kept. */
  readonly retentionDays: number | null;
}
