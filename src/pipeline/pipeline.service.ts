import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/index.js';
import { bindTaskId } from '../telemetry/index.js';
import { AdmissionService, type Caller } from './admission/admission.service.js';
import { AnswerReuseService } from './answers/answer-reuse.service.js';
import { IdempotencyService, inProgress } from './idempotency.service.js';
import type { QueryCommand } from './query-command.js';
import { RUN_PRIORITY } from './queue/run-priority.js';
import { RunFactory } from './run.factory.js';
import { RunService } from './run.service.js';
import { RunLeaseService } from './run-lease.service.js';
import type { NewRun, RunRecord } from './run-record.js';

/** The way in for callers that wait: makes a run of a query, at most one for an idempotency key. */
@Injectable()
export class PipelineService {
  constructor(
    private readonly leases: RunLeaseService,
    private readonly run: RunService,
    private readonly factory: RunFactory,
    private readonly answers: AnswerReuseService,
    private readonly admission: AdmissionService,
    private readonly keys: IdempotencyService,
  ) {}

  /** The run in its final state, once its owner's turn has come. With a key that was used before: the run it started then. */
  async start(
    actor: Actor,
    command: QueryCommand,
    idempotencyKey: string | null,
    caller: Caller,
  ): Promise<RunRecord> {
    this.leases.assertOpen();
    const run = this.factory.make(actor, command, idempotencyKey, RUN_PRIORITY.awaited);
    bindTaskId(run.taskId);
    // Only work that is really done takes a place; what is there is given at once.
    const standing = await this.keys.standing(run);
    if (standing) return ended(standing);
    return this.answers.answer(run, () =>
      this.admission.hold(actor.userId, caller, () => this.make(run, caller)),
    );
  }

  private async make(run: NewRun, caller: Caller): Promise<RunRecord> {
    const standing = await this.keys.begin(run, this.leases.terms);
    if (standing) return ended(standing);
    caller.began?.(run.taskId);
    return this.run.execute(run);
  }
}

/** A run as its answer stands; throws where it has none yet. */
function ended(run: RunRecord): RunRecord {
  if (run.state === 'running' || run.state === 'queued') throw inProgress(run.taskId);
  return run;
}
