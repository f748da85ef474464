/** Scores are summed as whole millionths: the order of a sum of fractions would depend on the plan. */
export const SCORE_UNIT = 1_000_000;
export const FIRST_FILTER_PARAMETER = 12;
const MAX_CANDIDATES = 1_000;
const MAX_RANKED = 150;
const ALL_TERMS_FACTOR = 1.2;
const RECENCY_SHARE = 0.1;
const OWN_WORDS_SHARE = 0.1;
const RECENCY_DAYS = 180;

/** Conditions on `d`, and whether the documents that meet them are listed before any posting is read. */
export interface CandidateFilter {
  readonly conditions: string;
  readonly listed: boolean;
}

const TERM_SCORE = '(t.weight * p.frequency / (p.frequency + $5::float8 + $6::float8 * p.token_count))::int';

/** From scores to documents: preferences for the best, equal texts once, then the rows of those that are returned. */
const BEST_OF_SCORED = `), best AS (
    SELECT document_id, all_terms, score,
      (score * CASE WHEN all_terms THEN ${ALL_TERMS_FACTOR} ELSE 1 END)::float8 AS preferred
    FROM scored ORDER BY 4 DESC, 1 LIMIT ${MAX_RANKED}
  ), dated AS (
    SELECT d.*, b.score, b.preferred, b.all_terms,
      coalesce(exp(-greatest(0, $8::date - (d.created_at AT TIME ZONE 'UTC')::date)::float8 / ${RECENCY_DAYS}), 0)
        AS recency
    FROM best b CROSS JOIN LATERAL (
      SELECT id, text_fingerprint, content_hash, author_role, created_at
      FROM documents WHERE id = b.document_id AND owner_id = $9 OFFSET 0) d
  ), ranked AS (
    SELECT id, text_fingerprint, content_hash, score, recency, all_terms,
      round(preferred * (1 + ${RECENCY_SHARE} * recency)
        * CASE WHEN author_role = 'self' THEN ${1 + OWN_WORDS_SHARE}::float8 ELSE 1 END) AS final
    FROM dated
  ), distinct_texts AS (
    SELECT DISTINCT ON (text_fingerprint) * FROM ranked ORDER BY text_fingerprint, final DESC, content_hash
  ), top AS (
    SELECT * FROM distinct_texts ORDER BY final DESC, content_hash LIMIT $10
  )
  SELECT d.*, top.content_hash, top.score::float8 / ${SCORE_UNIT} AS bm25, top.recency, top.all_terms,
    top.final / ${SCORE_UNIT} AS score
  FROM top CROSS JOIN LATERAL (
    SELECT id, source, external_id, thread_id, author_role, title, text, url, created_at
    FROM documents WHERE id = top.id OFFSET 0) d
  ORDER BY top.final DESC, top.content_hash`;

/**
 * The statement that ranks. `OFFSET 0` keeps each look-up a look-up by index: the embedded database and a fresh import
 * have no planner statistics, and guesses without them cost a hundredfold. The conditions speak of `d`.
 */
export function rankStatement(filter: CandidateFilter | null): string {
  return `
  WITH candidates AS MATERIALIZED (
    SELECT p.document_id, sum(${TERM_SCORE}) AS score, count(*) AS matched
    FROM unnest($1::int[], $2::float8[]) AS t(term_id, weight)
      CROSS JOIN LATERAL (SELECT * FROM postings WHERE term_id = t.term_id OFFSET 0) p
    ${filter === null ? '' : filteredBy(filter)}
    GROUP BY p.document_id ORDER BY 2 DESC, 1 LIMIT ${MAX_CANDIDATES}
  ), added AS (
    SELECT p.document_id, sum(${TERM_SCORE}) AS score, count(*) AS matched
    FROM unnest($3::int[], $4::float8[]) AS t(term_id, weight) CROSS JOIN candidates c
      CROSS JOIN LATERAL (
        SELECT * FROM postings WHERE term_id = t.term_id AND document_id = c.document_id OFFSET 0) p
    GROUP BY p.document_id
  ), scored AS (
    SELECT c.document_id, c.score + coalesce(a.score, 0) AS score,
      $7 > 1 AND c.matched + coalesce(a.matched, 0) = $7 AS all_terms
    FROM candidates c LEFT JOIN added a ON a.document_id = c.document_id
  ${BEST_OF_SCORED}`;
}

/** Few candidates are looked up one by one; for an exhaustive search, the documents that pass are listed first. */
function filteredBy({ conditions, listed }: CandidateFilter): string {
  return listed
    ? `WHERE (p.document_id IN (SELECT d.id FROM documents d WHERE d.scope_id = $11 AND ${conditions})) IS TRUE`
    : `CROSS JOIN LATERAL (
        SELECT 1 FROM documents d WHERE d.id = p.document_id AND d.scope_id = $11 AND ${conditions} OFFSET 0) passed`;
}
