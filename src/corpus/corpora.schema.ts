import { z } from 'zod';
import { AUTHOR_ROLES, CORPORA } from '../shared/index.js';
import type { CorpusSearch } from './corpora.service.js';
import type { CorpusSummary } from './documents/document.js';
import type { SearchHit, SearchResult } from './search/search-query.js';

const MAX_QUERY_CHARS = 8_000;
const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'must be text without NUL');
const externalName = name.max(500);
const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((text) => new Date(text))
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999,
    'must lie in the years 1 to 9999',
  )
  .transform((date) => date.toISOString());

export const corporaQuerySchema = z.strictObject({ owner: name.optional() });
export type CorporaQuery = z.infer<typeof corporaQuerySchema>;

export const corpusParamsSchema = z.strictObject({ corpus: z.enum(CORPORA) });
export type CorpusParams = z.infer<typeof corpusParamsSchema>;

export const documentParamsSchema = z.strictObject({
  corpus: z.enum(CORPORA),
  id: z.string().min(1).max(40),
});
export type DocumentParams = z.infer<typeof documentParamsSchema>;

export const searchQuerySchema = z.strictObject({
  q: z.string().trim().min(1).max(MAX_QUERY_CHARS),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  since: time.optional(),
  until: time.optional(),
  author: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z.array(z.enum(AUTHOR_ROLES)),
    )
    .optional(),
  source: name.optional(),
  thread: externalName.optional(),
  tag: name.optional(),
  owner: name.optional(),
});
export type SearchParameters = z.infer<typeof searchQuerySchema>;

/** The search that path and query string ask for. */
export function corpusSearchOf({ corpus }: CorpusParams, parameters: SearchParameters): CorpusSearch {
  const { q, limit, since, until, author, source, thread, tag, owner } = parameters;
  return {
    corpus,
    text: q,
    limit,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(author !== undefined && { authorRoles: author }),
    ...(source !== undefined && { source }),
    ...(thread !== undefined && { threadId: thread }),
    ...(tag !== undefined && { tag }),
    ...(owner !== undefined && { owner }),
  };
}

/** An owner's corpora as the API shows them. */
export function corporaView(summaries: readonly CorpusSummary[]) {
  return {
    corpora: summaries.map((each) => ({
      corpus: each.corpus,
      document_count: each.documentCount,
      by_source: each.bySource,
      by_author_role: each.byAuthorRole,
      earliest: each.earliest,
      latest: each.latest,
      last_import: each.lastImport,
    })),
  };
}

/** A search's result as the API shows it. */
export function searchView({ hits, terms }: SearchResult) {
  return {
    hits: hits.map(hitView),
    terms: terms.map((term) => ({ stem: term.stem, idf: term.idf, document_count: term.documentCount })),
  };
}

function hitView({ snippet, reasons }: SearchHit) {
  const { attribution } = snippet;
  return {
    snippet_id: snippet.id,
    text: snippet.text,
    score: snippet.score,
    attribution: {
      document_id: attribution.documentId,
      corpus: attribution.corpus,
      source: attribution.source,
      external_id: attribution.externalId,
      thread_id: attribution.threadId,
      author_role: attribution.authorRole,
      title: attribution.title,
      url: attribution.url,
      timestamp: attribution.timestamp,
      span: attribution.span,
      document_hash: attribution.documentHash,
    },
    reasons: {
      bm25: reasons.bm25,
      recency: reasons.recency,
      own_words: reasons.ownWords,
      all_terms: reasons.allTerms,
      matched_terms: reasons.matchedTerms,
    },
  };
}
