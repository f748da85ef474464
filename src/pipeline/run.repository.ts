import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { JournalEntry } from './journal.js';
import type { NewRun, Review, RunFailure, RunRecord } from './run-record.js';
import { type RunRow, runOf } from './run-row.js';
import type { RunState } from './run-state.js';
import type { StageRecord } from './stage-record.js';

/** A run that was given another one's answer holds no copy of it. */
const SELECT_RUN = `
  SELECT r.*, s.request AS source_request, s.content AS source_content, s.metadata AS source_metadata
  FROM runs r LEFT JOIN runs s ON s.task_id = r.source_task_id`;
const LEASE = `now() + make_interval(secs => $1)`;

/** What a run leaves behind when it ends. */
export interface RunEnding {
  readonly taskId: string;
  readonly state: Exclude<RunState, 'running' | 'rejected'>;
  readonly content: string | null;
  readonly metadata: RunRecord['metadata'];
  readonly failure: RunFailure | null;
  readonly held: RunRecord['held'];
  readonly stages: readonly StageRecord[];
  readonly journal: readonly JournalEntry[];
  readonly finishedAt: Date;
  readonly durationMs: number;
}

/** Runs, their stages and their journal: the only place with SQL on them. */
@Injectable()
export class RunRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Stores a run as running under a lease. False when its idempotency key is taken. */
  async create(run: NewRun, leaseOwner: string, leaseSeconds: number): Promise<boolean> {
    const rows = await this.dataSource.query(
      `INSERT INTO runs (task_id, owner_id, request_id, idempotency_key, request_hash, request, state, mode,
                         policy_version, policy_hash, lease_owner, lease_expires_at, created_at)
       VALUES ($2, $3, $4, $5, $6, $7, 'running', $8, $9, $10, $11, ${LEASE}, $12)
       ON CONFLICT (owner_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
       RETURNING task_id`,
      [
        leaseSeconds,
        run.taskId,
        run.ownerId,
        run.requestId,
        run.idempotencyKey,
        run.requestHash,
        run.request,
        run.request.mode,
        run.policy.version,
        run.policy.hash,
        leaseOwner,
        run.createdAt,
      ],
    );
    return rows.length === 1;
  }

  /** Writes how a run ended, whole or not at all. False when the lease was lost in between: then nothing is written. */
  async finish(ending: RunEnding, leaseOwner: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query(
        `UPDATE runs SET state = $3, content = $4, metadata = $5, failure = $6, held = $7, finished_at = $8,
                         duration_ms = $9, lease_owner = NULL, lease_expires_at = NULL
         WHERE task_id = $1 AND lease_owner = $2 AND state = 'running'`,
        [
          ending.taskId,
          leaseOwner,
          ending.state,
          ending.content,
          ending.metadata,
          ending.failure,
          ending.held,
          ending.finishedAt,
          ending.durationMs,
        ],
      );
      if (changed === 0) return false;
      await insertStages(manager, ending);
      await insertJournal(manager, ending);
      return true;
    });
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
         AND ($3::text IS NULL OR r.state = $3)
       ORDER BY r.task_id DESC LIMIT $4`,
      [filter.ownerId, filter.before, filter.state, filter.limit],
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

  async extendLeases(taskIds: readonly string[], leaseOwner: string, leaseSeconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE runs SET lease_expires_at = ${LEASE}
       WHERE task_id = ANY($2::uuid[]) AND state = 'running' AND lease_owner = $3`,
      [leaseSeconds, taskIds, leaseOwner],
    );
  }

  /** Ends runs whose process is gone. `everyOther` also ends those whose lease still runs, for a sole owner of the database. */
  async failOrphans(failure: RunFailure, everyOther: string | null): Promise<string[]> {
    const [rows] = await this.dataSource.query(
      `UPDATE runs SET state = 'failed', failure = $1, finished_at = now(), lease_owner = NULL, lease_expires_at = NULL
       WHERE state = 'running' AND (lease_expires_at < now() OR ($2::text IS NOT NULL AND lease_owner <> $2))
       RETURNING task_id`,
      [failure, everyOther],
    );
    return rows.map((row: { task_id: string }) => row.task_id);
  }
}

export interface RunFilter {
  readonly ownerId: string | null;
  readonly before: string | null;
  readonly state: RunState | null;
  readonly limit: number;
}

async function insertStages(manager: EntityManager, ending: RunEnding): Promise<void> {
  await manager.query(
    `INSERT INTO run_stages (task_id, role, result, duration_ms, external_calls, input_tokens, output_tokens, fallback, finished_at)
     SELECT $1, s.* , $3 FROM jsonb_to_recordset($2::jsonb)
       AS s(role text, result text, "durationMs" float8, "externalCalls" int, "inputTokens" int, "outputTokens" int, fallback text)`,
    [ending.taskId, JSON.stringify(ending.stages), ending.finishedAt],
  );
}

async function insertJournal(manager: EntityManager, ending: RunEnding): Promise<void> {
  const rows = ending.journal.map((entry, sequence) => ({ sequence, ...journalColumns(entry), body: entry }));
  await manager.query(
    `INSERT INTO journal_entries
       (task_id, sequence, role, kind, action, permitted, policies, source, strategy, body, recorded_at)
     SELECT $1, j.sequence, j.role, j.kind, j.action, j.permitted, j.policies, j.source, j.strategy, j.body, $3
     FROM jsonb_to_recordset($2::jsonb)
       AS j(sequence int, role text, kind text, action text, permitted boolean, policies text[],
            source text, strategy text, body jsonb)`,
    [ending.taskId, JSON.stringify(rows), ending.finishedAt],
  );
}

function journalColumns(entry: JournalEntry) {
  const { role, kind } = entry;
  if (entry.kind === 'ask')
    return {
      role,
      kind,
      action: entry.facts.action,
      ...pick(entry.decision.permitted, entry.decision.policies),
      source: entry.arrangement?.source ?? null,
      strategy: entry.arrangement?.strategy ?? null,
    };
  if (entry.kind === 'check')
    return {
      role,
      kind,
      action: 'emit',
      ...pick(entry.verdict.outcome !== 'critical', entry.verdict.policies),
    };
  return { role, kind, action: 'pack', ...pick(true, []) };
}

function pick(permitted: boolean, policies: readonly string[]) {
  return { permitted, policies };
}
