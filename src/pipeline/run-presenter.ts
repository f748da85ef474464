import { AppError } from '../shared/index.js';
import { priorityName } from './queue/run-priority.js';
import type { RunPage, ViewedRun } from './run-reader.service.js';
import type { RunRecord } from './run-record.js';

/** The answer of POST /query; a run that ended without one becomes a problem document. */
export function answerOf(run: RunRecord) {
  if (run.rendered) return run.rendered;
  if (run.state === 'succeeded')
    return { task_id: run.taskId, agent_role: 'summarizer', content: run.content, metadata: run.metadata };
  throw withoutAnswer(run);
}

function withoutAnswer(run: RunRecord): AppError {
  const { taskId, failure } = run;
  if (failure)
    return new AppError(failure.code, failure.kind, failure.message, {
      ...(failure.hint === null ? {} : { hint: failure.hint }),
      retryable: failure.retryable,
      taskId,
    });
  if (run.state === 'rejected')
    return new AppError('governance.rejected', 'unprocessable', 'A reviewer rejected this answer.', {
      hint: 'Ask in another way, or for something else.',
      taskId,
    });
  return new AppError(
    'governance.held',
    'unprocessable',
    'This answer is held until a person has reviewed it.',
    {
      hint: `A reviewer reads GET /runs/${taskId} and decides with POST /runs/${taskId}/decision; then the answer is there.`,
      taskId,
      details: {
        held_by: run.held?.role,
        policies: run.held?.policies ?? [],
        reasons: [...new Set(run.held?.findings.map((finding) => finding.kind) ?? [])],
      },
    },
  );
}

export function presentRun({ run, view }: ViewedRun) {
  const withTexts = view !== 'facts';
  return {
    task_id: run.taskId,
    request_id: run.requestId,
    user_id: run.ownerId,
    state: run.state,
    mode: run.request.mode,
    policy: run.policy,
    created_at: run.createdAt,
    finished_at: run.finishedAt,
    duration_ms: run.durationMs === null ? null : Math.round(run.durationMs * 1_000) / 1_000,
    priority: priorityName(run.priority),
    attempts: run.attempts,
    next_attempt_at: run.state === 'queued' ? run.nextAttemptAt : null,
    outcome: outcomeOf(run),
    failure: run.failure,
    cancel_requested_at: run.cancelRequestedAt,
    stages: run.metadata?.stages ?? [],
    review: run.review,
    held: run.held === null ? null : presentHeld(run.held, view === 'whole'),
    reused_from: run.sourceTaskId,
    receipt_id: null,
    ...(withTexts ? texts(run, view === 'whole') : {}),
  };
}

/** What the run says. While it is held only a reviewer sees the metadata too: it quotes the text. */
function texts(run: RunRecord, isReviewer: boolean) {
  const isReleased = run.state === 'succeeded';
  return {
    prompt: run.request.prompt,
    content: isReleased ? run.content : null,
    metadata: isReleased || isReviewer ? run.metadata : null,
  };
}

function presentHeld(held: NonNullable<RunRecord['held']>, withText: boolean) {
  const facts = {
    role: held.role,
    sha256: held.sha256,
    policies: held.policies,
    reasons: [...new Set(held.findings.map((finding) => finding.kind))],
  };
  return withText ? { ...facts, text: held.text, findings: held.findings } : facts;
}

export function presentPage(page: RunPage) {
  return { runs: page.runs.map(presentListed), next_cursor: page.nextCursor };
}

/** A line of a list: what one needs to find a run again. */
function presentListed({ run, view }: ViewedRun) {
  return {
    task_id: run.taskId,
    request_id: run.requestId,
    user_id: run.ownerId,
    state: run.state,
    mode: run.request.mode,
    outcome: outcomeOf(run),
    failure_code: run.failure?.code ?? null,
    created_at: run.createdAt,
    duration_ms: run.durationMs === null ? null : Math.round(run.durationMs),
    ...(view === 'facts' ? {} : { prompt: run.request.prompt }),
  };
}

/** What came of a run for its caller; nothing while it is held or after it was rejected. */
function outcomeOf(run: RunRecord) {
  return run.state === 'succeeded' ? (run.metadata?.outcome ?? null) : null;
}
