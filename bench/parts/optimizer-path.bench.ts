import { DataSource } from 'typeorm';
import type { RunningServer } from '../../src/serve.js';
import { atMost, type Measurement, milliseconds } from '../report/measurement.js';
import { median, quantile } from '../report/statistics.js';
import type { Stage } from './optimizer.bench.js';

const LARGEST_RATIO = 1.05;
const CALL_MS = 200;
const RUNS = 30;
const WARM_UP = 3;

interface PathTimes {
  readonly wallMs: number;
  /** While a call was under way, by the stub's own clock: its calls follow each other. */
  readonly callsMs: number;
  /** The longest ask of each step, by the journal: also searches, measures, and reservations with their commits. */
  readonly asksMs: number;
  readonly calls: number;
}

interface JournaledAsk {
  readonly role: string;
  readonly action: string;
  readonly ms: number;
}

/** The time of a run against its critical path. */
export async function benchPath({ server, client, stub, prompts, row }: Stage): Promise<Measurement[]> {
  const runs: PathTimes[] = [];
  for (const [index, prompt] of prompts.entries()) {
    await stub.tell({ delayMs: CALL_MS });
    const wallMs = await client.ask(prompt);
    const { calls, busyMs: callsMs } = await stub.tell({});
    // One that finds nothing calls nobody.
    if (index < WARM_UP || calls === 0) continue;
    runs.push({ wallMs, callsMs, calls, asksMs: pathOf(await latestAsks(server)) });
    if (runs.length === RUNS) break;
  }
  const middle = (value: (run: PathTimes) => number) => median(runs.map(value));
  const besideMs = milliseconds(middle(({ wallMs, callsMs }) => wallMs - callsMs));
  const facts = `${runs.length} runs of ${middle(({ calls }) => calls)} calls of ${CALL_MS} ms, ${besideMs} beside them`;
  const ratios = runs.map(({ wallMs, callsMs }) => wallMs / callsMs);
  return [
    row(
      'run / its critical path, the longest ask of each step, p50',
      atMost(
        LARGEST_RATIO,
        middle(({ wallMs, asksMs }) => wallMs / asksMs),
      ),
    ),
    row(`run / its calls alone, p50 (${facts})`, { value: median(ratios).toFixed(2) }),
    row('run / its calls alone, p95', { value: quantile(ratios, 0.95).toFixed(2) }),
  ];
}

async function latestAsks({ app }: RunningServer): Promise<JournaledAsk[]> {
  return app.get(DataSource, { strict: false }).query<JournaledAsk[]>(`
    SELECT role, action, (body->>'durationMs')::float8 AS ms FROM journal_entries
    WHERE kind = 'ask' AND task_id = (SELECT max(task_id::text) FROM runs)::uuid ORDER BY sequence`);
}

/** The sum of the steps' longest asks. */
function pathOf(asks: readonly JournaledAsk[]): number {
  let totalMs = 0;
  let stepMs = 0;
  for (const [index, ask] of asks.entries()) {
    if (!isOneStep(asks[index - 1], ask)) {
      totalMs += stepMs;
      stepMs = 0;
    }
    stepMs = Math.max(stepMs, ask.ms);
  }
  return totalMs + stepMs;
}

/** Corpora are searched side by side, and the Critic measures beside its call; all else needs what came before. */
function isOneStep(before: JournaledAsk | undefined, ask: JournaledAsk): boolean {
  if (before?.role !== ask.role) return false;
  if (before.action === 'search') return ask.action === 'search';
  return ask.role === 'critic' && before.action === 'generate' && ask.action === 'measure';
}
