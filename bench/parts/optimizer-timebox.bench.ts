import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { RunningServer } from '../../src/serve.js';
import type { ProviderServer } from '../engine/provider-server.js';
import type { QueryReply } from '../engine/query-client.js';
import { atMost, isZero, type Measurement, milliseconds } from '../report/measurement.js';
import { quantile } from '../report/statistics.js';
import type { Stage } from './optimizer.bench.js';

export const TIMEBOX_MS = 500;
const LARGEST_TIME_RATIO = 1.2;
const CALL_MS = 5_000;
const RUNS = 40;
const RUNS_AT_A_TIME = 4;
/** An aborted call is noticed at the other end of its socket a moment later, and long before it would be over. */
const CALLS_ENDED_MS = 1_000;

interface Answered {
  readonly metadata: { readonly stages: readonly { readonly fallback: string | null }[] };
}

/** What becomes of operations whose calls would take ten times their timebox. */
export async function benchTimebox({ server, client, stub, prompts, row }: Stage): Promise<Measurement[]> {
  await stub.tell({ delayMs: CALL_MS });
  const replies: QueryReply[] = [];
  const waiting = prompts.slice(0, RUNS).values();
  const work = async () => {
    for (const prompt of waiting) replies.push(await client.post(prompt));
  };
  await Promise.all(Array.from({ length: RUNS_AT_A_TIME }, work));
  const pending = await callsLeft(stub);
  const cutOffMs = await cutOffTimes(server);
  await server.close();
  const { calls, openSockets, mostSockets } = await stub.afterwards();

  const p99Ms = quantile(cutOffMs, 0.99);
  const times = `${milliseconds(p99Ms)} / ${TIMEBOX_MS} ms; ${cutOffMs.length} operations`;
  const unmarked = replies.filter((reply) => !endedRightly(reply)).length;
  return [
    row(
      `timebox: p99 of operations cut off / timebox (${times})`,
      atMost(LARGEST_TIME_RATIO, p99Ms / TIMEBOX_MS),
    ),
    row(`timebox: calls of ${CALL_MS} ms less operations cut off`, isZero(Math.abs(calls - cutOffMs.length))),
    row(`timebox: of ${RUNS} runs, those without an answer that says what stood in`, isZero(unmarked)),
    row(`timebox: calls under way ${CALLS_ENDED_MS} ms after the last run`, isZero(pending)),
    row(`timebox: open sockets when all is over (most at once: ${mostSockets})`, isZero(openSockets)),
  ];
}

/** Answered with a fallback that is marked; what stood in may also be held for a person, or find nothing to say. */
function endedRightly({ status, body }: QueryReply): boolean {
  if (status === 422) return true;
  if (status !== 200) return false;
  const { metadata } = JSON.parse(body) as Answered & { metadata: { outcome: string } };
  return (
    metadata.outcome === 'insufficient_context' || metadata.stages.some(({ fallback }) => fallback !== null)
  );
}

async function callsLeft(stub: ProviderServer): Promise<number> {
  await sleep(CALLS_ENDED_MS);
  return (await stub.tell({})).pending;
}

/** How long those operations took that ended at their timebox, by the journal. */
async function cutOffTimes({ app }: RunningServer): Promise<number[]> {
  const rows = await app.get(DataSource, { strict: false }).query<{ ms: number }[]>(`
    SELECT (body->>'durationMs')::float8 AS ms FROM journal_entries
    WHERE kind = 'ask' AND body->'answer'->>'code' = 'optimizer.timebox'`);
  return rows.map(({ ms }) => ms);
}
