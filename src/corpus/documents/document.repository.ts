import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AuthorRole, Clock, CORPORA, type CorpusName } from '../../shared/index.js';
import { REGISTER_OF } from '../voice/registers.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import type { CorpusSummary, Document } from './document.js';
import { lockKnownScope, removeFromIndex } from './document-index.js';

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
  readonly attachments: string[];
  readonly content_hash: string;
}

interface CountRow {
  readonly corpus: CorpusName;
  readonly source: string;
  readonly author_role: AuthorRole;
  readonly documents: number;
  readonly earliest: Date | null;
  readonly latest: Date | null;
  readonly last_import: Date;
}

const FIND = `
  SELECT id, owner_id, corpus, source, external_id, thread_id, author_role, title, text, url, created_at, tags,
    attachments, content_hash
  FROM documents WHERE owner_id = $1 AND id = $2`;

const COUNT = `
  SELECT s.corpus, d.source, d.author_role, count(*)::int AS documents,
    min(d.created_at) AS earliest, max(d.created_at) AS latest, max(d.imported_at) AS last_import
  FROM corpus_scopes s JOIN documents d ON d.scope_id = s.id
  WHERE s.owner_id = $1
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

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

  /** One summary per corpus that holds documents, in the order of `CORPORA`. */
  async summaries(ownerId: string): Promise<CorpusSummary[]> {
    const rows = await this.dataSource.query<CountRow[]>(COUNT, [ownerId]);
    return CORPORA.map((corpus) => rows.filter((row) => row.corpus === corpus))
      .filter((counts) => counts.length > 0)
      .map(summaryOf);
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
      await manager.query('DELETE FROM documents WHERE id = $1', [rowId]);
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
    attachments: row.attachments,
    contentHash: row.content_hash,
  };
}

function summaryOf(rows: readonly CountRow[]): CorpusSummary {
  const times = (pick: (row: CountRow) => Date | null) =>
    rows.flatMap((row) => pick(row)?.getTime() ?? []).sort((a, b) => a - b);
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
  const total = (of: (row: CountRow) => string) => {
    const counts: Record<string, number> = Object.create(null);
    for (const row of rows) counts[of(row)] = (counts[of(row)] ?? 0) + row.documents;
    return counts;
  };
  return {
    corpus: rows[0]!.corpus,
    documentCount: rows.reduce((sum, row) => sum + row.documents, 0),
    bySource: total((row) => row.source),
    byAuthorRole: total((row) => row.author_role),
    earliest: iso(times((row) => row.earliest)[0]),
    latest: iso(times((row) => row.latest).at(-1)),
    lastImport: new Date(times((row) => row.last_import).at(-1)!).toISOString(),
  };
}
