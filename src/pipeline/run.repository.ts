import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { JournalEntry } from './journal.js';
import type { LeaseTerms } from './run-lease.js';
import type { NewRun, Review, RunRecord } from './run-record.js';
import { type RunRow, runOf } from './run-row.js';
import type { RunState } from './run-state.js';

/** A run that was given another one's answer holds no copy of it. */
const SELECT_RUN = `
  SELECT r.*, s.request AS source_request, s.content AS source_content, s.metadata AS source_metadata
  FROM runs r LEFT JOIN runs s ON s.task_id = r.source_task_id`;
const INSERT_RUN = `
  INSERT INTO runs (task_id, owner_id, request_id, idempotency_key, request_hash, request, mode, policy_version,
                    policy_hash, created_at, actor, priority, lease_owner, state, lease_token, lease_expires_at, started_at)
  SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::jsonb, $7::text, $8::text, $9::text, $10::timestamptz,
         $11::jsonb, $12::smallint, $13::text,
         CASE WHEN $13::text IS NULL THEN 'queued' ELSE 'running' END,
         CASE WHEN $13::text IS NULL THEN 0 ELSE 1 END,
         now() + make_interval(secs => $14::float8),
         CASE WHEN $13::text IS NULL THEN NULL ELSE $10::timestamptz END
  ON CONFLICT (owner_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
  RETURNING task_id`;

/** Runs as they are stored and read; `RunClaimRepository` has who works on them, `RunTrailRepository` what becomes of them. */
@Injectable()
export class RunRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Stores a run, as running under its first lease or as queued. False when its idempotency key is taken. */
  async create(
    run: NewRun,
    start: LeaseTerms | 'queued',
    manager: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const terms = start === 'queued' ? null : start;
    const rows = await manager.query<unknown[]>(INSERT_RUN, [
      run.taskId,
      run.ownerId,
      run.requestId,
      run.idempotencyKey,
      run.requestHash,
      run.request,
      run.request.mode,
      run.policy.version,
      run.policy.hash,
      run.createdAt,
      run.actor,
      run.priority,
      terms?.owner ?? null,
      terms?.seconds ?? null,
    ]);
    return rows.length === 1;
  }

  async find(taskId: string): Promise<RunRecord | null> {
    const rows: RunRow[] = await this.dataSource.query(`${SELECT_RUN} WHERE r.task_id = $1`, [taskId]);
    return rows[0] ? runOf(rows[0]) : null;
  }

  async findByKey(ownerId: string, idempotencyKey: string): Promise<RunRecord | null> {
    const rows: RunRow[] = await this.dataSource.query(
      `${SELECT_RUN} WHERE r.owner_id = $1 AND r.idempotency_key = $2`,
      [ownerId, idempotencyKey],
    );
    return rows[0] ? runOf(rows[0]) : null;
  }

  /** Takes its key from a run that failed and may be tried again. */
  async releaseKey(taskId: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE runs SET idempotency_key = NULL WHERE task_id = $1 AND state = 'failed' AND (failure ->> 'retryable')::boolean`,
      [taskId],
    );
  }

  /** Newest first. `ownerId` null means all owners. */
  async list(filter: RunFilter): Promise<RunRecord[]> {
    const rows: RunRow[] = await this.dataSource.query(
      `${SELECT_RUN}
       WHERE ($1::text IS NULL OR r.owner_id = $1) AND ($2::uuid IS NULL OR r.task_id < $2)
         AND ($3::text IS NULL OR r.state = $3) AND ($4::text IS NULL OR r.failure ->> 'code' = $4)
       ORDER BY r.task_id DESC LIMIT $5`,
      [filter.ownerId, filter.before, filter.state, filter.failureCode, filter.limit],
    );
    return rows.map(runOf);
  }

  /** Ends a held run by a person's decision. False when it is not held any more. */
  async review(taskId: string, state: RunState, content: string | null, review: Review): Promise<boolean> {
    const [, changed] = await this.dataSource.query(
      `UPDATE runs SET state = $2, content = $3, review = $4 WHERE task_id = $1 AND state = 'held'`,
      [taskId, state, content, review],
    );
    return changed === 1;
  }

  async journalOf(taskId: string): Promise<JournalEntry[]> {
    const rows: { body: JournalEntry }[] = await this.dataSource.query(
      `SELECT body FROM journal_entries WHERE task_id = $1 ORDER BY sequence`,
      [taskId],
    );
    return rows.map((row) => row.body);
  }
}

export interface RunFilter {
  readonly ownerId: string | null;
  readonly before: string | null;
  readonly state: RunState | null;
  /** Of runs that failed; null means any. */
  readonly failureCode: string | null;
  readonly limit: number;
}
