import type { EntityManager } from 'typeorm';
import type { AuthorRole } from '../../shared/index.js';
import { removeFromIndex } from './document-index.js';

/** What is known of a stored document when another form of it comes in. */
export interface StoredForm {
  readonly id: number;
  readonly external_id: string;
  readonly content_hash: string;
  readonly author_role: AuthorRole;
  readonly user_tags: readonly string[];
  readonly import_id: string | null;
}

/** Each id is looked up by itself: one scan for the whole batch would read the whole scope for every batch. */
const FIND_STORED = `
  SELECT d.* FROM unnest($3::text[]) AS given(external_id) CROSS JOIN LATERAL (
    SELECT id, external_id, content_hash, author_role, user_tags, import_id FROM documents
    WHERE scope_id = $1 AND source = $2 AND external_id = given.external_id OFFSET 0) d`;

const RESERVE_IDS = `
  SELECT nextval('documents_id_seq')::int AS id FROM generate_series(1, $1::int)`;

/** The first form that an import replaces is the one to go back to; its own documents have none. */
const KEEP_REPLACED = `
  INSERT INTO replaced_documents (import_id, scope_id, source, external_id, former_import_id, document)
  SELECT $2::uuid, scope_id, source, external_id, import_id, jsonb_build_object(
    'externalId', external_id, 'threadId', thread_id, 'authorRole', author_role, 'title', title, 'text', text,
    'url', url, 'createdAt', created_at, 'tags', tags, 'attachments', attachments, 'authorName', author_name,
    'replyTo', reply_to, 'engagement', engagement, 'user_tags', user_tags, 'imported_at', imported_at)
  FROM documents WHERE id = ANY($1::int[]) AND import_id IS DISTINCT FROM $2::uuid
  ON CONFLICT DO NOTHING`;

const FORGET_REPLACED = `
  DELETE FROM replaced_documents r USING documents d
  WHERE d.id = ANY($1::int[]) AND r.scope_id = d.scope_id AND r.source = d.source AND r.external_id = d.external_id`;

const DELETE = 'DELETE FROM documents WHERE id = ANY($1::int[])';

/** The stored forms of these documents; those that are not stored are left out. */
export function findStored(
  manager: EntityManager,
  scopeId: number,
  source: string,
  externalIds: readonly string[],
): Promise<StoredForm[]> {
  return manager.query<StoredForm[]>(FIND_STORED, [scopeId, source, externalIds.toSorted()]);
}

/** Row ids for new documents, the highest first. */
export async function reserveIds(manager: EntityManager, count: number): Promise<number[]> {
  if (count === 0) return [];
  const rows = await manager.query<{ id: number }[]>(RESERVE_IDS, [count]);
  return rows.map(({ id }) => id).reverse();
}

/**
 * Takes stored forms out of index and table, so that new ones can stand in their place; keeps them for taking the
 * import back where `importId` names one.
 */
export async function clearForRewrite(
  manager: EntityManager,
  scopeId: number,
  forms: readonly StoredForm[],
  importId: string | null,
  at: Date,
): Promise<void> {
  const ids = forms.map(({ id }) => id);
  if (importId !== null) await keepReplaced(manager, ids, importId);
  await removeFromIndex(manager, scopeId, ids, at);
  await deleteRows(manager, ids);
}

/** Keeps documents as they stand, to go back to when the import that is about to replace or remove them is taken back. */
export async function keepReplaced(
  manager: EntityManager,
  ids: readonly number[],
  importId: string,
): Promise<void> {
  await manager.query(KEEP_REPLACED, [ids, importId]);
}

/** Deletes the rows alone, after `removeFromIndex`; former forms of the documents stay. */
export async function deleteRows(manager: EntityManager, ids: readonly number[]): Promise<void> {
  await manager.query(DELETE, [ids]);
}

/** Deletes documents for good, with all former forms of them, after `removeFromIndex`. */
export async function deleteDocuments(manager: EntityManager, ids: readonly number[]): Promise<void> {
  await manager.query(FORGET_REPLACED, [ids]);
  await deleteRows(manager, ids);
}
