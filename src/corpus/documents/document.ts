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
  readonly tags: readonly string[];
  readonly attachments: readonly string[];
  /** SHA-256 (hex) of the content. */
  readonly contentHash: string;
}

/** What one corpus of an owner holds; times are ISO 8601 in UTC. */
export interface CorpusSummary {
  readonly corpus: CorpusName;
  readonly documentCount: number;
  readonly bySource: Readonly<Record<string, number>>;
  readonly byAuthorRole: Readonly<Partial<Record<AuthorRole, number>>>;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly lastImport: string;
}
