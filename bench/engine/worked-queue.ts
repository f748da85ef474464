import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { packageInfo } from '../../src/config/index.js';
import { ApplicationProcess } from './application-process.js';
import { type Engine, withEnvironment } from './engine.js';
import { importExamples, startServer } from './loaded-server.js';
import { QueryClient } from './query-client.js';

/** Under which every process takes runs: who holds it keeps the others from taking any. */
const TAKE_LOCK_KEY = 7_240_512;
const LOOK_MS = 50;

/** When a queued run was stored, was taken and ended, by the database's clock. */
export interface QueuedTimes {
  readonly createdMs: number;
  readonly startedMs: number;
  readonly finishedMs: number;
}

/** A server that works on nothing, workers beside it, and a line to what they write. */
export class WorkedQueue {
  private readonly workers: ApplicationProcess[] = [];

  private constructor(
    private readonly engine: Engine,
    readonly server: ApplicationProcess,
    readonly client: QueryClient,
    private readonly database: Client,
  ) {}

  /** Imports the sample corpora first. */
  static async open(base: Engine): Promise<WorkedQueue> {
    const engine = withEnvironment(base, {
      QUEUE_WORKERS: '0',
      // One user asks for everything here.
      QUEUE_MAX_PER_OWNER: '64',
      QUEUE_MAX_QUEUED_PER_OWNER: '10000',
      EVENTS_MAX_READERS: '10000',
    });
    const loader = await startServer(engine);
    await importExamples(loader, packageInfo().root);
    await loader.close();
    const database = new Client({ connectionString: engine.environment['DATABASE_URL']! });
    await database.connect();
    const server = await ApplicationProcess.start(engine);
    return new WorkedQueue(engine, server, await QueryClient.for(engine, server.url), database);
  }

  /** Adds or takes away workers, each with one place. */
  async staff(count: number): Promise<void> {
    while (this.workers.length > count) await this.workers.pop()!.stop();
    while (this.workers.length < count) this.workers.push(await ApplicationProcess.startWorker(this.engine));
  }

  /** Queues a prompt; gives the run's id. */
  async submit(prompt: string): Promise<string> {
    const { status, body } = await this.client.post(prompt, { async: true });
    if (status !== 202) throw new Error(`${status}: ${body}`);
    return (JSON.parse(body) as { task_id: string }).task_id;
  }

  /** Queues prompts while nobody may take one, so that the workers begin together. */
  async submitAtOnce(prompts: readonly string[]): Promise<string[]> {
    await this.database.query('SELECT pg_advisory_lock($1)', [TAKE_LOCK_KEY]);
    try {
      const taskIds: string[] = [];
      for (const prompt of prompts) taskIds.push(await this.submit(prompt));
      return taskIds;
    } finally {
      await this.database.query('SELECT pg_advisory_unlock($1)', [TAKE_LOCK_KEY]);
    }
  }

  /** Waits until these runs have ended. Throws where one failed. */
  async times(taskIds: readonly string[]): Promise<QueuedTimes[]> {
    for (;;) {
      const { rows } = await this.database.query<QueuedTimes & { state: string }>(
        `SELECT state, (extract(epoch FROM created_at) * 1000)::float8 AS "createdMs",
                (extract(epoch FROM started_at) * 1000)::float8 AS "startedMs",
                (extract(epoch FROM finished_at) * 1000)::float8 AS "finishedMs"
         FROM runs WHERE task_id = ANY($1::uuid[]) AND state NOT IN ('queued', 'running')`,
        [taskIds],
      );
      const failed = rows.find(({ state }) => state === 'failed');
      if (failed) throw new Error('a queued run failed');
      if (rows.length === taskIds.length) return rows;
      await sleep(LOOK_MS);
    }
  }

  async close(): Promise<void> {
    await this.staff(0);
    await this.server.stop();
    await this.database.end();
  }
}
