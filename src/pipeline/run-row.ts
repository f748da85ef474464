import type { Actor } from '../shared/index.js';
import { type ReuseFacts, reusedMetadata } from './answers/reused-metadata.js';
import type { NewRun, RunRecord } from './run-record.js';

/** A row of `runs`, as the driver gives it. Stays inside the repository. */
export interface RunRow {
  readonly task_id: string;
  readonly owner_id: string;
  readonly request_id: string;
  readonly request_hash: string;
  /** Null where `source_task_id` names the run that holds it; the same goes for content and metadata. */
  readonly request: RunRecord['request'] | null;
  readonly state: RunRecord['state'];
  readonly policy_version: string;
  readonly policy_hash: string;
  readonly content: string | null;
  readonly metadata: RunRecord['metadata'];
  readonly failure: RunRecord['failure'];
  readonly held: RunRecord['held'];
  readonly review: RunRecord['review'];
  readonly source_task_id: string | null;
  readonly reuse: ReuseFacts | null;
  readonly source_request: RunRecord['request'] | null;
  readonly source_content: string | null;
  readonly source_metadata: RunRecord['metadata'];
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly duration_ms: number | null;
  readonly attempts: number;
  readonly priority: number;
  readonly next_attempt_at: Date | null;
  readonly started_at: Date | null;
  readonly idempotency_key: string | null;
  /** Null in runs that were stored before it was kept. */
  readonly actor: Actor | null;
  /** The driver reads no bigint as a number. */
  readonly lease_token: string;
  readonly cancel_requested_at: Date | null;
}

/** Runs of the first version were stored without a plan; all of them went like this. */
const EARLIER: Pick<RunRecord['request'], 'plan' | 'mayRecall'> = {
  plan: {
    strategy: 'balanced',
    requested: 'balanced',
    reason: 'the optimizer is off',
    gate: { minTone: 0, minStyle: 0, minOverall: 0, enforce: false },
    pressure: 'ok',
    optionalAsks: true,
    critiqueBy: 'primary',
    candidates: 1,
    draftWordsFactor: 2,
    contextShare: 1,
  },
  mayRecall: false,
};

export function runOf(row: RunRow): RunRecord {
  return {
    taskId: row.task_id,
    ownerId: row.owner_id,
    requestId: row.request_id,
    requestHash: row.request_hash,
    request: { ...EARLIER, ...(row.request ?? row.source_request)! },
    state: row.state,
    policy: { version: row.policy_version, hash: row.policy_hash },
    content: row.content ?? row.source_content,
    metadata: row.metadata ?? reusedMetadataOf(row),
    failure: row.failure,
    held: row.held,
    review: row.review,
    sourceTaskId: row.source_task_id,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    attempts: row.attempts,
    priority: row.priority,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    cancelRequestedAt: row.cancel_requested_at?.toISOString() ?? null,
  };
}

/** A run that has to be worked on, as it was before it started. */
export function newRunOf(row: RunRow): NewRun {
  const { taskId, ownerId, requestId, requestHash, request, policy } = runOf(row);
  return {
    taskId,
    ownerId,
    actor: row.actor ?? { userId: ownerId, scopes: ['query'] },
    priority: row.priority,
    requestId,
    idempotencyKey: row.idempotency_key,
    requestHash,
    request,
    policy,
    createdAt: row.created_at,
  };
}

function reusedMetadataOf({ task_id, request_id, source_metadata, reuse }: RunRow): RunRecord['metadata'] {
  if (source_metadata === null || reuse === null) return null;
  return reusedMetadata(source_metadata, { taskId: task_id, requestId: request_id, ...reuse });
}
