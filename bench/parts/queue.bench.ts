import { setTimeout as sleep } from 'node:timers/promises';
import { packageInfo } from '../../src/config/index.js';
import { samplePrompts } from '../corpus/prompts.js';
import { Random } from '../corpus/random.js';
import { makeEngine } from '../engine/engine.js';
import { WorkedQueue } from '../engine/worked-queue.js';
import type { BenchOptions, EngineName } from '../options.js';
import { type Measurement, milliseconds, type Row, rowsFor } from '../report/measurement.js';
import { median, quantile } from '../report/statistics.js';

const WORKERS = [1, 2, 4] as const;
const RUNS = 150;
const WARM_UP = 20;
/** How many of them share the work while the wait is measured. */
const WAIT_WORKERS = 2;
const SEED = 7;

/** Runs a second by number of workers, and how long a run waits when they have half of the work they can do. */
export async function benchQueue(
  name: EngineName,
  _: string,
  { databaseUrl }: BenchOptions,
): Promise<Measurement[]> {
  // Only PostgreSQL can be shared by worker processes.
  if (name === 'embedded') return [];
  const row = rowsFor('queue', name);
  const engine = await makeEngine(name, databaseUrl);
  try {
    const queue = await WorkedQueue.open(engine);
    try {
      const prompts = samplePrompts(packageInfo().root, RUNS);
      const rates = await ratesOf(queue, prompts);
      return [...rateRows(rates, row), ...(await waitRows(queue, prompts, rates.get(WAIT_WORKERS)!, row))];
    } finally {
      await queue.close();
    }
  } finally {
    await engine.remove();
  }
}

async function ratesOf(queue: WorkedQueue, prompts: readonly string[]): Promise<Map<number, number>> {
  const rates = new Map<number, number>();
  for (const workers of WORKERS) {
    await queue.staff(workers);
    await queue.times(await queue.submitAtOnce(prompts.slice(0, WARM_UP * workers)));
    const times = await queue.times(await queue.submitAtOnce(prompts));
    const firstMs = Math.min(...times.map(({ startedMs }) => startedMs));
    const lastMs = Math.max(...times.map(({ finishedMs }) => finishedMs));
    rates.set(workers, (prompts.length * 1_000) / (lastMs - firstMs));
  }
  return rates;
}

function rateRows(rates: ReadonlyMap<number, number>, row: Row): Measurement[] {
  return [...rates].map(([workers, rate]) => {
    const ratio = (rate / rates.get(1)!).toFixed(2);
    return row(`queued runs a second, worker processes: ${workers}`, {
      value: `${rate.toFixed(1)} (${ratio} of one)`,
    });
  });
}

/** Arrivals that know nothing of each other, at half of the rate at which they can be worked on. */
async function waitRows(
  queue: WorkedQueue,
  prompts: readonly string[],
  rate: number,
  row: Row,
): Promise<Measurement[]> {
  await queue.staff(WAIT_WORKERS);
  const random = new Random(SEED);
  const taskIds: string[] = [];
  for (const prompt of prompts) {
    taskIds.push(await queue.submit(prompt));
    await sleep((-Math.log(1 - random.next()) * 1_000) / (rate / 2));
  }
  const times = await queue.times(taskIds);
  const waitsMs = times.map(({ createdMs, startedMs }) => startedMs - createdMs);
  const workMs = median(times.map(({ startedMs, finishedMs }) => finishedMs - startedMs));
  const label = `wait in the queue, ${WAIT_WORKERS} workers at half load (a run takes ${milliseconds(workMs)})`;
  return [0.5, 0.99].map((share) =>
    row(`${label}, p${share * 100}`, { value: milliseconds(quantile(waitsMs, share)) }),
  );
}
