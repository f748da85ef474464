import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { type Actor, AppError } from '../../shared/index.js';
import type { RunRecord } from '../run-record.js';
import { QueuedRunRepository } from './queued-run.repository.js';

/** Lets an admin have a failed run tried again: the same run, with what its journal holds. */
@Injectable()
export class RetryService {
  constructor(
    private readonly queued: QueuedRunRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `pipeline.not_retryable` (409) for a run that did not fail, or would fail in the same way again. */
  async retry(actor: Actor, taskId: string): Promise<RunRecord> {
    const run = await this.queued.find(taskId);
    const event = {
      actor: actor.userId,
      action: 'run.retry',
      resource: taskId,
      details: { failure_code: run.failure?.code ?? null },
    } as const;
    try {
      if (run.state !== 'failed' || !run.failure?.retryable) throw notRetryable(run);
      // Before the run may spend again: a retry without its trail must not happen.
      await this.audit.append({ ...event, outcome: 'allowed' });
      const isReopened = await this.queued.reopen(taskId);
      const now = await this.queued.find(taskId);
      if (!isReopened) throw notRetryable(now);
      return now;
    } catch (error) {
      this.audit.record({ ...event, outcome: 'failed' });
      throw error;
    }
  }
}

function notRetryable({ state, failure, taskId }: RunRecord): AppError {
  const reason = failure ? `failed with ${failure.code}` : `is ${state}`;
  return new AppError('pipeline.not_retryable', 'conflict', `A run that ${reason} cannot be tried again.`, {
    hint: 'Runs that failed for a passing reason can: GET /runs?state=failed&dead=true&all=true lists those that were given up.',
    taskId,
  });
}
