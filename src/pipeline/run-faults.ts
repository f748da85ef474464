import { databaseFault } from '../database/index.js';
import { AppError } from '../shared/index.js';
import { StageBlocked } from './stage.js';

/** This process stops: the run waits in the queue for another one. */
export function handedOver(taskId: string): AppError {
  return new AppError(
    'pipeline.handed_over',
    'unavailable',
    'The process that worked on this run stops; another one goes on with it.',
    {
      hint: `Read GET /runs/${taskId}, or repeat the request with its Idempotency-Key.`,
      retryAfterSeconds: 2,
      taskId,
      details: { location: `/runs/${taskId}` },
    },
  );
}

/** Another process has claimed the run: this one may write nothing of it any more. */
export function leaseLost(taskId: string): AppError {
  return new AppError('pipeline.lease_lost', 'unavailable', 'Another process works on this run by now.', {
    hint: `Read GET /runs/${taskId}, or repeat the request with its Idempotency-Key.`,
    retryAfterSeconds: 2,
    taskId,
  });
}

/** The database was away for longer than the lease: whoever finds the run when it is back goes on with it. */
export function interrupted(taskId: string, cause: unknown): AppError {
  return new AppError(
    'pipeline.interrupted',
    'unavailable',
    'The database was away for too long; the run goes on when it is back.',
    {
      hint: `Nothing was lost. Read GET /runs/${taskId} later, or repeat the request with its Idempotency-Key.`,
      retryAfterSeconds: 5,
      taskId,
      cause,
    },
  );
}

/** Somebody who may has ended the run before its end. */
export function cancelled(taskId: string): AppError {
  return new AppError('pipeline.cancelled', 'conflict', 'This run was cancelled.', {
    hint: 'Send the request again to have it answered.',
    taskId,
  });
}

export function timeboxExceeded(runTimeboxMs: number): AppError {
  return new AppError(
    'pipeline.timebox_exceeded',
    'timeout',
    `The run took longer than ${runTimeboxMs} ms.`,
    { hint: 'Repeat it, ask for less, or raise RUN_TIMEBOX_MS.', retryable: true, retryAfterSeconds: 5 },
  );
}

/** A run that ended every process that tried it is not tried again by itself. */
export function deadLetter(attempts: number, cause?: AppError): AppError {
  const reason = cause ? ` The last one ended with ${cause.code}.` : '';
  return new AppError(
    'pipeline.dead_letter',
    'unavailable',
    `The run was given up after ${attempts} attempts.${reason}`,
    {
      hint: 'An admin can try it again with POST /runs/:task_id/retry; repeating the request starts a new run.',
      retryable: true,
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

export function policyChanged(pinned: string, current: string): AppError {
  return new AppError(
    'pipeline.policy_changed',
    'conflict',
    `The run began under policy ${pinned.slice(0, 12)}, and ${current.slice(0, 12)} is in force.`,
    { hint: 'Repeat the request: a new run is decided by the policy in force.', retryable: true },
  );
}

export function enginesChanged(): AppError {
  return new AppError(
    'pipeline.resume_diverged',
    'conflict',
    'The run began with other writers than are configured now.',
    { hint: 'Repeat the request: a new run is written by what is configured.', retryable: true },
  );
}

/** Ends of an attempt that are no end of the run: what was being done meanwhile is done again. */
export function isInterruption(reason: unknown): boolean {
  const codes = ['pipeline.handed_over', 'pipeline.lease_lost'];
  return reason instanceof AppError && codes.includes(reason.code);
}

/** Whether the database was away; a fault of something else that could not be reached either is not that. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AppError) return ['pipeline.interrupted', 'database.unavailable'].includes(error.code);
  return databaseFault(error) !== null;
}

/** What a run's error means to its caller; what is not known stays inside. */
export function faultOf(error: unknown, taskId: string): AppError {
  const known = error instanceof AppError ? error : databaseFault(error);
  if (known) {
    const { hint, retryable, retryAfterSeconds, details } = known;
    return new AppError(known.code, known.kind, known.message, {
      ...(hint === undefined ? {} : { hint }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(details === undefined ? {} : { details }),
      retryable,
      taskId,
      cause: error,
    });
  }
  if (error instanceof StageBlocked) return blockedFault(error, taskId);
  return new AppError('pipeline.internal', 'internal', 'The run ended in an error of ours.', {
    hint: 'Report it with the request id; the log of the server holds the cause.',
    taskId,
    cause: error,
  });
}

const HINTS: Readonly<Record<string, string>> = {
  'optimizer.quality_gate':
    'The texts measured below OPTIMIZATION_QA_MIN_*; lower these, or turn OPTIMIZATION_QA_ENFORCE off.',
  'optimizer.timebox':
    'Repeat the request later; OPTIMIZATION_TIMEBOX_MS says how long an operation may take.',
};

/** What it means that a role could not go on. */
function blockedFault(error: StageBlocked, taskId: string): AppError {
  const isLate = error.code === 'optimizer.timebox';
  return new AppError(
    error.code,
    isLate ? 'timeout' : 'unprocessable',
    `The ${error.role} could not go on: ${error.message}`,
    {
      hint: HINTS[error.code] ?? 'GET /policy shows what each role may do.',
      retryable: isLate,
      taskId,
      cause: error,
    },
  );
}
