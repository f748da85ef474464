/** Turns further apart in time than this belong to different talks. */
const SAME_TALK = "interval '12 hours'";

/** Columns of a document `d` by which its thread is told. */
const PLACE = 'id, scope_id, source, external_id, thread_id, reply_to, created_at';

/**
 * What related words add to documents ($1, $2 their scores), and which documents stand near the best of them in their
 * threads: `step` is -1 for the turn before, 1 for the turn after, and ±2 beyond. A reply names the turn before itself.
 */
export const WIDEN = `
  WITH best AS MATERIALIZED (
    SELECT * FROM unnest($1::int[], $2::float8[]) AS b(document_id, score)
  ), added AS MATERIALIZED (
    SELECT p.document_id,
      sum((t.weight * p.frequency / (p.frequency + $5::float8 + $6::float8 * p.token_count))::int) AS score
    FROM unnest($3::int[], $4::float8[]) AS t(term_id, weight) CROSS JOIN best b
      CROSS JOIN LATERAL (
        SELECT * FROM postings WHERE term_id = t.term_id AND document_id = b.document_id OFFSET 0) p
    GROUP BY p.document_id
  ), foremost AS MATERIALIZED (
    SELECT b.document_id FROM best b LEFT JOIN added a ON a.document_id = b.document_id
    ORDER BY b.score + coalesce(a.score, 0) DESC, b.document_id LIMIT $7
  )
  SELECT document_id AS id, score::float8 AS related, null::int AS near, null::int AS step FROM added
  UNION ALL
  SELECT d.id, null, n.id, n.step
  FROM foremost f
    CROSS JOIN LATERAL (SELECT ${PLACE} FROM documents WHERE id = f.document_id OFFSET 0) d
    CROSS JOIN LATERAL (
      SELECT o.id, -row_number() OVER (ORDER BY o.created_at DESC, o.id DESC) AS step FROM (
        SELECT id, created_at FROM documents
        WHERE scope_id = d.scope_id AND thread_id = d.thread_id AND (created_at, id) < (d.created_at, d.id)
          AND created_at > d.created_at - ${SAME_TALK}
        ORDER BY created_at DESC, id DESC LIMIT 2) o
      UNION ALL
      SELECT o.id, row_number() OVER (ORDER BY o.created_at, o.id) FROM (
        SELECT id, created_at FROM documents
        WHERE scope_id = d.scope_id AND thread_id = d.thread_id AND (created_at, id) > (d.created_at, d.id)
          AND created_at < d.created_at + ${SAME_TALK}
        ORDER BY created_at, id LIMIT 2) o
      UNION ALL
      SELECT id, -1 FROM documents
      WHERE scope_id = d.scope_id AND source = d.source AND external_id = d.reply_to AND id <> d.id
      UNION ALL
      SELECT o.id, 1 FROM (
        SELECT id FROM documents
        WHERE scope_id = d.scope_id AND source = d.source AND reply_to = d.external_id AND id <> d.id
        ORDER BY created_at, content_hash LIMIT 2) o
    ) n
  WHERE n.id IS NOT NULL`;

/** The turn before each of the documents $1: what it replies to, or else what stands before it in its thread. */
export const TURNS_BEFORE = `
  SELECT d.id, t.id AS turn_id, t.author_role, t.author_name, t.created_at, left(t.text, $2) AS text
  FROM unnest($1::int[]) AS asked(id)
    CROSS JOIN LATERAL (SELECT ${PLACE} FROM documents WHERE id = asked.id OFFSET 0) d
    CROSS JOIN LATERAL (
      SELECT id, place FROM (
        (SELECT id, 1 AS place FROM documents
         WHERE scope_id = d.scope_id AND source = d.source AND external_id = d.reply_to AND id <> d.id)
        UNION ALL
        (SELECT id, 2 FROM documents
         WHERE scope_id = d.scope_id AND thread_id = d.thread_id AND (created_at, id) < (d.created_at, d.id)
           AND created_at > d.created_at - ${SAME_TALK}
         ORDER BY created_at DESC, id DESC LIMIT 1)) o
      ORDER BY place LIMIT 1) p
    CROSS JOIN LATERAL (
      SELECT id, author_role, author_name, created_at, text FROM documents WHERE id = p.id OFFSET 0) t`;
