import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type JournalEntry, soundLength } from './journal.js';
import type { QueuedRun } from './queue/run-queue.port.js';
import type { RunPins } from './run.factory.js';
import { leaseLost } from './run-faults.js';
import type { LeaseTerms, RunLease } from './run-lease.js';
import type { NewRun, RunFailure } from './run-record.js';
import { newRunOf, type RunRow } from './run-row.js';

/** A run that this process has just become the owner of. */
export interface ClaimedRun {
  readonly run: NewRun;
  readonly lease: RunLease;
  /** Of its first attempt. */
  readonly startedAt: Date;
  /** Attempts before this one that a crash or a fault ended. */
  readonly attempts: number;
  readonly isCancelRequested: boolean;
}

/** What came of renewing a lease. `busy`: it is held, and its run is being written just now. */
export type LeaseState = 'extended' | 'cancel_requested' | 'busy' | 'lost';

/** A run whose process is gone, and what became of it. */
export interface Orphan extends QueuedRun {
  readonly isDead: boolean;
}

/** How many orphans are taken up in one transaction. */
const ORPHANS_AT_ONCE = 100;

/** A run that never began takes the policy and the writers of its first claim. */
const CLAIM = `
  UPDATE runs SET
    state = 'running', lease_owner = $2, lease_expires_at = now() + make_interval(secs => $3),
    lease_token = lease_token + 1, started_at = coalesce(started_at, now()), failure = NULL, next_attempt_at = NULL,
    attempts = attempts + CASE WHEN state = 'running' THEN 1 ELSE 0 END,
    policy_version = CASE WHEN lease_token = 0 THEN $4 ELSE policy_version END,
    policy_hash = CASE WHEN lease_token = 0 THEN $5 ELSE policy_hash END,
    request = CASE WHEN lease_token = 0 THEN jsonb_set(request, '{writers}', $6::jsonb) ELSE request END
  WHERE task_id = $1
    AND (state = 'queued' OR (state = 'running' AND lease_expires_at < now() AND attempts + 1 < $7))
  RETURNING *`;

/** A row that is being written just now is left for the next time: waiting for it would cost the others their leases. */
const EXTEND = `
  UPDATE runs SET lease_expires_at = now() + make_interval(secs => $1)
  WHERE task_id IN (
    SELECT run.task_id FROM runs AS run
    JOIN unnest($2::uuid[], $3::bigint[]) AS held(task_id, lease_token) USING (task_id, lease_token)
    WHERE run.state = 'running' FOR NO KEY UPDATE OF run SKIP LOCKED)
  RETURNING task_id AS "taskId", cancel_requested_at IS NOT NULL AS "isCancelRequested"`;

const HELD = `
  SELECT run.task_id AS "taskId" FROM runs AS run
  JOIN unnest($1::uuid[], $2::bigint[]) AS held(task_id, lease_token) USING (task_id, lease_token)
  WHERE run.state = 'running'`;

const ORPHANS = `
  UPDATE runs SET
    attempts = attempts + 1, lease_owner = NULL, lease_expires_at = NULL,
    state = CASE WHEN attempts + 1 < $2 THEN 'queued' ELSE 'failed' END,
    failure = CASE WHEN attempts + 1 < $2 THEN NULL ELSE $3::jsonb END,
    finished_at = CASE WHEN attempts + 1 < $2 THEN NULL ELSE now() END
  WHERE task_id IN (
    SELECT task_id FROM runs
    WHERE state = 'running' AND (lease_expires_at < now() OR ($1::text IS NOT NULL AND lease_owner <> $1))
    ORDER BY task_id LIMIT ${ORPHANS_AT_ONCE} FOR UPDATE SKIP LOCKED)
  RETURNING task_id AS "taskId", owner_id AS "ownerId", priority, state = 'failed' AS "isDead"`;

/** Who works on which run. All times are the database's. */
@Injectable()
export class RunClaimRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Takes a run that waits, or whose lease ran out; null where another has it or it has ended. */
  async claim(
    taskId: string,
    { owner, seconds }: LeaseTerms,
    pins: RunPins,
    maxAttempts: number,
  ): Promise<ClaimedRun | null> {
    const { version, hash } = pins.policy;
    const parameters = [taskId, owner, seconds, version, hash, JSON.stringify(pins.writers), maxAttempts];
    const [rows]: [RunRow[]] = await this.dataSource.query(CLAIM, parameters);
    const row = rows[0];
    if (!row) return null;
    return {
      run: newRunOf(row),
      lease: { taskId, token: Number(row.lease_token) },
      startedAt: row.started_at ?? row.created_at,
      attempts: row.attempts,
      isCancelRequested: row.cancel_requested_at !== null,
    };
  }

  /** Binds a run of which nothing was recorded to the policy and the writers in force. */
  async repin({ taskId, token }: RunLease, { policy, writers }: RunPins): Promise<void> {
    await this.dataSource.query(
      `UPDATE runs SET policy_version = $3, policy_hash = $4, request = jsonb_set(request, '{writers}', $5::jsonb)
       WHERE task_id = $1 AND lease_token = $2 AND state = 'running'`,
      [taskId, token, policy.version, policy.hash, JSON.stringify(writers)],
    );
  }

  /** Renews leases, and says of each what was found. */
  async extend(leases: readonly RunLease[], seconds: number): Promise<ReadonlyMap<string, LeaseState>> {
    const held = [leases.map(({ taskId }) => taskId), leases.map(({ token }) => token)];
    const [rows]: [{ taskId: string; isCancelRequested: boolean }[]] = await this.dataSource.query(EXTEND, [
      seconds,
      ...held,
    ]);
    const found = new Map<string, LeaseState>(leases.map(({ taskId }) => [taskId, 'lost']));
    const stand = rows.length < leases.length ? await this.dataSource.query(HELD, held) : [];
    for (const { taskId } of stand) found.set(taskId, 'busy');
    for (const { taskId, isCancelRequested } of rows)
      found.set(taskId, isCancelRequested ? 'cancel_requested' : 'extended');
    return found;
  }

  /** Throws `pipeline.lease_lost` where another has claimed the run, or it is not running any more; holds off a claim meanwhile. */
  async assertHeld(manager: EntityManager, { taskId, token }: RunLease): Promise<void> {
    const rows = await manager.query<unknown[]>(
      `SELECT task_id FROM runs WHERE task_id = $1 AND lease_token = $2 AND state = 'running' FOR SHARE`,
      [taskId, token],
    );
    if (rows.length === 0) throw leaseLost(taskId);
  }

  /**
   * Takes up runs whose process is gone: back into the queue, or failed for good after `maxAttempts`. `everyOther`
   * also takes those whose lease still runs, for a sole owner of the database. `enqueue` works in the transaction.
   */
  async takeUpOrphans(
    everyOther: string | null,
    maxAttempts: number,
    failure: RunFailure,
    enqueue: (manager: EntityManager, run: QueuedRun) => Promise<void>,
  ): Promise<readonly Orphan[]> {
    return this.dataSource.transaction(async (manager) => {
      const [found]: [Orphan[]] = await manager.query(ORPHANS, [everyOther, maxAttempts, failure]);
      const orphans = found.toSorted((one, other) => (one.taskId < other.taskId ? -1 : 1));
      for (const { isDead, ...run } of orphans) if (!isDead) await enqueue(manager, run);
      return orphans;
    });
  }

  /**
   * Lets a failed run be worked on again, in the caller's transaction: its journal stays but for what led to the
   * failure, and so does what it has spent. Null where it has not failed or was given another run's answer.
   */
  async reopen(manager: EntityManager, taskId: string): Promise<QueuedRun | null> {
    const [rows]: [{ owner_id: string; priority: number }[]] = await manager.query(
      `UPDATE runs SET state = 'queued', attempts = 0, finished_at = NULL, duration_ms = NULL, cancel_requested_at = NULL
       WHERE task_id = $1 AND state = 'failed' AND source_task_id IS NULL RETURNING owner_id, priority`,
      [taskId],
    );
    if (!rows[0]) return null;
    const entries: { body: JournalEntry }[] = await manager.query(
      `SELECT body FROM journal_entries WHERE task_id = $1 ORDER BY sequence`,
      [taskId],
    );
    await manager.query(`DELETE FROM journal_entries WHERE task_id = $1 AND sequence >= $2`, [
      taskId,
      soundLength(entries.map(({ body }) => body)),
    ]);
    await manager.query(`DELETE FROM run_stages WHERE task_id = $1`, [taskId]);
    return { taskId, ownerId: rows[0].owner_id, priority: rows[0].priority };
  }
}
