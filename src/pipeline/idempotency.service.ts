import { Injectable } from '@nestjs/common';
import { AppError } from '../shared/index.js';
import { RunRepository } from './run.repository.js';
import type { LeaseTerms } from './run-lease.js';
import type { NewRun, RunRecord } from './run-record.js';

/** Sees that the requests of one idempotency key start one run, until it failed for a passing reason. */
@Injectable()
export class IdempotencyService {
  constructor(private readonly runs: RunRepository) {}

  /**
   * The run that the key of `run` stands for; null where there is none, or where it failed and may be tried again.
   * Throws `pipeline.idempotency_mismatch` where that run was made for another request.
   */
  async standing(run: NewRun): Promise<RunRecord | null> {
    const earlier = await this.earlier(run);
    return earlier && isOver(earlier) ? null : earlier;
  }

  /** Stores a run as working under a lease: null, or the standing run where its key is taken. */
  begin(run: NewRun, terms: LeaseTerms): Promise<RunRecord | null> {
    return this.establish(run, () => this.runs.create(run, terms));
  }

  /**
   * Null once `store` has stored the run; the standing run where its key is taken, which `store` says with false. A
   * run that failed and may be tried again gives its key up.
   */
  async establish(run: NewRun, store: () => Promise<boolean>): Promise<RunRecord | null> {
    for (;;) {
      if (await store()) return null;
      const earlier = await this.earlier(run);
      if (earlier && !isOver(earlier)) return earlier;
      if (earlier) await this.runs.releaseKey(earlier.taskId);
    }
  }

  private async earlier(run: NewRun): Promise<RunRecord | null> {
    if (run.idempotencyKey === null) return null;
    const earlier = await this.runs.findByKey(run.ownerId, run.idempotencyKey);
    if (earlier && earlier.requestHash !== run.requestHash) throw otherRequest(earlier.taskId);
    return earlier;
  }
}

/** Whether the run has failed in a way that gives its key to the next request. */
function isOver({ state, failure }: RunRecord): boolean {
  return state === 'failed' && failure !== null && failure.retryable;
}

function otherRequest(taskId: string): AppError {
  return new AppError(
    'pipeline.idempotency_mismatch',
    'conflict',
    'This Idempotency-Key was used for another request.',
    {
      hint: 'Use a new key for a new request, or send the same body again.',
      taskId,
    },
  );
}

/** The run of a key has no answer yet, and its caller asked for one. */
export function inProgress(taskId: string): AppError {
  return new AppError(
    'pipeline.in_progress',
    'conflict',
    'A run for this Idempotency-Key is waiting or still working.',
    {
      hint: `Repeat the request after the time in Retry-After, or read GET /runs/${taskId}.`,
      retryable: true,
      retryAfterSeconds: 1,
      taskId,
    },
  );
}
