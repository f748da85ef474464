import { Injectable } from '@nestjs/common';
import { QueueConfig } from '../../config/index.js';
import { type Actor, hasScope } from '../../shared/index.js';
import { bindTaskId } from '../../telemetry/index.js';
import { AnswerReuseService } from '../answers/answer-reuse.service.js';
import { IdempotencyService } from '../idempotency.service.js';
import type { QueryCommand } from '../query-command.js';
import { RunFactory } from '../run.factory.js';
import { RunLeaseService } from '../run-lease.service.js';
import type { NewRun, RunRecord } from '../run-record.js';
import { ownerQueueTooLong, priorityForbidden, queueTooLong } from './queue.errors.js';
import { QueuedRunRepository } from './queued-run.repository.js';
import { type PriorityName, RUN_PRIORITY } from './run-priority.js';

/** The way in for callers that do not wait: puts a run of a query into the queue. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly leases: RunLeaseService,
    private readonly factory: RunFactory,
    private readonly keys: IdempotencyService,
    private readonly answers: AnswerReuseService,
    private readonly queued: QueuedRunRepository,
    private readonly limits: QueueConfig,
  ) {}

  /**
   * The run, which waits for a worker; one that was given a kept answer has ended, and one whose key was used before
   * stands as it is. Throws `pipeline.queue_too_long` (503), `pipeline.owner_queue_too_long` (429) and
   * `pipeline.priority_forbidden` (403), each before anything is stored.
   */
  async submit(
    actor: Actor,
    command: QueryCommand,
    idempotencyKey: string | null,
    priority: PriorityName,
  ): Promise<RunRecord> {
    this.leases.assertOpen();
    if (priority === 'high' && !hasScope(actor, 'admin')) throw priorityForbidden();
    const run = this.factory.make(actor, command, idempotencyKey, RUN_PRIORITY[priority]);
    bindTaskId(run.taskId);
    return (
      (await this.keys.standing(run)) ??
      (await this.answers.kept(run)) ??
      (await this.keys.establish(run, () => this.store(run))) ??
      this.queued.find(run.taskId)
    );
  }

  /** False where the run's key is taken. */
  private async store(run: NewRun): Promise<boolean> {
    const outcome = await this.queued.store(run, this.limits);
    if (outcome === 'queue_full') throw queueTooLong(this.limits.maxQueued);
    if (outcome === 'owner_queue_full') throw ownerQueueTooLong(this.limits.maxQueuedPerOwner);
    return outcome === 'stored';
  }
}
