import type { DocumentFilter } from './listed-document.js';

/** The corpus $2 of the owner $1; the documents are called `d`. */
export const IN_SCOPE = 'd.scope_id = (SELECT id FROM corpus_scopes WHERE owner_id = $1 AND corpus = $2)';

/** What a filter lets through; takes $1 to $9: owner, corpus and `filterValuesOf`. */
export const MATCHES = `${IN_SCOPE}
  AND ($3::text IS NULL OR d.source = $3)
  AND ($4::text IS NULL OR $4 = ANY(d.tags || d.user_tags || coalesce(d.safety_tags, '{}')))
  AND ($5::timestamptz IS NULL OR d.created_at >= $5)
  AND ($6::timestamptz IS NULL OR d.created_at < $6)
  AND ($7::text[] IS NULL OR d.author_role = ANY($7))
  AND ($8::text IS NULL OR d.thread_id = $8)
  AND ($9::text IS NULL OR d.language = $9)`;

/** The values of $3 to $9. */
export function filterValuesOf(filter: DocumentFilter): unknown[] {
  const { source, tag, since, until, authorRoles, threadId, language } = filter;
  return [source, tag, since, until, authorRoles, threadId, language].map((value) => value ?? null);
}
