import type { EntityManager } from 'typeorm';

/**
 * How many documents of each source, author and language a corpus holds, kept beside the documents because counting
 * them takes seconds in a large corpus. Both calls run inside the transaction that holds the scope.
 */

// Each row is looked up by itself: the planner may read an index of the whole corpus otherwise.
const BY_KIND = `
  SELECT d.scope_id, d.source, d.author_role, coalesce(d.language, '') AS language, count(*)::int AS documents
  FROM unnest($2::int[]) AS given(id) CROSS JOIN LATERAL (
    SELECT scope_id, source, author_role, language FROM documents WHERE id = given.id OFFSET 0) d
  WHERE d.scope_id = $1 GROUP BY 1, 2, 3, 4`;

const COUNT_IN = `
  INSERT INTO corpus_counts AS c (scope_id, source, author_role, language, document_count)
  ${BY_KIND}
  ON CONFLICT (scope_id, source, author_role, language)
    DO UPDATE SET document_count = c.document_count + EXCLUDED.document_count`;

const COUNT_OUT = `
  UPDATE corpus_counts c SET document_count = c.document_count - gone.documents
  FROM (${BY_KIND}) gone
  WHERE c.scope_id = gone.scope_id AND c.source = gone.source AND c.author_role = gone.author_role
    AND c.language = gone.language`;

/** Counts documents that have just been stored. */
export async function countIn(
  manager: EntityManager,
  scopeId: number,
  documentIds: readonly number[],
): Promise<void> {
  await manager.query(COUNT_IN, [scopeId, documentIds]);
}

/** Takes documents out of the counts while their rows still stand. */
export async function countOut(
  manager: EntityManager,
  scopeId: number,
  documentIds: readonly number[],
): Promise<void> {
  await manager.query(COUNT_OUT, [scopeId, documentIds]);
}
