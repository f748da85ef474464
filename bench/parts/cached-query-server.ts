import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { loadSettings, packageInfo } from '../../src/config/index.js';
import { serve } from '../../src/serve.js';
import { importExamples } from '../engine/loaded-server.js';

export interface CachedQueryReply {
  readonly url: string;
  /** Rows of runs that were given the answer of another. */
  readonly reusedRuns: number;
}

/** The application in a process of its own, with the sample corpora; counts its rows at each order. */
async function run(send: (reply: CachedQueryReply) => void): Promise<void> {
  const server = await serve(loadSettings());
  await importExamples(server, packageInfo().root);
  const database = server.app.get(DataSource, { strict: false });
  process.on('message', async () => {
    const [row] = await database.query<{ reused: number }[]>(`
      SELECT count(*)::int AS reused FROM runs WHERE source_task_id IS NOT NULL AND state = 'succeeded'`);
    send({ url: server.url, reusedRuns: row!.reused });
  });
  process.on('disconnect', async () => {
    await server.close();
    process.exit(0);
  });
  send({ url: server.url, reusedRuns: 0 });
}

if (process.send) await run((reply) => void process.send?.(reply));
