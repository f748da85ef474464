import { contentTermsOf, type Term, termsOf } from '../../shared/index.js';
import type { RankWeights } from './rank-weights.js';
import { inMillionths, type RankRequest } from './ranker.port.js';
import type { DocumentRow } from './search.repository.js';
import type { FactorName, RankFactor } from './search-query.js';
import { asksWhen, type Period, periodOf, speaksOfTime } from './time-phrases.js';
import { nearnessOf } from './word-nearness.js';

const DAY_MS = 86_400_000;
const RECENCY_DAYS = 180;
/** How far from the named time a text may speak of it: people tell of last week. */
const PERIOD_DAYS = 14;
const MANY_REACTIONS = 1_000;
/** A text of this many words is as likely a finished piece as a fragment. */
const PIECE_WORDS = 300;
/** A longer query is not repeated word for word. */
const MAX_EXACT_WORDS = 8;

/** What a query asks for beside its words; read once, held against many documents. */
export interface QuerySigns {
  readonly request: RankRequest;
  readonly period: Period | null;
  readonly asksWhen: boolean;
  readonly todayMs: number;
  /** The searched words as the query has them, by their numbers in the plan. */
  readonly order: readonly number[];
  readonly distinct: readonly string[];
}

export function querySignsOf(request: RankRequest): QuerySigns {
  const { query, words, plan } = request;
  const numbers = new Map(plan.words.map(({ stem }, number) => [stem, number]));
  return {
    request,
    period: periodOf(query.text, query.asOf),
    asksWhen: asksWhen(query.text),
    todayMs: Date.parse(`${query.asOf}T00:00:00.000Z`),
    order: words.words.flatMap(({ stem }) => numbers.get(stem) ?? []),
    distinct: [...new Set(words.running)],
  };
}

/**
 * The factors that are not 1. `matched` has a bit for each word of the plan that the document has, `terms` are the
 * words of its text.
 */
export function rankFactorsOf(
  row: DocumentRow,
  matched: bigint,
  terms: readonly Term[],
  signs: QuerySigns,
  weights: RankWeights,
): RankFactor[] {
  const { words } = signs.request.plan;
  const stems = [
    ...termsOf(row.title ?? '', row.language).map((term) => term.stem),
    '',
    ...terms.map((term) => term.stem),
  ];
  const shares: readonly (readonly [FactorName, number])[] = [
    ['all_words', words.length > 1 && matched === (1n << BigInt(words.length)) - 1n ? weights.allWords : 0],
    ['exact_words', hasExact(stems, signs.distinct) ? weights.exactWords : 0],
    ['nearness', weights.nearness * nearnessOf(words, signs.order, stems)],
    ['author', isNamed(row, signs) ? weights.author : 0],
    ['tells_when', signs.asksWhen && speaksOfTime(row.text) ? weights.tellsWhen : 0],
    ['period', weights.period * closenessOf(row, signs.period)],
    ['recency', weights.recency * recencyOf(row, signs.todayMs)],
    ['own_words', row.author_role === 'self' ? weights.ownWords : 0],
    ['engagement', signs.request.query.corpus === 'social' ? weights.engagement * engagementOf(row) : 0],
    ['authority', signs.request.query.corpus === 'published' ? weights.authority * authorityOf(row) : 0],
  ];
  return shares
    .map(([name, share]) => ({ name, value: inMillionths(1 + share) }))
    .filter(({ value }) => value !== 1);
}

function hasExact(stems: readonly string[], distinct: readonly string[]): boolean {
  if (distinct.length < 2 || distinct.length > MAX_EXACT_WORDS) return false;
  const present = new Set(stems);
  return distinct.every((stem) => present.has(stem));
}

/** Whether the query has a word of the author's name. */
function isNamed({ author_name: name, language }: DocumentRow, { request }: QuerySigns): boolean {
  if (name === null) return false;
  const stems = new Set(contentTermsOf(name, language).map((term) => term.stem));
  return request.words.words.some(({ stem }) => stems.has(stem));
}

/** 1 for a text from the named time, less the more days lie between. */
function closenessOf({ created_at: createdAt }: DocumentRow, period: Period | null): number {
  if (period === null || createdAt === null) return 0;
  const at = createdAt.getTime();
  const awayMs = Math.max(0, period.from - at, at - period.until);
  return Math.exp(-awayMs / DAY_MS / PERIOD_DAYS);
}

function recencyOf({ created_at: createdAt }: DocumentRow, todayMs: number): number {
  if (createdAt === null) return 0;
  const days = Math.floor(todayMs / DAY_MS) - Math.floor(createdAt.getTime() / DAY_MS);
  return Math.exp(-Math.max(0, days) / RECENCY_DAYS);
}

function engagementOf({ engagement }: DocumentRow): number {
  return Math.min(1, Math.log1p(engagement ?? 0) / Math.log1p(MANY_REACTIONS));
}

/** What a stored document itself can show: an address it was published at, a title, and length. */
function authorityOf({ url, title, token_count: tokens }: DocumentRow): number {
  return ((url === null ? 0 : 1) + (title === null ? 0 : 1) + tokens / (tokens + PIECE_WORDS)) / 3;
}
