import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuthorRole } from '../../shared/index.js';
import { B, K1 } from './bm25.js';
import { candidatesStatement, FIRST_FILTER_PARAMETER, SCORE_UNIT } from './candidates-statement.js';
import { TURNS_BEFORE, WIDEN } from './neighbours-statement.js';
import type { PlannedTerm, QueryPlan, TermStatistics } from './query-plan.js';
import { filterOf } from './search-filter.js';
import type { SearchQuery } from './search-query.js';

/** A document that has words of the query. Scores are whole millionths. */
export interface FoundDocument {
  readonly id: number;
  readonly score: number;
  /** One bit for each word of the plan. */
  readonly words: bigint;
}

/** A word that the best documents speak of; the relevance is comparable within one search. */
export interface SpokenTerm {
  readonly id: number;
  readonly stem: string;
  readonly documentCount: number;
  readonly relevance: number;
}

/** `near` stands `step` turns after (below zero: before) the document `id`. */
export interface Neighbour {
  readonly id: number;
  readonly near: number;
  readonly step: number;
}

/** The row of a document that may be shown. */
export interface DocumentRow {
  readonly id: number;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly reply_to: string | null;
  readonly author_role: AuthorRole;
  readonly author_name: string | null;
  readonly title: string | null;
  /** The beginning, where `is_cut`. */
  readonly text: string;
  readonly is_cut: boolean;
  readonly url: string | null;
  readonly created_at: Date | null;
  readonly language: string | null;
  readonly engagement: number | null;
  readonly safety_tags: string[] | null;
  readonly token_count: number;
  readonly content_hash: string;
  readonly text_fingerprint: string;
}

/** A row of `TURNS_BEFORE`. */
export interface TurnRow {
  readonly id: number;
  readonly turn_id: number;
  readonly author_role: AuthorRole;
  readonly author_name: string | null;
  readonly created_at: Date | null;
  readonly text: string;
}

interface StatisticsRow {
  readonly scope_id: number;
  readonly revision: string;
  readonly scope_documents: number;
  readonly scope_tokens: number;
  readonly languages: string[] | null;
  readonly id: number | null;
  readonly stem: string;
  readonly document_count: number;
}

interface CandidateRow {
  readonly kind: 'document' | 'term';
  readonly id: number;
  readonly score: number;
  readonly words: string;
  readonly stem: string;
  readonly document_count: number;
}

const FIND_TERMS = `
  SELECT s.id AS scope_id, s.revision::text AS revision, s.document_count AS scope_documents,
    s.token_count::float8 AS scope_tokens,
    (SELECT array_agg(DISTINCT c.language) FROM corpus_counts c
     WHERE c.scope_id = s.id AND c.document_count > 0 AND c.language <> '') AS languages,
    t.id, t.stem, t.document_count
  FROM corpus_scopes s LEFT JOIN terms t ON t.scope_id = s.id AND t.stem = ANY($3::text[])
  WHERE s.owner_id = $1 AND s.corpus = $2`;

const rowsStatement = (conditions: string) => `
  SELECT d.* FROM unnest($1::int[]) AS asked(id) CROSS JOIN LATERAL (
    SELECT id, scope_id, source, external_id, thread_id, reply_to, author_role, author_name, title,
      left(text, $2::int) AS text, length(text) > $2::int AS is_cut, url, created_at, language, engagement, tags,
      user_tags, safety_tags, token_count, content_hash, text_fingerprint
    FROM documents WHERE id = asked.id OFFSET 0) d
  WHERE d.scope_id = $3${conditions === '' ? '' : ` AND ${conditions}`}`;

const TEXTS = 'SELECT id, text FROM documents WHERE id = ANY($1::int[]) AND owner_id = $2';
const TURN_CHARS = 300;

/** The statements of a search. */
@Injectable()
export class SearchRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** What the owner's corpus knows of these stems; null where it holds nothing. */
  async findStatistics(query: SearchQuery, stems: readonly string[]): Promise<TermStatistics | null> {
    const values = [query.ownerId, query.corpus, stems];
    const rows = await this.dataSource.query<StatisticsRow[]>(FIND_TERMS, values);
    const scope = rows[0];
    if (!scope) return null;
    return {
      scopeId: scope.scope_id,
      revision: scope.revision,
      documentCount: scope.scope_documents,
      tokenCount: scope.scope_tokens,
      languages: scope.languages ?? [],
      terms: rows.flatMap(({ id, stem, document_count }) =>
        id === null ? [] : [{ id, stem, documentCount: document_count }],
      ),
    };
  }

  /** The documents with the best words of the query, best first, and what the first of them speak of. */
  async find(
    query: SearchQuery,
    { scopeId, documentCount }: TermStatistics,
    plan: QueryPlan,
    required: bigint,
  ): Promise<{ documents: FoundDocument[]; spoken: SpokenTerm[] }> {
    const { conditions, values } = filterOf(query, FIRST_FILTER_PARAMETER);
    const filter = values.length === 0 ? null : { conditions, listed: plan.exhaustive };
    const rows = await this.dataSource.query<CandidateRow[]>(candidatesStatement(filter), [
      ...withBits(plan.driving),
      ...withBits(plan.adding),
      ...lengthParameters(plan),
      documentCount,
      String(required),
      plan.postingsOfTerm,
      ...(filter === null ? [] : [scopeId, ...values]),
    ]);
    return {
      documents: rows
        .filter(({ kind }) => kind === 'document')
        .map(({ id, score, words }) => ({ id, score, words: BigInt(words) })),
      spoken: rows
        .filter(({ kind }) => kind === 'term')
        .map(({ id, stem, document_count, score }) => ({
          id,
          stem,
          documentCount: document_count,
          relevance: score,
        })),
    };
  }

  /** What further terms add to these documents (millionths, by id), and what stands near the best `count` of them. */
  async widen(
    documents: readonly FoundDocument[],
    terms: readonly { readonly id: number; readonly weight: number }[],
    plan: QueryPlan,
    count: number,
  ): Promise<{ related: Map<number, number>; neighbours: Neighbour[] }> {
    const rows = await this.dataSource.query<(Neighbour & { readonly related: number | null })[]>(WIDEN, [
      documents.map((each) => each.id),
      documents.map((each) => each.score),
      ...weighted(terms),
      ...lengthParameters(plan),
      count,
    ]);
    return {
      related: new Map(rows.flatMap(({ id, related }) => (related === null ? [] : [[id, related] as const]))),
      neighbours: rows
        .filter((row) => row.related === null)
        .map(({ id, near, step }) => ({ id, near, step: Number(step) })),
    };
  }

  /** The rows of documents that pass the query's filters, texts cut at `maxChars`. */
  rows(
    query: SearchQuery,
    scopeId: number,
    ids: readonly number[],
    maxChars: number,
  ): Promise<DocumentRow[]> {
    const { conditions, values } = filterOf(query, 4);
    return this.dataSource.query<DocumentRow[]>(rowsStatement(conditions), [
      ids,
      maxChars,
      scopeId,
      ...values,
    ]);
  }

  /** Whole texts by document id. */
  async texts(ownerId: string, ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.dataSource.query<{ id: number; text: string }[]>(TEXTS, [ids, ownerId]);
    return new Map(rows.map((row) => [row.id, row.text]));
  }

  /** The beginning of the turn before each document, where there is one. */
  turnsBefore(ids: readonly number[]): Promise<TurnRow[]> {
    return this.dataSource.query<TurnRow[]>(TURNS_BEFORE, [ids, TURN_CHARS]);
  }
}

function weighted(terms: readonly { readonly id: number; readonly weight: number }[]): [number[], number[]] {
  return [terms.map((term) => term.id), terms.map((term) => term.weight * (K1 + 1) * SCORE_UNIT)];
}

function withBits(terms: readonly PlannedTerm[]): [number[], number[], string[]] {
  return [...weighted(terms), terms.map((term) => String(1n << BigInt(term.word)))];
}

function lengthParameters(plan: QueryPlan): [number, number] {
  return [K1 * (1 - B), (K1 * B) / plan.averageTokenCount];
}
