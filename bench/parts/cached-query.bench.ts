import { packageInfo } from '../../src/config/index.js';
import { samplePrompts } from '../corpus/prompts.js';
import { type Engine, makeEngine, withEnvironment } from '../engine/engine.js';
import { QueryClient } from '../engine/query-client.js';
import { Worker, type WorkerOptions } from '../engine/worker.js';
import type { BenchOptions, EngineName } from '../options.js';
import { atLeast, atMost, isZero, type Measurement, milliseconds, rowsFor } from '../report/measurement.js';
import { median, sum } from '../report/statistics.js';
import type { BareOrder, BareReply } from './cached-query-bare.js';
import type { LoadOrder, LoadReply } from './cached-query-load.js';
import type { CachedQueryReply } from './cached-query-server.js';

const SMALLEST_RATE_RATIO = 1 / 3;
const LARGEST_TIME_RATIO = 3;
const CONNECTIONS = 128;
const WARM_UP = 3_000;
const ANSWERS = 10_000;
const BARE_ANSWERS = 20_000;
/** Of these, the one whose answer is of middling size is asked. */
const PROMPTS = 15;

const ENVIRONMENT = {
  FEATURE_RESPONSE_OPTIMIZER: 'true',
  MCG_CACHE_BACKEND: 'memory',
  // No answer may grow too old while it is measured.
  OPTIMIZATION_CACHE_TTL_MS: '3600000',
  // Nor may one wait at the door: the bare route has none.
  QUERY_MAX_CONCURRENT: String(CONNECTIONS),
};

type Server = Worker<object, CachedQueryReply>;
type Bare = Worker<BareOrder, BareReply>;
type Load = Worker<LoadOrder, LoadReply>;

interface Question {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answer: string;
}

interface Round {
  readonly ours: LoadReply;
  readonly bare: LoadReply;
}

/** An answer that is kept, with its token check and its own row, against a bare route that returns the same bytes. */
export async function benchCachedQuery(
  name: EngineName,
  _: string,
  { databaseUrl, repeats }: BenchOptions,
): Promise<Measurement[]> {
  const engine = withEnvironment(await makeEngine(name, databaseUrl), ENVIRONMENT);
  const { environment, folder } = engine;
  const workers: { stop(): Promise<void> }[] = [];
  const start = async <Order extends object, Reply>(path: string, options: WorkerOptions = {}) => {
    const worker = await Worker.start<Order, Reply>(path, options);
    workers.push(worker);
    return worker;
  };
  try {
    const server: Server = await start('../parts/cached-query-server.js', { environment, folder });
    const bare: Bare = await start('../parts/cached-query-bare.js');
    const load: Load = await start('../parts/cached-query-load.js');
    const question = await questionFor(engine, server.ready.url);
    await bare.tell({ answer: question.answer });
    const before = (await server.tell({})).reusedRuns;
    const rounds = await roundsOf({ server, bare, load }, question, repeats);
    const stored = (await server.tell({})).reusedRuns - before;
    return rowsOf(name, question, rounds, stored);
  } finally {
    for (const worker of workers) await worker.stop();
    await engine.remove();
  }
}

/** The servers take turns; the first round is the warm-up. */
async function roundsOf(
  { server, bare, load }: { readonly server: Server; readonly bare: Bare; readonly load: Load },
  question: Question,
  repeats: number,
): Promise<Round[]> {
  const leastBytes = Buffer.byteLength(question.answer);
  const send = (url: string, amount: number) =>
    load.tell({ url: `${url}/query`, connections: CONNECTIONS, amount, leastBytes, ...question });
  const turn = async (ours: number, theirs: number): Promise<Round> => ({
    ours: await send(server.ready.url, ours),
    bare: await send(bare.ready.url, theirs),
  });
  const rounds = [await turn(WARM_UP, WARM_UP)];
  for (let i = 0; i < repeats; i++) rounds.push(await turn(ANSWERS, BARE_ANSWERS));
  return rounds;
}

/** A prompt whose answer is kept from now on. */
async function questionFor(engine: Engine, url: string): Promise<Question> {
  const client = await QueryClient.for(engine, url);
  const answered: { prompt: string; size: number }[] = [];
  for (const prompt of samplePrompts(packageInfo().root, PROMPTS)) {
    const { status, body } = await client.post(prompt);
    if (status === 200) answered.push({ prompt, size: body.length });
  }
  answered.sort((a, b) => a.size - b.size);
  const { prompt } = answered[Math.floor(answered.length / 2)]!;
  const { body: answer } = await client.post(prompt);
  const { metadata } = JSON.parse(answer) as { metadata: { cache: { level: string } | null } };
  if (metadata.cache?.level !== 'answer') throw new Error(`the answer to "${prompt}" was not kept`);
  return { headers: client.headers, body: JSON.stringify({ prompt }), answer };
}

function rowsOf(
  engine: EngineName,
  { answer }: Question,
  [warmUp, ...rounds]: readonly Round[],
  stored: number,
): Measurement[] {
  const row = rowsFor('cached-query', engine);
  const middle = (value: (round: Round) => number) => median(rounds.map(value));
  const rate = (way: keyof Round) => Math.round(middle((round) => round[way].perSecond));
  const p99 = (way: keyof Round) => milliseconds(middle((round) => round[way].p99Ms));
  const all = [warmUp!, ...rounds];
  const answers = sum(all.map(({ ours }) => ours.answers));
  const failures = sum(all.map(({ ours, bare }) => ours.failures + bare.failures));
  return [
    row(
      `rate: kept answer / bare route (${rate('ours')} / ${rate('bare')} per s; ${Buffer.byteLength(answer)} bytes, ${CONNECTIONS} connections)`,
      atLeast(
        SMALLEST_RATE_RATIO,
        middle(({ ours, bare }) => ours.perSecond / bare.perSecond),
      ),
    ),
    row(
      `p99: kept answer / bare route (${p99('ours')} / ${p99('bare')})`,
      atMost(
        LARGEST_TIME_RATIO,
        middle(({ ours, bare }) => ours.p99Ms / bare.p99Ms),
      ),
    ),
    row(`answers (${answers}) less their own run rows (${stored})`, isZero(answers - stored)),
    row('requests without a whole answer', isZero(failures)),
  ];
}
