import { packageInfo } from '../../src/config/index.js';
import { BudgetLedger } from '../../src/governance/index.js';
import { RunTrailRepository } from '../../src/pipeline/run-trail.repository.js';
import type { RunningServer } from '../../src/serve.js';
import { samplePrompts } from '../corpus/prompts.js';
import { type Engine, makeEngine, withEnvironment } from '../engine/engine.js';
import { importExamples, startServer } from '../engine/loaded-server.js';
import { ProviderServer } from '../engine/provider-server.js';
import { QueryClient } from '../engine/query-client.js';
import type { BenchOptions, EngineName } from '../options.js';
import { atMost, type Measurement, milliseconds, type Row, rowsFor } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const LARGEST_RATIO = 1.1;
const PROMPTS = 80;
const WARM_UP = 6;
/** A quick API: a slower one would hide what the journal costs. */
const CALL_MS = 20;

/** What the journal costs a run: the same runs with it and without, by turns, in one process. */
export async function benchDurability(
  name: EngineName,
  _: string,
  { databaseUrl }: BenchOptions,
): Promise<Measurement[]> {
  const row = rowsFor('durability', name);
  const stub = await ProviderServer.start();
  try {
    await stub.tell({ delayMs: CALL_MS });
    const outside = { GEN_PROVIDER: 'openai', OPENAI_BASE_URL: stub.baseUrl, OPENAI_API_KEY: 'k' };
    const local = await measure(await makeEngine(name, databaseUrl), 'everything written here', row);
    const engine = withEnvironment(await makeEngine(name, databaseUrl), outside);
    return [...local, ...(await measure(engine, `calls of ${CALL_MS} ms`, row))];
  } finally {
    await stub.stop();
  }
}

async function measure(engine: Engine, what: string, row: Row): Promise<Measurement[]> {
  try {
    const server = await startServer(engine);
    try {
      await importExamples(server, packageInfo().root);
      return await compare(server, engine, what, row);
    } finally {
      await server.close();
    }
  } finally {
    await engine.remove();
  }
}

async function compare(
  server: RunningServer,
  engine: Engine,
  what: string,
  row: Row,
): Promise<Measurement[]> {
  const client = await QueryClient.for(engine, server.url);
  const journal = new JournalSwitch(server);
  const withMs: number[] = [];
  const withoutMs: number[] = [];
  for (const [index, prompt] of samplePrompts(packageInfo().root, PROMPTS).entries()) {
    // The second of two equal runs is a little quicker, whichever it is.
    for (const isOn of index % 2 === 0 ? [true, false] : [false, true]) {
      if (isOn) journal.on();
      else journal.off();
      const passedMs = await client.ask(prompt);
      if (index >= WARM_UP) (isOn ? withMs : withoutMs).push(passedMs);
    }
  }
  journal.on();
  const ratio = median(withMs.map((onMs, index) => onMs / withoutMs[index]!));
  const times = `${milliseconds(median(withMs))} / ${milliseconds(median(withoutMs))}`;
  return [row(`run with the journal / without, ${what}, p50 (${times})`, atMost(LARGEST_RATIO, ratio))];
}

/** Takes the journal away from outside: calls are settled alone, and the end is written without entries. */
class JournalSwitch {
  private readonly trails: RunTrailRepository;
  private readonly ledger: BudgetLedger;
  private readonly append: RunTrailRepository['append'];
  private readonly finish: RunTrailRepository['finish'];

  constructor({ app }: RunningServer) {
    this.trails = app.get(RunTrailRepository, { strict: false });
    this.ledger = app.get(BudgetLedger, { strict: false });
    this.append = this.trails.append.bind(this.trails);
    this.finish = this.trails.finish.bind(this.trails);
  }

  on(): void {
    this.trails.append = this.append;
    this.trails.finish = this.finish;
  }

  off(): void {
    this.trails.append = async (_lease, { calls }) => {
      for (const { reservationId, ...outcome } of calls) await this.ledger.settle(reservationId, outcome);
    };
    this.trails.finish = (lease, ending, unstored) =>
      this.finish(lease, ending, { ...unstored, journal: { ...unstored.journal, entries: [] } });
  }
}
