import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DataSource } from 'typeorm';
import { packageInfo } from '../../src/config/index.js';
import type { RunningServer } from '../../src/serve.js';
import { samplePrompts } from '../corpus/prompts.js';
import { type Engine, makeEngine } from '../engine/engine.js';
import { importExamples, startServer } from '../engine/loaded-server.js';
import { withProvider } from '../engine/provider-engine.js';
import { ProviderServer } from '../engine/provider-server.js';
import { QueryClient } from '../engine/query-client.js';
import type { BenchOptions, EngineName } from '../options.js';
import { atMost, isZero, type Measurement, megabytes, type Row, rowsFor } from '../report/measurement.js';
import { benchProviderCall } from './provider-call.bench.js';
import type { StubReply } from './provider-stub.js';

const LARGEST_GROWTH = 1.1;
const CONCURRENCY = 64;
const FAILING_SHARE = 0.2;
const RETRIES = 2;
/** External calls that the policy allows each role in one run. */
const BUDGETS = { ideator: 2, drafter: 1, critic: 2, revisor: 1, summarizer: 1 } as const;
/** What a run may end with where the API fails: its own faults, and answers that a person must look at. */
const RIGHT_ENDS = [
  '200',
  '422 governance.held',
  '503 provider.overloaded',
  '503 provider.rate_limited',
  '503 provider.unreachable',
  '503 provider.circuit_open',
];
const SETTLE_MS = 300;

const { root } = packageInfo();

type Ends = Map<string, number>;

/** What the adapter costs, and how the pipeline fares against an API that fails one call in five. */
export async function benchProvider(
  name: EngineName,
  _: string,
  options: BenchOptions,
): Promise<Measurement[]> {
  const stub = await ProviderServer.start();
  const engine = await makeEngine(name, options.databaseUrl);
  try {
    const calls = await benchProviderCall(name, stub.baseUrl, options.repeats);
    const failing = withProvider(engine, stub.baseUrl, { OPENAI_MAX_RETRIES: String(RETRIES) });
    return [...calls, ...(await benchFailingProvider(failing, stub, options.runs))];
  } finally {
    await engine.remove();
    await stub.stop();
  }
}

async function benchFailingProvider(
  engine: Engine,
  stub: ProviderServer,
  runs: number,
): Promise<Measurement[]> {
  const row = rowsFor('provider', engine.name);
  const server = await startServer(engine);
  const ends: Ends = new Map();
  const bytes: number[] = [];
  let seconds = 0;
  let spent: Measurement[] = [];
  try {
    await importExamples(server, root);
    const client = await QueryClient.for(engine, server.url);
    const prompts = samplePrompts(root, runs);
    await stub.tell({ failingShare: FAILING_SHARE });
    const half = Math.ceil(runs / 2);
    for (const part of [prompts.slice(0, half), prompts.slice(half)]) {
      const startedMs = performance.now();
      await askAll(client, part, ends);
      seconds += (performance.now() - startedMs) / 1_000;
      bytes.push(await residentBytes());
    }
    spent = await spentRows(server, await stub.tell({}), row);
  } finally {
    await server.close();
  }
  const sockets = await stub.afterwards();
  return [
    ...endRows(ends, runs, seconds, row),
    ...spent,
    row(`open sockets when all is over (most at once: ${sockets.mostSockets})`, isZero(sockets.openSockets)),
    row(
      `RSS after all / half of the runs (${bytes.map(megabytes).reverse().join(' / ')})`,
      atMost(LARGEST_GROWTH, bytes[1]! / bytes[0]!),
    ),
  ];
}

/** Sends all prompts, so many at a time, and counts how each ended. */
async function askAll(client: QueryClient, prompts: readonly string[], ends: Ends): Promise<void> {
  const waiting = prompts.values();
  const work = async () => {
    for (const prompt of waiting) {
      const { status, body } = await client.post(prompt);
      const code = status === 200 ? '' : ` ${(JSON.parse(body) as { readonly code?: string }).code}`;
      ends.set(`${status}${code}`, (ends.get(`${status}${code}`) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

function endRows(ends: Ends, runs: number, seconds: number, row: Row): Measurement[] {
  const wrong = [...ends].filter(([end]) => !RIGHT_ENDS.includes(end));
  const wrongRuns = wrong.reduce((total, [, count]) => total + count, 0);
  const rate = `${(runs / seconds).toFixed(1)} runs/s`;
  return [
    ...[...ends]
      .sort((a, b) => b[1] - a[1])
      .map(([end, count]) => row(`runs: ended ${end}`, { value: String(count) })),
    row(`runs: of ${runs} at ${CONCURRENCY} at once (${rate}) ended with a wrong problem`, isZero(wrongRuns)),
  ];
}

/** Reservations in the books against the policy's budgets, the owner's spend and what the API saw. */
async function spentRows(server: RunningServer, seen: StubReply, row: Row): Promise<Measurement[]> {
  const database = server.app.get(DataSource, { strict: false });
  const [totals] = await database.query<
    { reserved: number; open: number; failed: number; day: number; fallen: number }[]
  >(`
    SELECT count(*)::int AS reserved, count(*) FILTER (WHERE state = 'reserved')::int AS open,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      (SELECT coalesce(sum(calls), 0)::int FROM daily_spend) AS day,
      (SELECT count(DISTINCT task_id)::int FROM run_stages WHERE fallback IS NOT NULL) AS fallen
    FROM budget_reservations WHERE budget = 'external_call'`);
  const { reserved, open, failed, day, fallen } = totals!;
  const most = await database.query<{ role: keyof typeof BUDGETS; calls: number }[]>(`
    SELECT role, max(calls)::int AS calls FROM (
      SELECT role, count(*) AS calls FROM budget_reservations
      WHERE budget = 'external_call' GROUP BY task_id, role
    ) AS spent GROUP BY role ORDER BY role`);
  const over = most.filter(({ role, calls }) => calls > BUDGETS[role]).length;
  const list = most.map(({ role, calls }) => `${role} ${calls}`).join(', ');
  return [
    row(`runs: with a fallback in a stage (calls that failed for good: ${failed})`, {
      value: String(fallen),
    }),
    row(`budget: roles over theirs (most in a run: ${list})`, isZero(over)),
    row('budget: reservations left open', isZero(open)),
    row(`budget: day's calls less reservations (${day} / ${reserved})`, isZero(day - reserved)),
    row(`calls the API saw, ${seen.failures} of them failed`, { value: String(seen.calls) }),
    row('most calls within one reservation', atMost(1 + RETRIES, seen.mostCalls)),
    row(
      `budget: reservations the API saw (${seen.reservations}) and the books did not`,
      isZero(Math.max(0, seen.reservations - reserved)),
    ),
  ];
}

/** Resident memory once what was let go of is collected; a collection frees pages a moment after it is over. */
async function residentBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    collect();
    await sleep(SETTLE_MS);
  }
  return process.memoryUsage.rss();
}
