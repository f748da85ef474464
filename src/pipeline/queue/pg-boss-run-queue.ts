import type { OnApplicationShutdown } from '@nestjs/common';
import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import type { Notifications } from '../../database/index.js';
import { AppError } from '../../shared/index.js';
import type { Log } from '../../telemetry/index.js';
import { bossTransaction } from './boss-database.js';
import { OwnerTurns } from './owner-turns.js';
import type { RunJobs, TakenRun } from './run-jobs.port.js';
import { QUEUE_CHANNEL, QUEUE_NAME, type RunJobsRepository } from './run-jobs.repository.js';
import { PLACES } from './run-priority.js';
import { type QueuedRun, type QueueFigures, RunQueue } from './run-queue.port.js';

const SCHEMA = 'pgboss';
/** Any number works as long as every process uses the same one. */
const PREPARE_LOCK_KEY = 7_240_514;
/** PostgreSQL's state for a missing right. */
const NOT_PERMITTED = '42501';
/** What a process that holds a job may take longer than the run's own limit. */
const EXPIRY_MARGIN_SECONDS = 60;
/** How long an ended job is kept: the run itself says what came of it. */
const KEEP_ENDED_SECONDS = 300;
const GIVEN_BACK_SECONDS = 2;
/** Its index builds of later versions, looked for this often. */
const BACKGROUND_SECONDS = 600;

export interface QueueLimits {
  /** Runs of one owner at work at once, over all workers. */
  readonly maxPerOwner: number;
  readonly runTimeboxMs: number;
}

/** One job for each run that waits, with the run's id, grouped by owner, in the database of the runs. */
export class PgBossRunQueue extends RunQueue implements RunJobs, OnApplicationShutdown {
  private readonly turns = new OwnerTurns();

  private constructor(
    private readonly boss: PgBoss,
    private readonly jobs: RunJobsRepository,
    private readonly limits: QueueLimits,
    private readonly wakeNow: () => void,
  ) {
    super();
  }

  /** Brings the library's schema up to date, one process after the other: the library's own lock comes too late. */
  static async open(
    jobs: RunJobsRepository,
    limits: QueueLimits,
    { isEmbedded, notifications, log }: QueueSurroundings,
  ): Promise<PgBossRunQueue> {
    const db = jobs.connection();
    const boss = new PgBoss({
      db,
      schema: SCHEMA,
      backend: isEmbedded ? 'pglite' : 'postgres',
      schedule: false,
      supervise: false,
      reindex: !isEmbedded,
      maintenanceIntervalSeconds: KEEP_ENDED_SECONDS,
      bamIntervalSeconds: BACKGROUND_SECONDS,
      queueCacheIntervalSeconds: BACKGROUND_SECONDS,
    });
    boss.on('error', (error) => log.warn('queue.fault', { reason: error.message }));
    boss.on('warning', ({ message }) => log.warn('queue.warning', { reason: message }));
    await db.alone(PREPARE_LOCK_KEY, () => prepare(boss));
    const wakeNow = () => (isEmbedded ? void notifications.notify(QUEUE_CHANNEL, '') : undefined);
    return new PgBossRunQueue(boss, jobs, limits, wakeNow);
  }

  async enqueue(manager: EntityManager, run: QueuedRun): Promise<void> {
    const db = bossTransaction(manager);
    const job = {
      id: run.taskId,
      priority: run.priority,
      group: { id: run.ownerId },
      expireInSeconds: Math.ceil(this.limits.runTimeboxMs / 1_000) + EXPIRY_MARGIN_SECONDS,
      deleteAfterSeconds: KEEP_ENDED_SECONDS,
      ...(run.startAfterSeconds ? { startAfter: run.startAfterSeconds } : {}),
    };
    const insert = () => this.boss.insert(QUEUE_NAME, [job], { db, returnId: true });
    if ((await insert()) === null) {
      await this.boss.deleteJob(QUEUE_NAME, run.taskId, { db });
      await insert();
    }
    await this.jobs.schedule(manager, run);
    if (run.startAfterSeconds) return;
    await this.jobs.announce(manager);
    // The embedded database tells nobody, and its one connection makes who is woken wait for this transaction.
    this.wakeNow();
  }

  figures(): Promise<QueueFigures> {
    return this.jobs.figures();
  }

  async take(): Promise<TakenRun | null> {
    if (!(await this.jobs.isReady())) return null;
    return this.jobs.takingAlone(async (manager) => {
      for (const place of PLACES) {
        const job = await this.takeOf(place, manager);
        if (job) return { taskId: job.id, waitedSeconds: waitedSeconds(job) };
      }
      return null;
    });
  }

  /** Of an owner that had no turn in this round; where there is none, of any, and the next round begins. */
  private async takeOf(priority: number, manager: EntityManager): Promise<JobWithMetadata | null> {
    const served = this.turns.servedOf(priority);
    const next = served.length === 0 ? null : await this.fetch(priority, served, manager);
    const job = next ?? (await this.fetch(priority, null, manager));
    if (!next) this.turns.endRound(priority);
    if (job) this.turns.took(priority, job.groupId ?? '');
    return job;
  }

  private async fetch(
    priority: number,
    ignoreGroups: readonly string[] | null,
    manager: EntityManager,
  ): Promise<JobWithMetadata | null> {
    const [job] = await this.boss.fetch<object>(QUEUE_NAME, {
      db: bossTransaction(manager),
      includeMetadata: true,
      minPriority: priority,
      maxPriority: priority,
      groupConcurrency: this.limits.maxPerOwner,
      ignoreGroups: ignoreGroups && [...ignoreGroups],
    });
    return job ?? null;
  }

  async done(taskId: string): Promise<void> {
    await this.boss.complete(QUEUE_NAME, taskId);
  }

  async giveBack(taskId: string): Promise<void> {
    await this.boss.fail(QUEUE_NAME, taskId);
  }

  async mend(): Promise<number> {
    const ended = await this.jobs.ofEndedRuns();
    if (ended.length > 0) await this.boss.complete(QUEUE_NAME, ended);
    return this.jobs.transaction(async (manager) => {
      const lost = await this.jobs.withoutJob(manager);
      for (const run of lost) await this.enqueue(manager, run);
      return lost.length;
    });
  }

  async tidy(): Promise<void> {
    await this.boss.supervise(QUEUE_NAME);
  }

  /** Lets go of the library's timers; the connections are ours. */
  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: false, close: false });
  }
}

/** Makes schema and queue where they are missing. */
async function prepare(boss: PgBoss): Promise<void> {
  try {
    await boss.start();
    await boss.createQueue(QUEUE_NAME, { retryLimit: 5, retryDelay: GIVEN_BACK_SECONDS });
    // Known from here on: a look at it from within a transaction would wait for the connection that is in use.
    await boss.fetch(QUEUE_NAME, { minPriority: Math.max(...PLACES) + 1 });
  } catch (error) {
    await boss.stop({ graceful: false, close: false });
    throw (error as { code?: string }).code === NOT_PERMITTED ? schemaRefused(error) : error;
  }
}

function schemaRefused(cause: unknown): AppError {
  return new AppError(
    'pipeline.queue_schema_refused',
    'unavailable',
    `The user of DATABASE_URL may not make or use the schema ${SCHEMA}, where the queue is kept.`,
    { hint: 'GRANT CREATE ON DATABASE to that user, or make the schema and let that user own it.', cause },
  );
}

/** What the queue works in. */
export interface QueueSurroundings {
  readonly isEmbedded: boolean;
  readonly notifications: Pick<Notifications, 'notify'>;
  readonly log: Log;
}

function waitedSeconds({ createdOn, startAfter, startedOn }: JobWithMetadata): number {
  const readyMs = Math.max(createdOn.getTime(), startAfter.getTime());
  return Math.max(0, startedOn.getTime() - readyMs) / 1_000;
}
