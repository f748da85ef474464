/** Scores are summed as whole millionths: the order of a sum of fractions would depend on the plan. */
export const SCORE_UNIT = 1_000_000;
export const FIRST_FILTER_PARAMETER = 13;
const MAX_CANDIDATES = 1_000;
const MAX_SCORED = 300;
const FEEDBACK_DOCUMENTS = 10;
/** Looked at for the feedback, so that texts that were stored many times count once. */
const FEEDBACK_LOOKED_AT = 40;
const FEEDBACK_TERMS = 40;
/** In a document of many different words, only those that come back are looked at. */
const WORDS_PER_REPETITION = 300;

/** Conditions on `d`, and whether the documents that meet them are listed before any posting is read. */
export interface CandidateFilter {
  readonly conditions: string;
  readonly listed: boolean;
}

export const TERM_SCORE =
  '(t.weight * p.frequency / (p.frequency + $7::float8 + $8::float8 * p.token_count))::int';

/** What the best documents speak of, each weighed by the cube of its score: the first few tell most. */
const FEEDBACK = `), looked_at AS (
    SELECT b.document_id, b.score, d.text_fingerprint, d.content_hash
    FROM (SELECT document_id, score FROM best ORDER BY score DESC, document_id LIMIT ${FEEDBACK_LOOKED_AT}) b
      CROSS JOIN LATERAL (
        SELECT text_fingerprint, content_hash FROM documents WHERE id = b.document_id OFFSET 0) d
  ), told AS (
    SELECT DISTINCT ON (text_fingerprint) document_id, score, content_hash FROM looked_at
    ORDER BY text_fingerprint, score DESC, content_hash
  ), feedback AS (
    SELECT document_id, score::float8 / max(score) OVER () AS share FROM told
    ORDER BY score DESC, content_hash LIMIT ${FEEDBACK_DOCUMENTS}
  ), spoken AS (
    SELECT t.term_id, sum((${SCORE_UNIT} * f.share * f.share * f.share
      * t.frequency / (t.frequency + $7::float8 + $8::float8 * d.token_count))::bigint) AS relevance
    FROM feedback f
      CROSS JOIN LATERAL (
        SELECT term_ids, term_frequencies, token_count FROM documents WHERE id = f.document_id OFFSET 0) d
      CROSS JOIN LATERAL unnest(d.term_ids, d.term_frequencies) AS t(term_id, frequency)
    WHERE t.frequency > cardinality(d.term_ids) / ${WORDS_PER_REPETITION}
    GROUP BY t.term_id
  ), related AS (
    SELECT t.id, t.stem, t.document_count, (s.relevance
      * ln(1 + ($9::float8 - t.document_count + 0.5) / (t.document_count + 0.5)))::bigint AS relevance
    FROM spoken s
      CROSS JOIN LATERAL (SELECT id, stem, document_count FROM terms WHERE id = s.term_id OFFSET 0) t
    WHERE t.document_count BETWEEN 2 AND $9::float8
    ORDER BY 4 DESC, 2 LIMIT ${FEEDBACK_TERMS}
  )
  SELECT 'document' AS kind, document_id AS id, score::float8 AS score, words::text AS words, null AS stem,
    null::int AS document_count
  FROM best
  UNION ALL SELECT 'term', id, relevance::float8, null, stem, document_count FROM related`;

/**
 * The statement that finds. `OFFSET 0` keeps each look-up a look-up by index: the embedded database and a fresh import
 * have no planner statistics, and guesses without them cost a hundredfold. The conditions speak of `d`.
 */
export function candidatesStatement(filter: CandidateFilter | null): string {
  return `
  WITH candidates AS MATERIALIZED (
    SELECT p.document_id, sum(${TERM_SCORE}) AS score, bit_or(t.word) AS words
    FROM unnest($1::int[], $2::float8[], $3::bigint[]) AS t(term_id, weight, word)
      CROSS JOIN LATERAL (
        SELECT * FROM postings WHERE term_id = t.term_id ORDER BY document_id DESC LIMIT $11::bigint) p
    ${filter === null ? '' : filteredBy(filter)}
    GROUP BY p.document_id HAVING bit_or(t.word) & $10::bigint = $10::bigint
    ORDER BY 2 DESC, 1 LIMIT ${MAX_CANDIDATES}
  ), added AS (
    SELECT p.document_id, sum(${TERM_SCORE}) AS score, bit_or(t.word) AS words
    FROM unnest($4::int[], $5::float8[], $6::bigint[]) AS t(term_id, weight, word) CROSS JOIN candidates c
      CROSS JOIN LATERAL (
        SELECT * FROM postings WHERE term_id = t.term_id AND document_id = c.document_id OFFSET 0) p
    GROUP BY p.document_id
  ), best AS MATERIALIZED (
    SELECT c.document_id, c.score + coalesce(a.score, 0) AS score, c.words | coalesce(a.words, 0) AS words
    FROM candidates c LEFT JOIN added a ON a.document_id = c.document_id
    ORDER BY 2 DESC, 1 LIMIT ${MAX_SCORED}
  ${FEEDBACK}`;
}

/** Few candidates are looked up one by one; for an exhaustive search, the documents that pass are listed first. */
function filteredBy({ conditions, listed }: CandidateFilter): string {
  return listed
    ? `WHERE (p.document_id IN (SELECT d.id FROM documents d WHERE d.scope_id = $12 AND ${conditions})) IS TRUE`
    : `CROSS JOIN LATERAL (
        SELECT 1 FROM documents d WHERE d.id = p.document_id AND d.scope_id = $12 AND ${conditions} OFFSET 0) passed`;
}
