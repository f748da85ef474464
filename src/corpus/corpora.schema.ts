import { z } from 'zod';
import { AUTHOR_ROLES, CORPORA } from '../shared/index.js';
import type { CorpusSearch } from './corpora.service.js';
import type { CorpusOverview } from './corpus-overview.service.js';
import type { RankReasons, SearchHit, SearchResult, TurnBefore } from './search/search-query.js';

const MAX_QUERY_CHARS = 8_000;
/** A short text as people name things. */
export const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'must be text without NUL');
/** A name that a source gave. */
export const externalName = name.max(500);
/** An ISO 8601 date or time, as a time in UTC. */
export const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((text) => new Date(text))
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999,
    'must lie in the years 1 to 9999',
  )
  .transform((date) => date.toISOString());

/** Roles with commas between them. */
export const authorRoles = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.enum(AUTHOR_ROLES)),
);

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
  author: authorRoles.optional(),
  source: name.optional(),
  thread: externalName.optional(),
  tag: name.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'must be a language by two letters (ISO 639-1), like en')
    .optional(),
  author_name: externalName.optional(),
  explain: z.stringbool().default(false),
  owner: name.optional(),
});
export type SearchParameters = z.infer<typeof searchQuerySchema>;

/** The search that path and query string ask for. */
export function corpusSearchOf({ corpus }: CorpusParams, parameters: SearchParameters): CorpusSearch {
  const {
    q,
    limit,
    since,
    until,
    author,
    author_name: authorName,
    source,
    thread,
    tag,
    language,
    owner,
  } = parameters;
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
    ...(language !== undefined && { language }),
    ...(authorName !== undefined && { authorName }),
    ...(owner !== undefined && { owner }),
  };
}

/** An owner's corpora as the API shows them. */
export function corporaView({ corpora, usedBytes, quotaBytes }: CorpusOverview) {
  return {
    corpora: corpora.map((each) => ({
      corpus: each.corpus,
      document_count: each.documentCount,
      by_source: each.bySource,
      by_author_role: each.byAuthorRole,
      by_language: each.byLanguage,
      earliest: each.earliest,
      latest: each.latest,
      bytes: each.bytes,
      last_import: each.lastImport,
      retention_days: each.retentionDays,
      analysis: each.analysis,
    })),
    used_bytes: usedBytes,
    quota_bytes: quotaBytes,
  };
}

/** A search's result as the API shows it; with `explain`, what each score is made of. */
export function searchView({ hits, terms }: SearchResult, explain = false) {
  return {
    hits: hits.map((hit) => hitView(hit, explain)),
    terms: terms.map((term) => ({
      stem: term.stem,
      forms: term.forms,
      idf: term.idf,
      document_count: term.documentCount,
    })),
  };
}

function hitView({ snippet, reasons, flags, context }: SearchHit, explain: boolean) {
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
      author_name: attribution.authorName ?? null,
      language: attribution.language ?? null,
      title: attribution.title,
      url: attribution.url,
      timestamp: attribution.timestamp,
      span: attribution.span,
      document_hash: attribution.documentHash,
    },
    context: context && turnView(context),
    flags,
    reasons: explain ? reasonsView(reasons) : { matched_terms: reasons.matchedTerms },
  };
}

function turnView({ documentId, text, authorRole, authorName, timestamp }: TurnBefore) {
  return { document_id: documentId, text, author_role: authorRole, author_name: authorName, timestamp };
}

function reasonsView({ bm25, relatedWords, thread, factors, matchedTerms }: RankReasons) {
  return { matched_terms: matchedTerms, bm25, related_words: relatedWords, thread, factors };
}
