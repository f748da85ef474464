import type { QueryOutcome } from '../query.service.js';
import { answerOf } from '../run-presenter.js';
import type { RunRecord } from '../run-record.js';
import type { Accept } from './accept.decorator.js';
import { priorityName } from './run-priority.js';

/** The body of POST /query; for a run that nobody waits for, a receipt with its address. */
export function presentOutcome({ kind, run }: QueryOutcome, accept: Accept) {
  if (kind === 'ended') return answerOf(run);
  accept(`/runs/${run.taskId}`);
  return presentQueued(run);
}

/** What a caller needs to come back for a run. */
export function presentQueued(run: RunRecord) {
  return {
    task_id: run.taskId,
    request_id: run.requestId,
    state: run.state,
    priority: priorityName(run.priority),
    attempts: run.attempts,
    next_attempt_at: run.state === 'queued' ? run.nextAttemptAt : null,
    created_at: run.createdAt,
  };
}
