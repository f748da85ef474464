import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuthorRole } from '../../shared/index.js';
import { filterValuesOf, IN_SCOPE, MATCHES } from '../documents/document-filter-statement.js';
import type { DocumentFilter } from '../documents/listed-document.js';
import type { OwnedCorpus } from '../documents/writing-activity.js';
import type { ExportedDocument } from './document-record.js';

const KEYS_AT_ONCE = 1_000;
/** Texts may be long: so many bytes of them are read at once, or a single longer one. */
const GROUP_BYTES = 2 * 1024 * 1024;

interface KeyRow {
  readonly id: number;
  readonly source: string;
  readonly external_id: string;
  readonly bytes: number;
}

interface DocumentRow {
  readonly id: number;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly reply_to: string | null;
  readonly author_role: AuthorRole;
  readonly author_name: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly created_at: Date | null;
  readonly engagement: number | null;
  readonly tags: string[];
  readonly user_tags: string[];
  readonly attachments: string[];
}

// Without statistics (of a fresh import, in the embedded database) all that is left would be sorted for every page.
const BY_INDEX = `SELECT set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)`;
// In the order of the unique index, which lives through every import; the length of a text is known without reading it.
const KEYS = `
  SELECT d.id, d.source, d.external_id, octet_length(d.text) AS bytes FROM documents d
  WHERE ${MATCHES} AND (d.source, d.external_id) > ($10, $11)
  ORDER BY d.source, d.external_id LIMIT ${KEYS_AT_ONCE}`;
const TEXTS = `
  SELECT d.id, d.source, d.external_id, d.thread_id, d.reply_to, d.author_role, d.author_name, d.title, d.text, d.url,
    d.created_at, d.engagement, d.tags, d.user_tags, d.attachments
  FROM documents d WHERE d.id = ANY($3::int[]) AND ${IN_SCOPE}`;

/** Reads a corpus from one end to the other. */
@Injectable()
export class ExportedDocuments {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * The documents that match, in the order of sources and ids. Each group is read by itself, and no connection is held
   * in between: what is imported or deleted meanwhile may be in it or not.
   */
  async *groups(owned: OwnedCorpus, filter: DocumentFilter): AsyncGenerator<readonly ExportedDocument[]> {
    let after = ['', ''];
    for (;;) {
      const keys = await this.keys([owned.ownerId, owned.corpus, ...filterValuesOf(filter), ...after]);
      for (const group of groupsOf(keys)) yield await this.read(owned, group);
      if (keys.length < KEYS_AT_ONCE) return;
      const last = keys.at(-1)!;
      after = [last.source, last.external_id];
    }
  }

  private keys(values: unknown[]): Promise<readonly KeyRow[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(BY_INDEX);
      return manager.query<KeyRow[]>(KEYS, values);
    });
  }

  private async read(
    { ownerId, corpus }: OwnedCorpus,
    ids: readonly number[],
  ): Promise<readonly ExportedDocument[]> {
    const rows = await this.dataSource.query<DocumentRow[]>(TEXTS, [ownerId, corpus, ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [{ id, corpus, source: row.source, document: documentOf(row) }];
    });
  }
}

function* groupsOf(keys: readonly KeyRow[]): Generator<readonly number[]> {
  let group: number[] = [];
  let bytes = 0;
  for (const key of keys) {
    if (group.length > 0 && bytes + key.bytes > GROUP_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(key.id);
    bytes += key.bytes;
  }
  if (group.length > 0) yield group;
}

function documentOf(row: DocumentRow): ExportedDocument['document'] {
  return {
    externalId: row.external_id,
    threadId: row.thread_id,
    authorRole: row.author_role,
    title: row.title,
    text: row.text,
    url: row.url,
    createdAt: row.created_at?.toISOString() ?? null,
    tags: row.tags,
    attachments: row.attachments,
    ...(row.author_name !== null && { authorName: row.author_name }),
    ...(row.reply_to !== null && { replyTo: row.reply_to }),
    ...(row.engagement !== null && { engagement: row.engagement }),
    userTags: row.user_tags,
  };
}
