import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AuthorRole, Clock, type CorpusName } from '../../shared/index.js';
import { REGISTER_OF } from '../voice/registers.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import type { Document } from './document.js';
import { lockKnownScope, removeFromIndex } from './document-index.js';
import { deleteDocuments } from './stored-forms.repository.js';

interface DocumentRow {
  readonly id: number;
  readonly owner_id: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly author_role: AuthorRole;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly created_at: Date | null;
  readonly tags: string[];
  readonly user_tags: string[];
  readonly safety_tags: string[] | null;
  readonly attachments: string[];
  readonly author_name: string | null;
  readonly reply_to: string | null;
  readonly engagement: number | null;
  readonly language: string | null;
  readonly import_id: string | null;
  readonly content_hash: string;
}

const FIND = `
  SELECT id, owner_id, corpus, source, external_id, thread_id, author_role, title, text, url, created_at, tags,
    user_tags, safety_tags, attachments, author_name, reply_to, engagement, language, import_id, content_hash
  FROM documents WHERE owner_id = $1 AND id = $2`;

const LOCATE = `
  SELECT id, author_role FROM documents WHERE scope_id = $1 AND owner_id = $2 AND id = $3`;

const MAX_ROW_ID = 2_147_483_647;

/** An owner's stored documents. */
@Injectable()
export class DocumentRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly voices: VoiceRepository,
  ) {}

  /** The owner's document, or null where the owner has none of this id. */
  async find(ownerId: string, id: string): Promise<Document | null> {
    const rowId = rowIdOf(id);
    if (rowId === null) return null;
    const rows = await this.dataSource.query<DocumentRow[]>(FIND, [ownerId, rowId]);
    return rows[0] ? documentOf(rows[0]) : null;
  }

  /** Deletes a document with its postings, statistics and what was learned of it; false where the owner's corpus has none of this id. */
  async delete(ownerId: string, corpus: CorpusName, id: string): Promise<boolean> {
    const rowId = rowIdOf(id);
    if (rowId === null) return false;
    return this.dataSource.transaction(async (manager) => {
      const scopeId = await lockKnownScope(manager, ownerId, corpus);
      if (scopeId === null) return false;
      const rows = await manager.query<{ author_role: AuthorRole }[]>(LOCATE, [scopeId, ownerId, rowId]);
      if (rows.length === 0) return false;
      if (rows[0]!.author_role === 'self')
        await this.voices.held(manager, scopeId, ownerId, REGISTER_OF[corpus]).markStale();
      await removeFromIndex(manager, scopeId, [rowId], this.clock.now());
      await deleteDocuments(manager, [rowId]);
      return true;
    });
  }
}

function rowIdOf(id: string): number | null {
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) <= MAX_ROW_ID ? Number(id) : null;
}

function documentOf(row: DocumentRow): Document {
  return {
    id: String(row.id),
    ownerId: row.owner_id,
    corpus: row.corpus,
    source: row.source,
    externalId: row.external_id,
    threadId: row.thread_id,
    authorRole: row.author_role,
    title: row.title,
    text: row.text,
    url: row.url,
    createdAt: row.created_at?.toISOString() ?? null,
    tags: row.tags,
    userTags: row.user_tags,
    safetyTags: row.safety_tags,
    attachments: row.attachments,
    authorName: row.author_name,
    replyTo: row.reply_to,
    engagement: row.engagement,
    language: row.language,
    importId: row.import_id,
    contentHash: row.content_hash,
  };
}
