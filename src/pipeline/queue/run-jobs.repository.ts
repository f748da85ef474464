import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BossDatabase } from './boss-database.js';
import type { QueuedRun, QueueFigures } from './run-queue.port.js';

/** The queue's name in the library's own schema. */
export const QUEUE_NAME = 'runs';
/** The channel on which workers are told that a run waits. */
export const QUEUE_CHANNEL = 'mcg_queue';
/** Any number works as long as every process uses the same one. */
const TAKE_LOCK_KEY = 7_240_512;
/** Who took a run claims it at once; later than this, that process has ended. */
const CLAIM_WITHIN_SECONDS = 30;
const MAX_MENDED = 200;

const WAITING = `name = '${QUEUE_NAME}' AND state < 'active'`;
const READY = `SELECT EXISTS (SELECT FROM pgboss.job WHERE ${WAITING} AND start_after <= now()) AS ready`;

const FIGURES = `
  SELECT (SELECT count(*)::int FROM runs WHERE state = 'queued') AS waiting,
         (SELECT count(*)::int FROM pgboss.job WHERE name = '${QUEUE_NAME}' AND state = 'active') AS working,
         (SELECT count(*)::int FROM runs
          WHERE state = 'failed' AND failure ->> 'code' = 'pipeline.dead_letter') AS dead,
         (SELECT extract(epoch FROM now() - min(greatest(created_on, start_after)))::float8 FROM pgboss.job
          WHERE ${WAITING} AND start_after <= now()) AS "oldestWaitingSeconds"`;

const WITHOUT_JOB = `
  SELECT r.task_id AS "taskId", r.owner_id AS "ownerId", r.priority,
         greatest(0, ceil(extract(epoch FROM r.next_attempt_at - now())))::int AS "startAfterSeconds"
  FROM runs r
  LEFT JOIN pgboss.job j ON j.name = '${QUEUE_NAME}' AND j.id = r.task_id
    AND (j.state < 'active'
         OR (j.state = 'active' AND j.started_on > now() - make_interval(secs => ${CLAIM_WITHIN_SECONDS})))
  WHERE r.state = 'queued' AND j.id IS NULL
  ORDER BY r.task_id LIMIT ${MAX_MENDED}
  FOR UPDATE OF r SKIP LOCKED`;

const OF_ENDED_RUNS = `
  SELECT j.id FROM pgboss.job j LEFT JOIN runs r ON r.task_id = j.id
  WHERE j.name = '${QUEUE_NAME}' AND j.state = 'active'
    AND (r.state IS NULL OR r.state NOT IN ('queued', 'running'))
  LIMIT ${MAX_MENDED}`;

/** What the queue asks of the tables of runs and jobs beside what its library does. */
@Injectable()
export class RunJobsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** How the queue's library reaches the database. */
  connection(): BossDatabase {
    return new BossDatabase(this.dataSource);
  }

  /** Whether a run could be taken, as far as one look tells. */
  async isReady(): Promise<boolean> {
    const [{ ready }] = await this.dataSource.query(READY);
    return ready;
  }

  /** Work in which no other process takes a run: what owners have at work is then exactly what is counted. */
  takingAlone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock($1)`, [TAKE_LOCK_KEY]);
      return work(manager);
    });
  }

  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }

  /** Says when a run is tried again, or that it may be worked on at once. */
  async schedule(manager: EntityManager, { taskId, startAfterSeconds }: QueuedRun): Promise<void> {
    await manager.query(
      `UPDATE runs SET next_attempt_at = now() + make_interval(secs => $2::float8)
       WHERE task_id = $1 AND ($2::float8 IS NOT NULL OR next_attempt_at IS NOT NULL)`,
      [taskId, startAfterSeconds || null],
    );
  }

  /** Wakes the workers of all processes when the transaction is committed. */
  async announce(manager: EntityManager): Promise<void> {
    await manager.query(`SELECT pg_notify($1, '')`, [QUEUE_CHANNEL]);
  }

  async figures(): Promise<QueueFigures> {
    const [figures] = await this.dataSource.query(FIGURES);
    return figures;
  }

  /** Queued runs that no job brings to a worker; locked, and not those that another process mends. */
  withoutJob(manager: EntityManager): Promise<QueuedRun[]> {
    return manager.query(WITHOUT_JOB);
  }

  /** Jobs that were taken and whose run needs no worker any more. */
  async ofEndedRuns(): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(OF_ENDED_RUNS);
    return rows.map(({ id }) => id);
  }
}
