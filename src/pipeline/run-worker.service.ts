import { Injectable } from '@nestjs/common';
import { QueueConfig } from '../config/index.js';
import { AppError } from '../shared/index.js';
import { bindTaskId, withRequestId } from '../telemetry/index.js';
import { RunFactory } from './run.factory.js';
import { RunService } from './run.service.js';
import { type ClaimedRun, RunClaimRepository } from './run-claim.repository.js';
import { RunLeaseService } from './run-lease.service.js';

/**
 * `ended`: there is nothing more to do here, since a final state is stored or the run waits for a later attempt.
 * `handed_over`: this process stops; the run is queued again. `not_claimed`: another has it, or it has ended.
 */
export type Performance = 'ended' | 'handed_over' | 'not_claimed';

/** Works on runs that nobody waits for. */
@Injectable()
export class RunWorker {
  constructor(
    private readonly claims: RunClaimRepository,
    private readonly leases: RunLeaseService,
    private readonly run: RunService,
    private readonly factory: RunFactory,
    private readonly limits: QueueConfig,
  ) {}

  /** Claims a queued or orphaned run and sees it to its end. Throws only where the database is away. */
  async perform(taskId: string): Promise<Performance> {
    if (this.leases.isShuttingDown) return 'not_claimed';
    const { terms } = this.leases;
    const claimed = await this.claims.claim(taskId, terms, this.factory.pins(), this.limits.maxAttempts);
    if (claimed === null) return 'not_claimed';
    return withRequestId(claimed.run.requestId, () => this.work(claimed));
  }

  private async work(claimed: ClaimedRun): Promise<Performance> {
    bindTaskId(claimed.run.taskId);
    try {
      const { kind } = await this.run.resume(claimed);
      return kind === 'handed_over' ? 'handed_over' : 'ended';
    } catch (error) {
      if (error instanceof AppError && error.code === 'pipeline.lease_lost') return 'not_claimed';
      throw error;
    }
  }
}
