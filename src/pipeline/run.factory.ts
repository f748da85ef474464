import { Injectable } from '@nestjs/common';
import { PipelineConfig } from '../config/index.js';
import { GovernanceService } from '../governance/index.js';
import { Optimizer } from '../optimizer/index.js';
import { ProviderDirectory, type WriterName } from '../provider/index.js';
import { type Actor, Clock, hashOf, Ids } from '../shared/index.js';
import { currentRequestId } from '../telemetry/index.js';
import { type QueryCommand, requestOf } from './query-command.js';
import type { NewRun } from './run-record.js';

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

  make(actor: Actor, command: QueryCommand, idempotencyKey: string | null): NewRun {
    const taskId = this.ids.next();
    const createdAt = this.clock.now();
    return {
      taskId,
      ownerId: actor.userId,
      requestId: currentRequestId() ?? taskId,
      idempotencyKey,
      requestHash: hashOf(command),
      request: requestOf(command, {
        contextMaxChars: this.config.contextMaxChars,
        writers: this.engines(),
        plan: this.optimizer.plan(command.strategy ?? null),
        mayRecall: this.optimizer.keepMs > 0,
        asOf: createdAt.toISOString().slice(0, 10),
      }),
      policy: this.governance.policyRef(),
      createdAt,
    };
  }

  private engines(): NewRun['request']['writers'] {
    const engine = (writer: WriterName) => {
      const { name, model } = this.providers.writer(writer).describe();
      return `${name}/${model}`;
    };
    return { primary: engine('primary'), firebreak: engine('firebreak'), local: engine('local') };
  }
}
