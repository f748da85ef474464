import { type AppError, plainText, sha256Hex } from '../shared/index.js';
import type { JournalEntry } from './journal.js';
import { bundle } from './metadata.js';
import type { RunOutcome } from './run.js';
import type { HeldText, NewRun, RunFailure } from './run-record.js';
import type { RunEnding } from './run-trail.repository.js';
import type { StageRecord } from './stage-record.js';

/** What a run leaves behind beside its end. */
export interface RunTrace {
  readonly stages: readonly StageRecord[];
  readonly journal: readonly JournalEntry[];
}

interface Timing {
  readonly finishedAt: Date;
  readonly durationMs: number;
}

/** The end of a run that went through the corridor: answered, or held for a person. */
export function endingOf(
  run: NewRun,
  outcome: RunOutcome,
  { stages, journal }: RunTrace,
  timing: Timing,
): RunEnding {
  const metadata = bundle({
    taskId: run.taskId,
    requestId: run.requestId,
    userId: run.ownerId,
    classification: run.request.classification,
    provider: engineOf(run.request.writers.primary),
    policy: run.policy,
    work: outcome.work,
    stages,
    journal,
    durationMs: timing.durationMs,
  });
  const content = plainText(outcome.work.text);
  return {
    taskId: run.taskId,
    state: outcome.state,
    content: outcome.state === 'held' ? null : content,
    metadata,
    failure: null,
    held: outcome.state === 'held' ? heldText(outcome, content) : null,
    stages,
    ...timing,
  };
}

/** The end of a run that could not be done. What was journaled until then is kept. */
export function failureEnding(
  taskId: string,
  fault: AppError,
  { stages }: RunTrace,
  timing: Timing,
): RunEnding {
  return {
    taskId,
    state: 'failed',
    content: null,
    metadata: null,
    failure: failureOf(fault),
    held: null,
    stages,
    ...timing,
  };
}

/** The end of a run that somebody wanted to end. */
export function cancelledEnding(taskId: string, fault: AppError, trace: RunTrace, timing: Timing): RunEnding {
  return { ...failureEnding(taskId, fault, trace, timing), state: 'cancelled' };
}

/** A fault as it is kept: what is safe to show of it. */
export function failureOf({ code, kind, message, hint, retryable }: AppError): RunFailure {
  return { code, kind, message, hint: hint ?? null, retryable };
}

function heldText(outcome: RunOutcome & { state: 'held' }, text: string): HeldText {
  return {
    role: outcome.role,
    text,
    sha256: sha256Hex(text),
    policies: outcome.verdict.policies,
    findings: outcome.verdict.findings,
  };
}

/** A writer's name and its model; a model's own name may hold slashes. */
function engineOf(engine: string): { readonly name: string; readonly model: string } {
  const [name = '', ...model] = engine.split('/');
  return { name, model: model.join('/') };
}
