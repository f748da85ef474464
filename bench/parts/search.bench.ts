import { DataSource } from 'typeorm';
import { type SearchQuery, SearchService } from '../../src/corpus/index.js';
import type { RunningServer } from '../../src/serve.js';
import { connectionOf } from '../engine/driver.js';
import { OWNER } from '../engine/loaded-server.js';
import type { EngineName } from '../options.js';
import { atMost, type Measurement, milliseconds } from '../report/measurement.js';
import { median, quantile } from '../report/statistics.js';
import { type QueryKind, searchTexts } from './search-texts.js';

const LARGEST_RATIO = 1.5;
/** Of one search, with the machine to itself. */
const LONGEST_P95_MS = 50;
const QUERIES_PER_KIND = 30;
const AS_OF = '2026-07-01';

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

interface Timing {
  readonly kind: QueryKind;
  readonly searchMs: number;
  readonly bareMs: number;
}

/** Search as the application does it against nothing but its statements on the same connection. */
export async function benchSearch(
  server: RunningServer,
  engine: EngineName,
  messages: number,
  repeats: number,
): Promise<Measurement[]> {
  const timings: Timing[] = [];
  for (const { kind, text } of searchTexts(messages, QUERIES_PER_KIND))
    timings.push({ kind, ...(await timingOf(server, text, repeats)) });
  const kinds = [...new Set(timings.map(({ kind }) => kind))];
  return [
    ...kinds.flatMap((kind) =>
      rowsOf(
        engine,
        kind,
        timings.filter((each) => each.kind === kind),
        false,
      ),
    ),
    ...rowsOf(engine, 'all', timings, true),
    longestRow(engine, timings),
  ];
}

/** Search and bare statements take turns, so that both meet the same caches and the same neighbours. */
async function timingOf(server: RunningServer, text: string, repeats: number): Promise<Omit<Timing, 'kind'>> {
  const search = server.app.get(SearchService, { strict: false });
  const dataSource = server.app.get(DataSource, { strict: false });
  const query: SearchQuery = { ownerId: OWNER, corpus: 'personal', text, limit: 10, asOf: AS_OF };
  const statements = await statementsOf(dataSource, () => search.search(query));
  const searchMs: number[] = [];
  const bareMs: number[] = [];
  await runBare(dataSource, statements);
  for (let i = 0; i < repeats; i++) {
    searchMs.push(await elapsedMs(() => search.search(query)));
    bareMs.push(await runBare(dataSource, statements));
  }
  return { searchMs: median(searchMs), bareMs: median(bareMs) };
}

/** What `work` sends to the database; also warms both up. */
async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const { query } = dataSource;
  Reflect.set(dataSource, 'query', (sql: string, parameters: readonly unknown[] = []) => {
    statements.push({ sql, parameters });
    return query.call(dataSource, sql, [...parameters]);
  });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(dataSource, 'query');
  }
  return statements;
}

async function runBare(dataSource: DataSource, statements: readonly Statement[]): Promise<number> {
  const connection = await connectionOf(dataSource);
  try {
    return await elapsedMs(async () => {
      for (const { sql, parameters } of statements) await connection.query(sql, [...parameters]);
    });
  } finally {
    connection.release();
  }
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function longestRow(engine: EngineName, timings: readonly Timing[]): Measurement {
  const p95Ms = quantile(
    timings.map(({ searchMs }) => searchMs),
    0.95,
  );
  const goal = { text: `< ${LONGEST_P95_MS} ms`, met: p95Ms < LONGEST_P95_MS };
  return { part: 'search', engine, measure: 'all: p95 of a search', value: milliseconds(p95Ms), goal };
}

function rowsOf(
  engine: EngineName,
  kind: string,
  timings: readonly Timing[],
  isJudged: boolean,
): Measurement[] {
  const search = timings.map((each) => each.searchMs);
  const bare = timings.map((each) => each.bareMs);
  return [0.5, 0.95].map((share): Measurement => {
    const ratio = quantile(search, share) / quantile(bare, share);
    const times = `${milliseconds(quantile(search, share))} / ${milliseconds(quantile(bare, share))}`;
    const measure = `${kind}: p${share * 100} search / bare SQL (${times})`;
    const value = isJudged ? atMost(LARGEST_RATIO, ratio) : { value: ratio.toFixed(2) };
    return { part: 'search', engine, measure, ...value };
  });
}
