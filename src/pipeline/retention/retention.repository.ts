import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditRemovalRepository } from '../../audit/index.js';
import { firstTaskIdAt } from '../task-id-time.js';

/** Any number works as long as every process uses the same one. */
const LOCK_KEY = 7_240_515;
/** Nobody waits longer behind a removal that itself has to wait. */
const LOCK_TIMEOUT_MS = 1_000;
/** A run has some nine rows of stages and reservations, and its journal some thirty more. */
const RUNS_AT_ONCE = 100;
const JOURNALS_AT_ONCE = 30;
const EVENTS_AT_ONCE = 1_000;

/** Whether a run has been over since before a bound. Held ones are not over; a decided one is since its decision. */
const IS_PAST = `
  r.state IN ('succeeded', 'failed', 'rejected', 'cancelled')
  AND coalesce(greatest(r.finished_at, (r.review ->> 'decidedAt')::timestamptz), r.created_at) < $1::timestamptz`;

/** Newest first: who was given an answer goes before the run that made it. */
const PAST_RUNS = `
  SELECT r.task_id AS "taskId", r.created_at::text AS "createdAt" FROM runs r
  WHERE ${IS_PAST}
    AND (r.created_at, r.task_id) < ($2::timestamptz, $3::uuid)
    AND (r.state <> 'succeeded' OR r.source_task_id IS NOT NULL OR r.finished_at < $4::timestamptz)
    AND NOT EXISTS (SELECT FROM runs d WHERE d.source_task_id = r.task_id)
  ORDER BY r.created_at DESC, r.task_id DESC LIMIT ${RUNS_AT_ONCE}
  FOR UPDATE OF r SKIP LOCKED`;

const OLD_JOURNALS = `
  SELECT DISTINCT task_id AS "taskId" FROM journal_entries WHERE task_id > $1::uuid AND task_id < $2::uuid
  ORDER BY task_id LIMIT ${JOURNALS_AT_ONCE}`;

const PAST_AMONG = `
  SELECT r.task_id AS "taskId" FROM runs r WHERE r.task_id = ANY($2::uuid[]) AND ${IS_PAST}
  FOR UPDATE OF r SKIP LOCKED`;

interface Identified {
  readonly taskId: string;
}

/** A place in a walk over runs. */
export interface RunPlace extends Identified {
  readonly createdAt: string;
}

/** What one transaction removed, and where the next goes on; null where there is no more. */
export interface RemovedRuns {
  readonly runs: number;
  readonly reservations: number;
  readonly next: RunPlace | null;
}

export interface RemovedJournals {
  readonly journals: number;
  readonly next: string | null;
}

/** From when on runs are kept, and from when on those whose answer could still be given to others. */
export interface RunBounds {
  readonly keptFrom: Date;
  readonly sourcesKeptFrom: Date;
}

/** Removes what is past, few rows in a transaction. Each method gives null where another process is removing. */
@Injectable()
export class RetentionRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly audit: AuditRemovalRepository,
  ) {}

  async databaseTime(): Promise<Date> {
    const [{ now }] = await this.dataSource.query(`SELECT now() AS now`);
    return now;
  }

  /** Runs with their stages, journals, keys and reservations; a run whose answer another one shows stays with it. */
  removeRuns({ keptFrom, sourcesKeptFrom }: RunBounds, from: RunPlace | null): Promise<RemovedRuns | null> {
    const place = [from?.createdAt ?? keptFrom, from?.taskId ?? firstTaskIdAt(new Date(0))];
    return this.alone(async (manager) => {
      const past: RunPlace[] = await manager.query(PAST_RUNS, [keptFrom, ...place, sourcesKeptFrom]);
      const ids = past.map(({ taskId }) => taskId);
      if (ids.length === 0) return { runs: 0, reservations: 0, next: null };
      const [, reservations] = await manager.query(
        `DELETE FROM budget_reservations WHERE task_id = ANY($1::uuid[])`,
        [ids],
      );
      const [, runs] = await manager.query(`DELETE FROM runs WHERE task_id = ANY($1::uuid[])`, [ids]);
      return { runs, reservations, next: past.length < RUNS_AT_ONCE ? null : past.at(-1)! };
    });
  }

  /** Journals of runs that stay, each as a whole; `from` is the last task id that was looked at. */
  removeJournals(keptFrom: Date, from: string | null): Promise<RemovedJournals | null> {
    return this.alone(async (manager) => {
      const old: Identified[] = await manager.query(OLD_JOURNALS, [
        from ?? firstTaskIdAt(new Date(0)),
        firstTaskIdAt(keptFrom),
      ]);
      const past: Identified[] = await manager.query(PAST_AMONG, [keptFrom, old.map(({ taskId }) => taskId)]);
      await manager.query(`DELETE FROM journal_entries WHERE task_id = ANY($1::uuid[])`, [
        past.map(({ taskId }) => taskId),
      ]);
      return { journals: past.length, next: old.length < JOURNALS_AT_ONCE ? null : old.at(-1)!.taskId };
    });
  }

  /** Events of the trail, oldest first; fewer than there was room for means that no more are past. */
  async removeEvents(keptFrom: Date): Promise<{ events: number; isDone: boolean } | null> {
    return this.alone(async (manager) => {
      const events = await this.audit.removeOldest(manager, keptFrom, EVENTS_AT_ONCE);
      return { events, isDone: events < EVENTS_AT_ONCE };
    });
  }

  private alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T | null> {
    return this.dataSource.transaction(async (manager) => {
      const [{ mine }] = await manager.query(
        `SELECT set_config('lock_timeout', $1, true), pg_try_advisory_xact_lock($2) AS mine`,
        [`${LOCK_TIMEOUT_MS}`, LOCK_KEY],
      );
      return mine ? work(manager) : null;
    });
  }
}
