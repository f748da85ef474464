import { Injectable } from '@nestjs/common';
import { type Actor, AppError } from '../shared/index.js';
import { bindTaskId } from '../telemetry/index.js';
import { AdmissionService, type Caller } from './admission/admission.service.js';
import { AnswerReuseService } from './answers/answer-reuse.service.js';
import type { QueryCommand } from './query-command.js';
import { RunFactory } from './run.factory.js';
import { RunRepository } from './run.repository.js';
import { RunService } from './run.service.js';
import { RunLeaseService } from './run-lease.service.js';
import type { NewRun, RunRecord } from './run-record.js';

/** The way in: makes a run of a query, at most one for an idempotency key. */
@Injectable()
export class PipelineService {
  constructor(
    private readonly runs: RunRepository,
    private readonly leases: RunLeaseService,
    private readonly run: RunService,
    private readonly factory: RunFactory,
    private readonly answers: AnswerReuseService,
    private readonly admission: AdmissionService,
  ) {}

  /** The run in its final state, once its owner's turn has come. With a key that was used before: the run it started then. */
  async start(
    actor: Actor,
    command: QueryCommand,
    idempotencyKey: string | null,
    caller: Caller,
  ): Promise<RunRecord> {
    this.leases.assertOpen();
    const run = this.factory.make(actor, command, idempotencyKey);
    bindTaskId(run.taskId);
    // Only work that is really done takes a place; what is there is given at once.
    const earlier = await this.earlier(run);
    if (earlier && !earlier.failure?.retryable) return repeated(run, earlier);
    return this.answers.answer(run, () =>
      this.admission.hold(actor.userId, caller, () => this.make(actor, run)),
    );
  }

  private async make(actor: Actor, run: NewRun): Promise<RunRecord> {
    if (await this.runs.create(run, this.leases.owner, this.leases.leaseSeconds))
      return this.run.execute(actor, run);
    const earlier = await this.earlier(run);
    return earlier ? this.repeat(actor, run, earlier) : this.make(actor, run);
  }

  private async earlier({ ownerId, idempotencyKey }: NewRun): Promise<RunRecord | null> {
    return idempotencyKey === null ? null : this.runs.findByKey(ownerId, idempotencyKey);
  }

  private async repeat(actor: Actor, run: NewRun, earlier: RunRecord): Promise<RunRecord> {
    if (!earlier.failure?.retryable) return repeated(run, earlier);
    if (earlier.requestHash !== run.requestHash) throw otherRequest(earlier.taskId);
    await this.runs.releaseKey(earlier.taskId);
    if (await this.runs.create(run, this.leases.owner, this.leases.leaseSeconds))
      return this.run.execute(actor, run);
    throw inProgress(earlier.taskId);
  }
}

/** The earlier run of a key, as its answer stands; throws where it was another request's or still works. */
function repeated(run: NewRun, earlier: RunRecord): RunRecord {
  if (earlier.requestHash !== run.requestHash) throw otherRequest(earlier.taskId);
  if (earlier.state === 'running') throw inProgress(earlier.taskId);
  return earlier;
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

function inProgress(taskId: string): AppError {
  return new AppError(
    'pipeline.in_progress',
    'conflict',
    'A run for this Idempotency-Key is still working.',
    {
      hint: `Repeat the request after the time in Retry-After, or read GET /runs/${taskId}.`,
      retryable: true,
      retryAfterSeconds: 1,
      taskId,
    },
  );
}
