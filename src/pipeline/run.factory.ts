import { Injectable } from '@nestjs/common';
import { PipelineConfig } from '../config/index.js';
import { GovernanceService } from '../governance/index.js';
import { Optimizer } from '../optimizer/index.js';
import { ProviderDirectory, type WriterName } from '../provider/index.js';
import { type Actor, Clock, hashOf, Ids } from '../shared/index.js';
import { currentRequestId } from '../telemetry/index.js';
import { type QueryCommand, requestOf } from './query-command.js';
import type { NewRun } from './run-record.js';

/** What must not change between a run's start and its end. */
export interface RunPins {
  readonly policy: NewRun['policy'];
  readonly writers: NewRun['request']['writers'];
}

/** Makes a run of a command: its id, its completed request, and the policy it is pinned to. */
@Injectable()
export class RunFactory {
  constructor(
    private readonly governance: GovernanceService,
    private readonly config: PipelineConfig,
    private readonly providers: ProviderDirectory,
    private readonly optimizer: Optimizer,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  make(actor: Actor, command: QueryCommand, idempotencyKey: string | null, priority = 0): NewRun {
    const taskId = this.ids.next();
    const createdAt = this.clock.now();
    const { policy, writers } = this.pins();
    return {
      taskId,
      ownerId: actor.userId,
      actor: { userId: actor.userId, scopes: actor.scopes },
      priority,
      requestId: currentRequestId() ?? taskId,
      idempotencyKey,
      requestHash: hashOf(command),
      request: requestOf(command, {
        contextMaxChars: this.config.contextMaxChars,
        writers,
        plan: this.optimizer.plan(command.strategy ?? null),
        mayRecall: this.optimizer.keepMs > 0,
        asOf: createdAt.toISOString().slice(0, 10),
      }),
      policy,
      createdAt,
    };
  }

  /** What a run is bound to from its start on: the policy and the engines in force. */
  pins(): RunPins {
    const engine = (writer: WriterName) => {
      const { name, model } = this.providers.writer(writer).describe();
      return `${name}/${model}`;
    };
    const writers = { primary: engine('primary'), firebreak: engine('firebreak'), local: engine('local') };
    return { policy: this.governance.policyRef(), writers };
  }
}
