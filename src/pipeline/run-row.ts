import type { RunRecord } from './run-record.js';

/** A row of `runs`, as the driver gives it. Stays inside the repository. */
export interface RunRow {
  readonly task_id: string;
  readonly owner_id: string;
  readonly request_id: string;
  readonly request_hash: string;
  readonly request: RunRecord['request'];
  readonly state: RunRecord['state'];
  readonly policy_version: string;
  readonly policy_hash: string;
  readonly content: string | null;
  readonly metadata: RunRecord['metadata'];
  readonly failure: RunRecord['failure'];
  readonly held: RunRecord['held'];
  readonly review: RunRecord['review'];
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly duration_ms: number | null;
}

export function runOf(row: RunRow): RunRecord {
  return {
    taskId: row.task_id,
    ownerId: row.owner_id,
    requestId: row.request_id,
    requestHash: row.request_hash,
    request: row.request,
    state: row.state,
    policy: { version: row.policy_version, hash: row.policy_hash },
    content: row.content,
    metadata: row.metadata,
    failure: row.failure,
    held: row.held,
    review: row.review,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
  };
}
