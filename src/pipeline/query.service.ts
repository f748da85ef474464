import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/index.js';
import type { Caller } from './admission/admission.service.js';
import { PipelineService } from './pipeline.service.js';
import type { QueryCommand } from './query-command.js';
import type { PriorityName } from './queue/run-priority.js';
import { SubmissionService } from './queue/submission.service.js';
import type { RunRecord } from './run-record.js';

/** A query, and whether its caller waits for the answer. */
export interface QueryRequest {
  readonly command: QueryCommand;
  readonly isAsync: boolean;
  /** Of an async run. */
  readonly priority: PriorityName;
}

/** What a caller gets: a run in its final state, or a receipt for one to come. */
export interface QueryOutcome {
  readonly kind: 'ended' | 'accepted';
  readonly run: RunRecord;
}

/** Takes a query by the way its caller chose. */
@Injectable()
export class QueryService {
  constructor(
    private readonly pipeline: PipelineService,
    private readonly submissions: SubmissionService,
  ) {}

  async handle(
    actor: Actor,
    { command, isAsync, priority }: QueryRequest,
    idempotencyKey: string | null,
    caller: Caller,
  ): Promise<QueryOutcome> {
    if (isAsync)
      return {
        kind: 'accepted',
        run: await this.submissions.submit(actor, command, idempotencyKey, priority),
      };
    return { kind: 'ended', run: await this.pipeline.start(actor, command, idempotencyKey, caller) };
  }
}
