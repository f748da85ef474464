import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine/engine.js';
import { QueryClient } from '../engine/query-client.js';
import { atMost, type Measurement, megabytes } from '../report/measurement.js';
import type { MemoryReply } from './memory-server.js';

const LARGEST_RATIO = 1.1;
const FIRST = 200;
const LAST = 2_000;

/** Resident memory of a server after 200 and after 2,000 queries, each time after a collection. */
export async function benchMemory(engine: Engine, prompts: readonly string[]): Promise<Measurement[]> {
  const server = fork(fileURLToPath(new URL('./memory-server.js', import.meta.url)), [], {
    execArgv: ['--expose-gc'],
    env: engine.environment,
    cwd: engine.folder,
  });
  const reply = () =>
    new Promise<MemoryReply>((resolve, reject) => {
      server.once('message', (message) => resolve(message as MemoryReply));
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
  try {
    const client = await QueryClient.for(engine, (await reply()).url);
    const rss = async (): Promise<number> => {
      const answer = reply();
      server.send('memory');
      return (await answer).rssBytes;
    };
    const ask = async (from: number, to: number) => {
      for (let i = from; i < to; i++) await client.ask(prompts[i % prompts.length]!);
    };
    await ask(0, FIRST);
    const early = await rss();
    await ask(FIRST, LAST);
    const late = await rss();
    const sizes = `${megabytes(late)} / ${megabytes(early)}`;
    const measure = `RSS after ${LAST} / after ${FIRST} queries (${sizes})`;
    return [{ part: 'memory', engine: engine.name, measure, ...atMost(LARGEST_RATIO, late / early) }];
  } finally {
    await new Promise((resolve) => {
      server.removeAllListeners('exit').once('exit', resolve);
      server.kill('SIGTERM');
    });
  }
}
