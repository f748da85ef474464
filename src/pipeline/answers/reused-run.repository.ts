import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NewRun } from '../run-record.js';
import type { ReuseFacts } from './reused-metadata.js';

/** A run that shall be given another one's answer. */
export interface ReusedRun {
  readonly run: NewRun;
  readonly sourceTaskId: string;
  readonly facts: ReuseFacts;
  readonly finishedAt: Date;
}

const INSERT = `
  INSERT INTO runs (task_id, owner_id, request_id, idempotency_key, request_hash, state, mode, policy_version,
                    policy_hash, source_task_id, reuse, created_at, started_at, finished_at, duration_ms)
  SELECT n.task_id, n.owner_id, n.request_id, n.idempotency_key, n.request_hash, 'succeeded', s.mode,
         s.policy_version, s.policy_hash, s.task_id, n.reuse, n.created_at, n.created_at, n.finished_at, n.duration_ms
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[],
              $8::timestamptz[], $9::timestamptz[], $10::float8[])
    AS n(task_id, owner_id, request_id, idempotency_key, request_hash, source_task_id, reuse,
         created_at, finished_at, duration_ms)
  JOIN runs s ON s.task_id = n.source_task_id AND s.owner_id = n.owner_id AND s.state = 'succeeded'
    AND s.source_task_id IS NULL
  ON CONFLICT (owner_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
  RETURNING task_id`;

/** Rows of runs that were given another one's answer: written many at once, without a copy of it. */
@Injectable()
export class ReusedRunRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Stores those runs whose answer still stands in the database as their owner's, and says of each whether it did.
   * One whose idempotency key is taken is not stored.
   */
  async create(reused: readonly ReusedRun[]): Promise<readonly boolean[]> {
    const column = (of: (each: ReusedRun) => unknown) => reused.map(of);
    const rows: { task_id: string }[] = await this.dataSource.query(INSERT, [
      column(({ run }) => run.taskId),
      column(({ run }) => run.ownerId),
      column(({ run }) => run.requestId),
      column(({ run }) => run.idempotencyKey),
      column(({ run }) => run.requestHash),
      column(({ sourceTaskId }) => sourceTaskId),
      column(({ facts }) => JSON.stringify(facts)),
      column(({ run }) => run.createdAt),
      column(({ finishedAt }) => finishedAt),
      column(({ facts }) => facts.overheadMs),
    ]);
    const stored = new Set(rows.map((row) => row.task_id));
    return reused.map(({ run }) => stored.has(run.taskId));
  }
}
