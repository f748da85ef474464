import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { RunRepository } from '../run.repository.js';
import { RunClaimRepository } from '../run-claim.repository.js';
import { notFound } from '../run-reader.service.js';
import type { NewRun, RunRecord } from '../run-record.js';
import { RunQueue } from './run-queue.port.js';

/** The first half of a lock's key, the second being its owner's; any number works. */
const OWNER_LOCK_KEY = 7_240_513;

/** How many runs may wait, of all owners and of one. */
export interface RoomLimits {
  readonly maxQueued: number;
  readonly maxQueuedPerOwner: number;
}

/** Whether a run was stored, and if not, why. */
export type QueuingOutcome = 'stored' | 'key_taken' | 'queue_full' | 'owner_queue_full';

/** Runs that go into the queue, each with its job in one transaction. */
@Injectable()
export class QueuedRunRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly runs: RunRepository,
    private readonly claims: RunClaimRepository,
    private readonly queue: RunQueue,
  ) {}

  /** Stores a run as queued, where there is room: exactly counted for its owner, for all as many more as ask at once. */
  store(run: NewRun, limits: RoomLimits): Promise<QueuingOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const full = await this.fullness(manager, run.ownerId, limits);
      if (full) return full;
      if (!(await this.runs.create(run, 'queued', manager))) return 'key_taken';
      await this.queue.enqueue(manager, run);
      return 'stored';
    });
  }

  /** Puts a run that failed into the queue again; false where it has not failed, or cannot go on. */
  reopen(taskId: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const run = await this.claims.reopen(manager, taskId);
      if (run) await this.queue.enqueue(manager, run);
      return run !== null;
    });
  }

  /** A run as it stands by now. Throws `pipeline.run_not_found`. */
  async find(taskId: string): Promise<RunRecord> {
    const run = await this.runs.find(taskId);
    if (!run) throw notFound(taskId);
    return run;
  }

  private async fullness(
    manager: EntityManager,
    ownerId: string,
    { maxQueued, maxQueuedPerOwner }: RoomLimits,
  ): Promise<'queue_full' | 'owner_queue_full' | null> {
    await manager.query(`SELECT pg_advisory_xact_lock($1, hashtext($2))`, [OWNER_LOCK_KEY, ownerId]);
    const [{ all, own }] = await manager.query(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE owner_id = $1)::int AS own
       FROM runs WHERE state = 'queued'`,
      [ownerId],
    );
    if (own >= maxQueuedPerOwner) return 'owner_queue_full';
    return all >= maxQueued ? 'queue_full' : null;
  }
}
