import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageInfo } from '../../src/config/index.js';
import { samplePrompts } from '../corpus/prompts.js';
import { makeEngine } from '../engine/engine.js';
import { EventReaders } from '../engine/event-readers.js';
import { WorkedQueue } from '../engine/worked-queue.js';
import type { BenchOptions, EngineName } from '../options.js';
import {
  atMost,
  type Measurement,
  megabytes,
  milliseconds,
  type Row,
  rowsFor,
} from '../report/measurement.js';
import { median, quantile } from '../report/statistics.js';

const WATCHED_RUNS = 60;
const IDLE_READERS = 1_000;
/** Several read each run, as in life. */
const IDLE_RUNS = 100;
const IDLE_MS = 10_000;
const QUERIES = 30;
const LARGEST_RATIO = 1.1;
/** Of the kernel's count of processor time. */
const TICKS_PER_SECOND = 100;

/** How soon readers at one process hear of runs at another, and what a thousand readers cost who hear nothing. */
export async function benchEvents(
  name: EngineName,
  _: string,
  { databaseUrl }: BenchOptions,
): Promise<Measurement[]> {
  // The figures come from processes that share a database, and from Linux's books of them.
  if (name === 'embedded' || process.platform !== 'linux') return [];
  const row = rowsFor('events', name);
  const engine = await makeEngine(name, databaseUrl);
  try {
    const queue = await WorkedQueue.open(engine);
    const readers = new EventReaders(queue.server.url, queue.client);
    try {
      return [...(await delivery(queue, readers, row)), ...(await idleReaders(queue, readers, row))];
    } finally {
      readers.close();
      await queue.close();
    }
  } finally {
    await engine.remove();
  }
}

async function delivery(queue: WorkedQueue, readers: EventReaders, row: Row): Promise<Measurement[]> {
  await queue.staff(1);
  const delaysMs: number[] = [];
  for (const prompt of samplePrompts(packageInfo().root, WATCHED_RUNS)) {
    const beganMs = Date.now();
    const taskId = await queue.submit(prompt);
    await readers.follow(taskId, ({ at }, atMs) => {
      const toldMs = Date.parse(at);
      // What was told before the reader came is no delay.
      if (toldMs > beganMs) delaysMs.push(atMs - toldMs);
    });
    await queue.times([taskId]);
  }
  const label = `event of a run at another process, told until read (${delaysMs.length} events)`;
  return [0.5, 0.99].map((share) =>
    row(`${label}, p${share * 100}`, { value: milliseconds(quantile(delaysMs, share)) }),
  );
}

async function idleReaders(queue: WorkedQueue, readers: EventReaders, row: Row): Promise<Measurement[]> {
  await queue.staff(0);
  readers.close();
  const prompts = samplePrompts(packageInfo().root, Math.max(IDLE_RUNS, QUERIES));
  const waiting: string[] = [];
  for (const prompt of prompts.slice(0, IDLE_RUNS)) waiting.push(await queue.submit(prompt));
  // The first one warms it up.
  await costOf(queue, prompts);
  const before = await costOf(queue, prompts);
  const rssBytes = rssOf(queue.server.pid);
  for (let reader = 0; reader < IDLE_READERS; reader++)
    await readers.follow(waiting[reader % IDLE_RUNS]!, () => undefined);
  const openBytes = rssOf(queue.server.pid);
  const after = await costOf(queue, prompts);
  const perReader = (openBytes - rssBytes) / readers.count / 1_024;
  const sizes = `${megabytes(rssBytes)} → ${megabytes(openBytes)}`;
  const times = `${milliseconds(after.queryMs)} / ${milliseconds(before.queryMs)}`;
  return [
    row(`${readers.count} idle readers: memory each (RSS ${sizes})`, {
      value: `${perReader.toFixed(1)} KiB`,
    }),
    row(`${readers.count} idle readers: processor time`, {
      value: `${(100 * (after.processorShare - before.processorShare)).toFixed(1)} % of a core`,
    }),
    row(
      `query with ${readers.count} idle readers / without, p50 (${times})`,
      atMost(LARGEST_RATIO, after.queryMs / before.queryMs),
    ),
  ];
}

/** What the server uses while nothing happens, and how long it takes to a query. */
async function costOf({ server, client }: WorkedQueue, prompts: readonly string[]) {
  const queryMs: number[] = [];
  for (const prompt of prompts.slice(0, QUERIES)) queryMs.push(await client.ask(prompt));
  const startedMs = performance.now();
  const ticks = processorTicks(server.pid);
  await sleep(IDLE_MS);
  const seconds = (processorTicks(server.pid) - ticks) / TICKS_PER_SECOND;
  const processorShare = (seconds * 1_000) / (performance.now() - startedMs);
  return { queryMs: median(queryMs), processorShare };
}

/** In user and in system mode, from /proc. */
function processorTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
  return Number(kilobytes) * 1_024;
}
