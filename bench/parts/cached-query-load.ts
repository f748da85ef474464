import autocannon from 'autocannon';
import { quantile } from '../report/statistics.js';

/** So many requests over so many connections, each sent when the one before it was answered. */
export interface LoadOrder {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly amount: number;
  /** A shorter answer, its head included, is not the whole one. */
  readonly leastBytes: number;
}

export interface LoadReply {
  readonly answers: number;
  /** Answers other than 200 or not whole, and requests that got none. */
  readonly failures: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

const NOTHING: LoadReply = { answers: 0, failures: 0, perSecond: 0, p99Ms: 0 };

/** Its own times: those of the tool are whole milliseconds, and its end is noticed at the next sample only. */
function load({ url, headers, body, connections, amount, leastBytes }: LoadOrder): Promise<LoadReply> {
  return new Promise((resolve, reject) => {
    const timesMs: number[] = [];
    let failures = 0;
    let lastMs = 0;
    const options = {
      url,
      method: 'POST' as const,
      headers,
      body,
      connections,
      amount,
      timeout: 60,
      sampleInt: 100,
    };
    const startedMs = performance.now();
    const run = autocannon(options, (error) => {
      if (error) return reject(error);
      const perSecond = (1_000 * timesMs.length) / (lastMs - startedMs);
      resolve({ answers: timesMs.length, failures, perSecond, p99Ms: quantile(timesMs, 0.99) });
    });
    run.on('response', (_client, status, bytes, tookMs) => {
      lastMs = performance.now();
      timesMs.push(tookMs);
      if (status !== 200 || bytes < leastBytes) failures++;
    });
    run.on('reqError', () => failures++);
  });
}

/** The load generator in a process of its own, so that it does not share a server's event loop. */
function run(send: (reply: LoadReply) => void): void {
  process.on('message', async (order: LoadOrder) => send(await load(order)));
  process.on('disconnect', () => process.exit(0));
  send(NOTHING);
}

if (process.send) run((reply) => void process.send?.(reply));
