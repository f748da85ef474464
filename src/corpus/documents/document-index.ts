import type { EntityManager } from 'typeorm';
import { countIn, countOut } from './corpus-counts.repository.js';

/**
 * The inverted index of one corpus, kept exact: every call runs inside the caller's transaction, which holds the
 * scope's row lock.
 */

const LOCK_SCOPE = `
  INSERT INTO corpus_scopes (owner_id, corpus, updated_at) VALUES ($1, $2, $3)
  ON CONFLICT (owner_id, corpus) DO UPDATE SET owner_id = EXCLUDED.owner_id
  RETURNING id, revision::text AS revision`;

const LOCK_KNOWN_SCOPE = `
  SELECT id FROM corpus_scopes WHERE owner_id = $1 AND corpus = $2 FOR UPDATE`;

const COUNT_TERMS = `
  INSERT INTO terms (scope_id, stem, document_count)
  SELECT $1, stem, documents FROM unnest($2::text[], $3::int[]) AS t(stem, documents)
  ON CONFLICT (scope_id, stem) DO UPDATE SET document_count = terms.document_count + EXCLUDED.document_count
  RETURNING id, stem`;

const ADD_POSTINGS = `
  INSERT INTO postings (term_id, document_id, frequency, token_count)
  SELECT t.term_id, d.id, t.frequency, d.token_count
  FROM documents d, unnest(d.term_ids, d.term_frequencies) AS t(term_id, frequency)
  WHERE d.id = ANY($1::int[])
  ORDER BY 1, 2`;

const ADD_TO_SCOPE = `
  UPDATE corpus_scopes
  SET document_count = document_count + $2, token_count = token_count + $3, byte_count = byte_count + $4,
    unscreened_count = unscreened_count + $5, revision = revision + 1, updated_at = $6
  WHERE id = $1 RETURNING revision::text AS revision`;

const REMOVE_POSTINGS = `
  DELETE FROM postings p
  USING documents d, unnest(d.term_ids) AS t(term_id)
  WHERE d.id = ANY($1::int[]) AND p.term_id = t.term_id AND p.document_id = d.id`;

const UNCOUNT_TERMS = `
  UPDATE terms SET document_count = document_count - gone.documents
  FROM (SELECT t.term_id, count(*) AS documents
        FROM documents d, unnest(d.term_ids) AS t(term_id)
        WHERE d.id = ANY($1::int[]) GROUP BY t.term_id) gone
  WHERE terms.id = gone.term_id`;

const FORGET_UNUSED_TERMS = `
  DELETE FROM terms USING documents d, unnest(d.term_ids) AS t(term_id)
  WHERE d.id = ANY($1::int[]) AND terms.id = t.term_id AND terms.document_count = 0`;

const TAKE_FROM_SCOPE = `
  UPDATE corpus_scopes s
  SET document_count = s.document_count - a.documents, token_count = s.token_count - a.tokens,
      byte_count = s.byte_count - a.bytes, unscreened_count = s.unscreened_count - a.unscreened,
      revision = s.revision + 1, updated_at = $3
  FROM (SELECT count(*) AS documents, coalesce(sum(token_count), 0) AS tokens,
          coalesce(sum(octet_length(text) + coalesce(octet_length(title), 0)), 0) AS bytes,
          count(*) FILTER (WHERE safety_tags IS NULL) AS unscreened
        FROM documents WHERE id = ANY($2::int[])) a
  WHERE s.id = $1`;

/** A corpus whose row the caller's transaction holds. */
export interface LockedScope {
  readonly id: number;
  /** The state it is in: another one after each change. */
  readonly revision: string;
}

/** What documents add to the statistics of their corpus. */
export interface ScopeShare {
  readonly documentCount: number;
  readonly tokenCount: number;
  /** Of texts and titles in UTF-8. */
  readonly byteCount: number;
  /** Of documents that were not yet looked through. */
  readonly unscreenedCount: number;
}

/** Finds or makes the scope of an owner's corpus and holds it, so that its writers take turns. */
export async function lockScope(
  manager: EntityManager,
  ownerId: string,
  corpus: string,
  at: Date,
): Promise<LockedScope> {
  const rows = await manager.query<LockedScope[]>(LOCK_SCOPE, [ownerId, corpus, at]);
  return rows[0]!;
}

/** Holds the scope of an owner's corpus; null where nothing was ever stored in it. */
export async function lockKnownScope(
  manager: EntityManager,
  ownerId: string,
  corpus: string,
): Promise<number | null> {
  const rows = await manager.query<{ id: number }[]>(LOCK_KNOWN_SCOPE, [ownerId, corpus]);
  return rows[0]?.id ?? null;
}

/** Adds to the document count of each stem and returns the stems' ids. */
export async function countTerms(
  manager: EntityManager,
  scopeId: number,
  documentCounts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const stems = [...documentCounts.keys()].sort();
  const counts = stems.map((stem) => documentCounts.get(stem));
  const rows = await manager.query<{ id: number; stem: string }[]>(COUNT_TERMS, [scopeId, stems, counts]);
  return new Map(rows.map((row) => [row.stem, row.id]));
}

/** Adds stored and indexed documents to the statistics of their corpus; the revision it is in then. */
export async function addToScope(
  manager: EntityManager,
  scopeId: number,
  { documentCount, tokenCount, byteCount, unscreenedCount }: ScopeShare,
  at: Date,
): Promise<string> {
  const values = [scopeId, documentCount, tokenCount, byteCount, unscreenedCount, at];
  const [rows] = await manager.query<[{ revision: string }[], number]>(ADD_TO_SCOPE, values);
  return rows[0]!.revision;
}

/** Indexes documents anew whose rows say what of: their postings and their share of the statistics. */
export async function addToIndex(
  manager: EntityManager,
  scopeId: number,
  documents: Omit<ScopeShare, 'documentCount'> & { readonly ids: readonly number[] },
  at: Date,
): Promise<void> {
  await manager.query(ADD_POSTINGS, [documents.ids]);
  await countIn(manager, scopeId, documents.ids);
  await addToScope(manager, scopeId, { ...documents, documentCount: documents.ids.length }, at);
}

/** Takes documents out of the index while their rows still say what was indexed. */
export async function removeFromIndex(
  manager: EntityManager,
  scopeId: number,
  documentIds: readonly number[],
  at: Date,
): Promise<void> {
  await countOut(manager, scopeId, documentIds);
  await manager.query(REMOVE_POSTINGS, [documentIds]);
  await manager.query(UNCOUNT_TERMS, [documentIds]);
  await manager.query(FORGET_UNUSED_TERMS, [documentIds]);
  await manager.query(TAKE_FROM_SCOPE, [scopeId, documentIds, at]);
}
