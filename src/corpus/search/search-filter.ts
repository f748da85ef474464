import type { SearchQuery } from './search-query.js';

/** Conditions in SQL on a document `d`, and the values of their parameters. */
export interface SearchFilter {
  readonly conditions: string;
  readonly values: readonly unknown[];
}

/** What a query lets through; parameters are numbered from `firstParameter`. Empty where it lets all through. */
export function filterOf(query: SearchQuery, firstParameter: number): SearchFilter {
  const filters: [unknown, (parameter: string) => string][] = [
    [query.authorRoles, (parameter) => `d.author_role = ANY(${parameter}::text[])`],
    [query.authorName, (parameter) => `lower(d.author_name) = lower(${parameter}::text)`],
    [query.language, (parameter) => `d.language = ${parameter}`],
    [query.since, (parameter) => `d.created_at >= ${parameter}::timestamptz`],
    [query.until, (parameter) => `d.created_at < ${parameter}::timestamptz`],
    [query.source, (parameter) => `d.source = ${parameter}`],
    [query.threadId, (parameter) => `d.thread_id = ${parameter}`],
    [
      query.tag,
      (parameter) =>
        `(${parameter} = ANY(d.tags) OR ${parameter} = ANY(d.user_tags) OR ${parameter} = ANY(d.safety_tags))`,
    ],
  ];
  const given = filters.filter(([value]) => value !== undefined);
  return {
    conditions: given.map(([, condition], index) => condition(`$${firstParameter + index}`)).join(' AND '),
    values: given.map(([value]) => value),
  };
}
