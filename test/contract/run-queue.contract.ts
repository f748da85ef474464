import { array, asyncProperty, assert as check, constantFrom, integer, record } from 'fast-check';
import type { DataSource } from 'typeorm';
import { LocalNotifications } from '../../src/database/local-notifications.js';
import { PgBossRunQueue } from '../../src/pipeline/queue/pg-boss-run-queue.js';
import { QUEUE_CHANNEL, RunJobsRepository } from '../../src/pipeline/queue/run-jobs.repository.js';
import { RUN_PRIORITY } from '../../src/pipeline/queue/run-priority.js';
import { Log } from '../../src/telemetry/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { setState, storeRun } from '../support/queued-runs.js';

const log = new Log({ logLevel: 'silent', environment: 'test' });
const notifications = new LocalNotifications(log);

/** What every queue of runs must do. */
export function describeRunQueue(name: string): void {
  const isEmbedded = !process.env['TEST_DATABASE_URL'];

  describe(`the run queue on ${name}`, () => {
    let database: TestDatabase;
    let dataSource: DataSource;
    const opened: PgBossRunQueue[] = [];

    beforeAll(async () => {
      database = await openTestDatabase();
      dataSource = database.dataSource;
    });

    beforeEach(async () => {
      await dataSource.query(`DELETE FROM runs`);
      const [{ exists }] = await dataSource.query(`SELECT to_regclass('pgboss.job') IS NOT NULL AS exists`);
      if (exists) await dataSource.query(`DELETE FROM pgboss.job`);
    });

    afterEach(async () => {
      for (const queue of opened.splice(0)) await queue.onApplicationShutdown();
    });

    afterAll(() => database.close());

    async function open(maxPerOwner = 100): Promise<PgBossRunQueue> {
      const jobs = new RunJobsRepository(dataSource);
      const limits = { maxPerOwner, runTimeboxMs: 60_000 };
      const queue = await PgBossRunQueue.open(jobs, limits, { isEmbedded, notifications, log });
      opened.push(queue);
      return queue;
    }

    function put(
      queue: PgBossRunQueue,
      ownerId: string,
      priority = 0,
      startAfterSeconds = 0,
    ): Promise<string> {
      return dataSource.transaction(async (manager) => {
        const taskId = await storeRun(manager, ownerId, { priority });
        await queue.enqueue(manager, { taskId, ownerId, priority, startAfterSeconds });
        return taskId;
      });
    }

    async function putSome(queue: PgBossRunQueue, ownerId: string, count: number): Promise<string[]> {
      const stored: string[] = [];
      while (stored.length < count) stored.push(await put(queue, ownerId));
      return stored;
    }

    async function takeAll(queue: PgBossRunQueue): Promise<string[]> {
      const taken: string[] = [];
      for (let run = await queue.take(); run; run = await queue.take()) taken.push(run.taskId);
      return taken;
    }

    it('opens several times at once', async () => {
      await dataSource.query(`DROP SCHEMA IF EXISTS pgboss CASCADE`);
      const queues = await Promise.all([open(), open(), open(), open()]);
      const taskId = await put(queues[0]!, 'ann');
      expect(await queues[2]!.take()).toMatchObject({ taskId });
    });

    it('holds nothing of a transaction that was taken back', async () => {
      const queue = await open();
      const failed = dataSource.transaction(async (manager) => {
        const taskId = await storeRun(manager, 'ann');
        await queue.enqueue(manager, { taskId, ownerId: 'ann', priority: 0 });
        throw new Error('taken back');
      });
      await expect(failed).rejects.toThrow('taken back');
      expect(await queue.take()).toBeNull();
      expect(await queue.figures()).toEqual({ waiting: 0, working: 0, dead: 0, oldestWaitingSeconds: null });
    });

    it('gives each run to one worker, however many ask', async () => {
      const queues = await Promise.all([open(), open(), open()]);
      const stored: string[] = [];
      for (let index = 0; index < 12; index++) stored.push(await put(queues[0]!, `owner ${index % 3}`));
      const taken = (await Promise.all(queues.map(takeAll))).flat();
      expect([...taken].sort()).toEqual([...stored].sort());
    });

    it('takes the highest place first, and within it the oldest of an owner', async () => {
      const queue = await open();
      const low = await put(queue, 'ann', RUN_PRIORITY.low);
      const first = await put(queue, 'ann', RUN_PRIORITY.normal);
      const second = await put(queue, 'ann', RUN_PRIORITY.normal);
      const high = await put(queue, 'ann', RUN_PRIORITY.high);
      const awaited = await put(queue, 'ann', RUN_PRIORITY.awaited);
      expect(await takeAll(queue)).toEqual([awaited, high, first, second, low]);
    });

    it('serves owners in turn: while one waits for its turn, no other gets more than two', async () => {
      const queue = await open();
      const act = record({ owner: constantFrom('ann', 'ben', 'cem'), puts: integer({ min: 0, max: 4 }) });
      await check(
        asyncProperty(array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
          await dataSource.query(`DELETE FROM pgboss.job`);
          const witness = new TurnWitness();
          for (const { owner, puts } of acts) {
            for (const taskId of await putSome(queue, owner, puts)) witness.waits(taskId, owner);
            witness.served((await queue.take())?.taskId);
          }
          for (const taskId of await takeAll(queue)) witness.served(taskId);
          expect(witness.most).toBeLessThanOrEqual(2);
          expect(witness.waitingCount).toBe(0);
        }),
        { numRuns: 15 },
      );
    });

    it('lets no owner have more at work than one may have, over all workers', async () => {
      const queues = await Promise.all([open(2), open(2)]);
      const ofAnn = await putSome(queues[0]!, 'ann', 5);
      const ofBen = await put(queues[0]!, 'ben');
      const taken = (await Promise.all(queues.map(takeAll))).flat();
      expect([...taken].sort()).toEqual([ofAnn[0]!, ofAnn[1]!, ofBen].sort());
      await setState(dataSource, ofAnn[0]!, 'succeeded');
      await queues[0]!.done(ofAnn[0]!);
      expect(await takeAll(queues[1]!)).toEqual([ofAnn[2]]);
    });

    it('keeps a run until its time', async () => {
      const queue = await open();
      const taskId = await put(queue, 'ann', 0, 3_600);
      expect(await queue.take()).toBeNull();
      expect(await queue.figures()).toMatchObject({ waiting: 1, oldestWaitingSeconds: null });
      const [{ next_attempt_at: time }] = await dataSource.query(
        `SELECT next_attempt_at FROM runs WHERE next_attempt_at > now() + interval '59 minutes'`,
      );
      expect(time).toBeInstanceOf(Date);
      await dataSource.transaction((manager) =>
        queue.enqueue(manager, { taskId, ownerId: 'ann', priority: 0 }),
      );
      expect(await queue.take()).toMatchObject({ taskId });
      expect(await dataSource.query(`SELECT next_attempt_at FROM runs`)).toEqual([{ next_attempt_at: null }]);
    });

    it('takes a run that was put again only once, and does not lose it to the end of its earlier turn', async () => {
      const queue = await open();
      const taskId = await put(queue, 'ann');
      expect(await queue.take()).toMatchObject({ taskId });
      await dataSource.transaction((manager) =>
        queue.enqueue(manager, { taskId, ownerId: 'ann', priority: 0 }),
      );
      await queue.done(taskId);
      expect(await takeAll(queue)).toEqual([taskId]);
      await queue.done(taskId);
      expect(await takeAll(queue)).toEqual([]);
    });

    it('takes again what was given back', async () => {
      const queue = await open();
      const taskId = await put(queue, 'ann');
      await queue.take();
      await queue.giveBack(taskId);
      expect(await queue.take()).toBeNull();
      await dataSource.query(`UPDATE pgboss.job SET start_after = now()`);
      expect(await queue.take()).toMatchObject({ taskId });
    });

    it('finds runs without a job and jobs without a run to work on', async () => {
      const queue = await open(1);
      const [lost, gone, forgotten, waiting] = [
        await put(queue, 'ann'),
        await put(queue, 'ben'),
        await put(queue, 'cem'),
        await put(queue, 'dot'),
      ];
      expect(await queue.mend()).toBe(0);
      await dataSource.query(`DELETE FROM pgboss.job WHERE id = $1`, [lost]);
      for (const owner of ['ben', 'cem'])
        await dataSource.query(
          `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '1 minute' WHERE group_id = $1`,
          [owner],
        );
      await setState(dataSource, forgotten, 'succeeded');
      expect(await queue.mend()).toBe(2);
      expect([...(await takeAll(queue))].sort()).toEqual([lost, gone, waiting].sort());
      await put(queue, 'cem');
      expect(await takeAll(queue)).toHaveLength(1);
    });

    it('tidies without harm', async () => {
      const queue = await open();
      const taskId = await put(queue, 'ann');
      await queue.tidy();
      expect(await queue.take()).toMatchObject({ taskId, waitedSeconds: expect.any(Number) });
      expect(await queue.figures()).toMatchObject({ waiting: 1, working: 1 });
    });

    it('wakes who listens once the run is there', async () => {
      const queue = await open();
      const woken: string[] = [];
      const client = isEmbedded ? null : await listenOnServer(dataSource, () => woken.push('server'));
      const stop = notifications.listen(QUEUE_CHANNEL, () => woken.push('process'));
      await put(queue, 'ann');
      await dataSource.query(`SELECT 1`);
      await client?.settled();
      expect(woken).toEqual([isEmbedded ? 'process' : 'server']);
      stop();
      await client?.close();
    });
  });
}

/** Counts how often one owner is served while another waits for its own turn. */
class TurnWitness {
  /** Two where a waiting owner came in the middle of a round. */
  most = 0;
  private readonly owners = new Map<string, string>();
  /** By waiting owner: who was served how often since its last turn. */
  private readonly seen = new Map<string, Map<string, number>>();

  waits(taskId: string, owner: string): void {
    this.owners.set(taskId, owner);
    if (!this.seen.has(owner)) this.seen.set(owner, new Map());
  }

  served(taskId: string | undefined): void {
    if (taskId === undefined) return;
    const owner = this.owners.get(taskId)!;
    this.owners.delete(taskId);
    for (const [other, counts] of this.seen) {
      if (other === owner) continue;
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
      this.most = Math.max(this.most, counts.get(owner)!);
    }
    if ([...this.owners.values()].includes(owner)) this.seen.set(owner, new Map());
    else this.seen.delete(owner);
  }

  get waitingCount(): number {
    return this.owners.size;
  }
}

/** A connection of the test's own that listens as another process does. */
async function listenOnServer(dataSource: DataSource, heard: () => void) {
  const runner = dataSource.createQueryRunner();
  const client = (await runner.connect()) as {
    query(text: string): Promise<unknown>;
    on(event: 'notification', heard: () => void): void;
  };
  client.on('notification', heard);
  await client.query(`LISTEN ${QUEUE_CHANNEL}`);
  return {
    // The server sends notifications before it is ready for the next statement.
    settled: () => client.query('SELECT 1'),
    close: async () => {
      await client.query('UNLISTEN *');
      await runner.release();
    },
  };
}
