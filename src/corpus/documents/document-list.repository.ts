import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuthorRole, CorpusName } from '../../shared/index.js';
import { filterValuesOf, IN_SCOPE, MATCHES } from './document-filter-statement.js';
import type { DocumentFilter, DocumentPosition, ListedDocument, ShownDocument } from './listed-document.js';
import type { OwnedCorpus } from './writing-activity.js';

const EXCERPT_CHARS = 300;

interface ListRow {
  readonly id: number;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly author_role: AuthorRole;
  readonly author_name: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly created_at: Date | null;
  readonly language: string | null;
  readonly tags: string[];
  readonly user_tags: string[];
  readonly safety_tags: string[] | null;
  readonly attachments: string[];
  readonly engagement: number | null;
  readonly content_hash: string;
  readonly import_id: string | null;
  readonly imported_at: Date;
}

const COLUMNS = `
  d.id, d.corpus, d.source, d.external_id, d.thread_id, d.author_role, d.author_name, d.title, d.url, d.created_at,
  d.language, d.tags, d.user_tags, d.safety_tags, d.attachments, d.engagement, d.content_hash, d.import_id,
  d.imported_at`;
// Two statements, each in the order of an index: those with a time, and after them those without.
const DATED = `
  SELECT ${COLUMNS}, left(d.text, ${EXCERPT_CHARS}) AS text FROM documents d
  WHERE ${MATCHES} AND d.created_at IS NOT NULL AND ($11::timestamptz IS NULL OR (d.created_at, d.id) < ($11, $12::int))
  ORDER BY d.created_at DESC, d.id DESC LIMIT $10`;
const UNDATED = `
  SELECT ${COLUMNS}, left(d.text, ${EXCERPT_CHARS}) AS text FROM documents d
  WHERE ${MATCHES} AND d.created_at IS NULL AND ($11::int IS NULL OR d.id < $11)
  ORDER BY d.id DESC LIMIT $10`;
const IDS = `SELECT d.id FROM documents d WHERE ${MATCHES} ORDER BY d.id`;
const SHOW = `SELECT ${COLUMNS}, d.text FROM documents d WHERE ${IN_SCOPE} AND d.id = $3`;
const NEIGHBOUR = (comparison: '<' | '>', order: 'ASC' | 'DESC') => `
  SELECT d.id FROM documents d
  WHERE ${IN_SCOPE} AND d.source = $3 AND d.thread_id = $4
    AND (coalesce(d.created_at, '-infinity'), d.id) ${comparison} (coalesce($5::timestamptz, '-infinity'), $6::int)
  ORDER BY coalesce(d.created_at, '-infinity') ${order}, d.id ${order} LIMIT 1`;
const PREVIOUS = NEIGHBOUR('<', 'DESC');
const NEXT = NEIGHBOUR('>', 'ASC');

/** Lists and shows what a corpus holds. */
@Injectable()
export class DocumentList {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Newest first, those without a time last, from behind `after` on. */
  async page(
    owned: OwnedCorpus,
    filter: DocumentFilter,
    after: DocumentPosition | null,
    limit: number,
  ): Promise<ListedDocument[]> {
    const matching = [owned.ownerId, owned.corpus, ...filterValuesOf(filter)];
    const rows: ListRow[] = [];
    if (after === null || after.createdAt !== null) {
      const values = [...matching, limit, after?.createdAt ?? null, after?.id ?? null];
      rows.push(...(await this.dataSource.query<ListRow[]>(DATED, values)));
    }
    if (rows.length < limit) {
      const afterId = after?.createdAt === null ? after.id : null;
      const values = [...matching, limit - rows.length, afterId];
      rows.push(...(await this.dataSource.query<ListRow[]>(UNDATED, values)));
    }
    return rows.map(documentOf);
  }

  /** The row ids of all that match. */
  async ids({ ownerId, corpus }: OwnedCorpus, filter: DocumentFilter): Promise<number[]> {
    const values = [ownerId, corpus, ...filterValuesOf(filter)];
    const rows = await this.dataSource.query<{ id: number }[]>(IDS, values);
    return rows.map(({ id }) => id);
  }

  /** A whole document and its neighbours in the thread; null where the corpus has none of this row id. */
  async show({ ownerId, corpus }: OwnedCorpus, id: number): Promise<ShownDocument | null> {
    const [row] = await this.dataSource.query<ListRow[]>(SHOW, [ownerId, corpus, id]);
    if (row === undefined) return null;
    const place = [ownerId, corpus, row.source, row.thread_id, row.created_at, row.id];
    const [previous, next] = [await this.neighbour(PREVIOUS, place), await this.neighbour(NEXT, place)];
    return { ...documentOf(row), previous, next };
  }

  private async neighbour(statement: string, place: readonly unknown[]): Promise<string | null> {
    const [row] = await this.dataSource.query<{ id: number }[]>(statement, [...place]);
    return row === undefined ? null : String(row.id);
  }
}

function documentOf(row: ListRow): ListedDocument {
  return {
    id: String(row.id),
    corpus: row.corpus,
    source: row.source,
    externalId: row.external_id,
    threadId: row.thread_id,
    authorRole: row.author_role,
    authorName: row.author_name,
    title: row.title,
    text: row.text,
    url: row.url,
    createdAt: row.created_at?.toISOString() ?? null,
    language: row.language,
    tags: row.tags,
    userTags: row.user_tags,
    safetyTags: row.safety_tags,
    attachments: row.attachments,
    engagement: row.engagement,
    contentHash: row.content_hash,
    importId: row.import_id,
    importedAt: row.imported_at.toISOString(),
  };
}
