import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BudgetLedger } from '../governance/index.js';
import { AppError } from '../shared/index.js';
import type { CallEnd } from './call-ends.js';
import type { JournalEntry, UnstoredEntries } from './journal.js';
import { RunQueue } from './queue/run-queue.port.js';
import { RunClaimRepository } from './run-claim.repository.js';
import type { RunLease } from './run-lease.js';
import type { RunFailure, RunRecord } from './run-record.js';
import type { RunState } from './run-state.js';
import type { StageRecord } from './stage-record.js';

/** What of a run is not stored yet. */
export interface Unstored {
  readonly journal: UnstoredEntries;
  readonly calls: readonly CallEnd[];
  readonly at: Date;
}

/** What a run leaves behind when it ends. */
export interface RunEnding {
  readonly taskId: string;
  readonly state: Exclude<RunState, 'queued' | 'running' | 'rejected'>;
  readonly content: string | null;
  readonly metadata: RunRecord['metadata'];
  readonly failure: RunFailure | null;
  readonly held: RunRecord['held'];
  readonly stages: readonly StageRecord[];
  readonly finishedAt: Date;
  readonly durationMs: number;
}

/** How a run goes back into the queue. */
export interface Requeue {
  /** Set where a fault, and no stop of the process, ended the attempt. */
  readonly failure: RunFailure | null;
  readonly startAfterSeconds: number | null;
  /** How many journal entries stay, since those after them led to the failure; null: all. */
  readonly keep: number | null;
}

/** What a run leaves behind, as it goes on and when it ends. Nothing is written for who does not hold the run any more. */
@Injectable()
export class RunTrailRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly claims: RunClaimRepository,
    private readonly ledger: BudgetLedger,
    private readonly queue: RunQueue,
  ) {}

  /** Stores entries with how their calls ended. Throws `pipeline.lease_lost`. May be repeated where the line was lost. */
  async append(lease: RunLease, unstored: Unstored): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.claims.assertHeld(manager, lease);
      await this.write(manager, lease, unstored);
    });
  }

  /** Writes how a run ended, whole or not at all. False when the lease was lost in between: then nothing is written. */
  async finish(lease: RunLease, ending: RunEnding, unstored: Unstored): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query(
        `UPDATE runs SET state = $3, content = $4, metadata = $5, failure = $6, held = $7, finished_at = $8,
                         duration_ms = $9, lease_owner = NULL, lease_expires_at = NULL
         WHERE task_id = $1 AND lease_token = $2 AND state = 'running'`,
        [
          lease.taskId,
          lease.token,
          ending.state,
          ending.content,
          ending.metadata,
          ending.failure,
          ending.held,
          ending.finishedAt,
          ending.durationMs,
        ],
      );
      // Where the line was lost after an earlier try was committed, the end is there.
      if (changed === 0) return isState(manager, lease, ending.state);
      await insertStages(manager, ending);
      await this.write(manager, lease, unstored);
      return true;
    });
  }

  /** Puts a run back into the queue. False when the lease was lost in between: then nothing is written. */
  async requeue(lease: RunLease, how: Requeue, unstored: Unstored): Promise<boolean> {
    const { failure, startAfterSeconds, keep } = how;
    return this.dataSource.transaction(async (manager) => {
      const [rows]: [{ owner_id: string; priority: number }[]] = await manager.query(
        `UPDATE runs SET state = 'queued', lease_owner = NULL, lease_expires_at = NULL, failure = $3,
                         attempts = attempts + CASE WHEN $3::jsonb IS NULL THEN 0 ELSE 1 END
         WHERE task_id = $1 AND lease_token = $2 AND state = 'running' RETURNING owner_id, priority`,
        [lease.taskId, lease.token, failure],
      );
      const row = rows[0];
      if (!row) return isState(manager, lease, 'queued');
      await this.write(manager, lease, unstored);
      await manager.query(`DELETE FROM journal_entries WHERE task_id = $1 AND sequence >= $2::int`, [
        lease.taskId,
        keep,
      ]);
      const { owner_id: ownerId, priority } = row;
      const later = startAfterSeconds === null ? {} : { startAfterSeconds };
      await this.queue.enqueue(manager, { taskId: lease.taskId, ownerId, priority, ...later });
      return true;
    });
  }

  /** Settles a call that ended after its run did. Where another process went on with the run, it stays as spent in full. */
  async settleLate({ taskId, token }: RunLease, call: CallEnd): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<unknown[]>(
        `SELECT task_id FROM runs WHERE task_id = $1 AND lease_token = $2 FOR SHARE`,
        [taskId, token],
      );
      if (rows.length > 0) await this.settle(manager, call);
    });
  }

  private async write(manager: EntityManager, { taskId }: RunLease, unstored: Unstored): Promise<void> {
    for (const call of unstored.calls) await this.settle(manager, call);
    if (unstored.journal.entries.length > 0) await insertJournal(manager, taskId, unstored);
  }

  /** One that is closed was settled by an earlier try whose answer was lost. */
  private async settle(manager: EntityManager, { reservationId, ...outcome }: CallEnd): Promise<void> {
    try {
      await this.ledger.settle(reservationId, outcome, manager);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'governance.reservation_closed') throw error;
    }
  }
}

async function isState(manager: EntityManager, { taskId, token }: RunLease, state: RunState) {
  const rows = await manager.query<unknown[]>(
    `SELECT task_id FROM runs WHERE task_id = $1 AND lease_token = $2 AND state = $3`,
    [taskId, token, state],
  );
  return rows.length > 0;
}

async function insertStages(manager: EntityManager, ending: RunEnding): Promise<void> {
  await manager.query(
    `INSERT INTO run_stages (task_id, role, result, duration_ms, external_calls, input_tokens, output_tokens, fallback, finished_at)
     SELECT $1, s.* , $3 FROM jsonb_to_recordset($2::jsonb)
       AS s(role text, result text, "durationMs" float8, "externalCalls" int, "inputTokens" int, "outputTokens" int, fallback text)`,
    [ending.taskId, JSON.stringify(ending.stages), ending.finishedAt],
  );
}

/** What stands already was written by an earlier try: only who holds the run writes, and each place once. */
async function insertJournal(
  manager: EntityManager,
  taskId: string,
  { journal, at }: Unstored,
): Promise<void> {
  const rows = journal.entries.map((entry, index) => ({
    sequence: journal.from + index,
    ...journalColumns(entry),
    body: entry,
  }));
  await manager.query(
    `INSERT INTO journal_entries
       (task_id, sequence, role, kind, action, permitted, policies, source, strategy, body, recorded_at)
     SELECT $1, j.sequence, j.role, j.kind, j.action, j.permitted, j.policies, j.source, j.strategy, j.body, $3
     FROM jsonb_to_recordset($2::jsonb)
       AS j(sequence int, role text, kind text, action text, permitted boolean, policies text[],
            source text, strategy text, body jsonb)
     ON CONFLICT (task_id, sequence) DO NOTHING`,
    [taskId, JSON.stringify(rows), at],
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
