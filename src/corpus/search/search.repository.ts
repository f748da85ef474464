import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuthorRole } from '../../shared/index.js';
import { B, K1 } from './bm25.js';
import type { PlannedTerm, QueryPlan, TermStatistics } from './query-plan.js';
import { FIRST_FILTER_PARAMETER, rankStatement, SCORE_UNIT } from './rank-statement.js';
import type { SearchQuery } from './search-query.js';

/** A document the search ranked, best first. */
export interface RankedDocument {
  readonly id: number;
  readonly source: string;
  readonly external_id: string;
  readonly thread_id: string | null;
  readonly author_role: AuthorRole;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
  readonly created_at: Date | null;
  readonly content_hash: string;
  readonly bm25: number;
  readonly recency: number;
  readonly score: number;
  readonly all_terms: boolean;
}

interface StatisticsRow {
  readonly scope_id: number;
  readonly revision: string;
  readonly scope_documents: number;
  readonly scope_tokens: number;
  readonly id: number | null;
  readonly stem: string;
  readonly document_count: number;
}

const FIND_TERMS = `
  SELECT s.id AS scope_id, s.revision::text AS revision, s.document_count AS scope_documents, s.token_count::float8 AS scope_tokens,
    t.id, t.stem, t.document_count
  FROM corpus_scopes s LEFT JOIN terms t ON t.scope_id = s.id AND t.stem = ANY($3::text[])
  WHERE s.owner_id = $1 AND s.corpus = $2`;

/** The two statements of a search. */
@Injectable()
export class SearchRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** What the owner's corpus knows of these stems; null where it holds nothing. */
  async findStatistics(query: SearchQuery, stems: readonly string[]): Promise<TermStatistics | null> {
    const rows = await this.dataSource.query<StatisticsRow[]>(FIND_TERMS, [
      query.ownerId,
      query.corpus,
      stems,
    ]);
    const scope = rows[0];
    if (!scope) return null;
    return {
      scopeId: scope.scope_id,
      revision: scope.revision,
      documentCount: scope.scope_documents,
      tokenCount: scope.scope_tokens,
      terms: rows.flatMap(({ id, stem, document_count }) =>
        id === null ? [] : [{ id, stem, documentCount: document_count }],
      ),
    };
  }

  /** The best documents with distinct texts, at most `count`. */
  async rank(query: SearchQuery, scopeId: number, plan: QueryPlan, count: number): Promise<RankedDocument[]> {
    const { conditions, values } = filterOf(query, FIRST_FILTER_PARAMETER);
    const filter = values.length === 0 ? null : { conditions, listed: plan.exhaustive };
    return this.dataSource.query<RankedDocument[]>(rankStatement(filter), [
      ...weighted(plan.driving),
      ...weighted(plan.adding),
      K1 * (1 - B),
      (K1 * B) / plan.averageTokenCount,
      plan.driving.length + plan.adding.length,
      query.asOf,
      query.ownerId,
      count,
      ...(filter === null ? [] : [scopeId, ...values]),
    ]);
  }
}

function weighted(terms: readonly PlannedTerm[]): [number[], number[]] {
  return [terms.map((term) => term.id), terms.map((term) => term.weight * (K1 + 1) * SCORE_UNIT)];
}

function filterOf(query: SearchQuery, firstParameter: number): { conditions: string; values: unknown[] } {
  const filters: [unknown, (parameter: string) => string][] = [
    [query.authorRoles, (parameter) => `d.author_role = ANY(${parameter}::text[])`],
    [query.since, (parameter) => `d.created_at >= ${parameter}::timestamptz`],
    [query.until, (parameter) => `d.created_at < ${parameter}::timestamptz`],
    [query.source, (parameter) => `d.source = ${parameter}`],
    [query.threadId, (parameter) => `d.thread_id = ${parameter}`],
    [query.tag, (parameter) => `${parameter} = ANY(d.tags)`],
  ];
  const given = filters.filter(([value]) => value !== undefined);
  return {
    conditions: given.map(([, condition], index) => condition(`$${firstParameter + index}`)).join(' AND '),
    values: given.map(([value]) => value),
  };
}
