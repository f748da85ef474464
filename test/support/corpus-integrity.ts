import type { DataSource } from 'typeorm';

/** Each statement counts what a recount of the documents would say otherwise. */
const CHECKS: Readonly<Record<string, string>> = {
  'scope counts': `
    SELECT count(*)::int AS breaches FROM corpus_scopes s, LATERAL (
      SELECT count(*) AS documents, coalesce(sum(token_count), 0) AS tokens,
        coalesce(sum(octet_length(text) + coalesce(octet_length(title), 0)), 0) AS bytes,
        count(*) FILTER (WHERE safety_tags IS NULL) AS unscreened
      FROM documents WHERE scope_id = s.id) d
    WHERE (s.document_count, s.token_count, s.byte_count, s.unscreened_count)
      IS DISTINCT FROM (d.documents, d.tokens, d.bytes, d.unscreened)`,
  'counts by kind': `
    SELECT count(*)::int AS breaches FROM (
      SELECT scope_id, source, author_role, language, document_count FROM corpus_counts WHERE document_count > 0) c
    FULL JOIN (
      SELECT scope_id, source, author_role, coalesce(language, '') AS language, count(*)::int AS documents
      FROM documents GROUP BY 1, 2, 3, 4) d USING (scope_id, source, author_role, language)
    WHERE c.document_count IS DISTINCT FROM d.documents`,
  terms: `
    SELECT count(*)::int AS breaches FROM (
      SELECT t.id, t.document_count FROM terms t) t
    FULL JOIN (
      SELECT term_id AS id, count(*)::int AS documents FROM documents d, unnest(d.term_ids) AS term_id GROUP BY 1) d
      USING (id)
    WHERE t.document_count IS DISTINCT FROM d.documents`,
  postings: `
    SELECT count(*)::int AS breaches FROM postings p
    FULL JOIN (
      SELECT t.term_id, d.id AS document_id, t.frequency, d.token_count
      FROM documents d, unnest(d.term_ids, d.term_frequencies) AS t(term_id, frequency)) d
      USING (term_id, document_id)
    WHERE (p.frequency, p.token_count) IS DISTINCT FROM (d.frequency, d.token_count)`,
};

/** The names of kept figures and index entries that are not what the documents say, with how many. */
export async function integrityBreaches(dataSource: DataSource): Promise<string[]> {
  const breaches: string[] = [];
  for (const [name, sql] of Object.entries(CHECKS)) {
    const [row] = await dataSource.query<{ breaches: number }[]>(sql);
    if (row!.breaches > 0) breaches.push(`${name}: ${row!.breaches}`);
  }
  return breaches;
}

/** Everything a corpus holds but row ids and what the background work finds, in an order of its own. */
export async function corpusContent(dataSource: DataSource): Promise<unknown> {
  const documents = await dataSource.query(
    `SELECT owner_id, corpus, source, external_id, thread_id, author_role, author_name, reply_to, engagement, language,
       title, text, url, created_at, tags, user_tags, attachments, content_hash, text_fingerprint, token_count, import_id,
       imported_at FROM documents ORDER BY owner_id, corpus, source, external_id`,
  );
  const postings = await dataSource.query(
    `SELECT d.owner_id, d.corpus, d.source, d.external_id, t.stem, t.document_count, p.frequency
     FROM postings p JOIN terms t ON t.id = p.term_id JOIN documents d ON d.id = p.document_id
     ORDER BY 1, 2, 3, 4, 5`,
  );
  return { documents, postings };
}
