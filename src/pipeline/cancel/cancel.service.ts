import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { Notifications } from '../../database/index.js';
import { type Actor, AppError, hasScope } from '../../shared/index.js';
import { RunEventBus } from '../events/run-event.bus.js';
import { cancelled } from '../run-faults.js';
import { RunLeaseService } from '../run-lease.service.js';
import { notFound, RunReaderService, type ViewedRun } from '../run-reader.service.js';
import type { RunRecord } from '../run-record.js';
import { isUnderWay } from '../run-state.js';
import { CancelRepository } from './cancel.repository.js';

/** Every process listens: the one that works on the run stops. */
const CHANNEL = 'mcg_run_cancel';

/** Ends a run before its end, wherever it waits or works. */
@Injectable()
export class CancelService implements OnApplicationBootstrap {
  constructor(
    private readonly reader: RunReaderService,
    private readonly cancels: CancelRepository,
    private readonly leases: RunLeaseService,
    private readonly bus: RunEventBus,
    private readonly notifications: Notifications,
    private readonly audit: AuditLog,
  ) {}

  onApplicationBootstrap(): void {
    this.notifications.listen(CHANNEL, (taskId) => void this.leases.stop(taskId, cancelled(taskId)));
  }

  /**
   * The run as it is then: `cancelled`, or still running until its process has stopped. A cancelled one stays so.
   * Throws `pipeline.run_not_found` and, for a run with another end, `pipeline.run_ended`.
   */
  async cancel(actor: Actor, taskId: string): Promise<ViewedRun> {
    const { run } = await this.reader.see(actor, taskId);
    if (run.ownerId !== actor.userId && !hasScope(actor, 'admin')) throw notFound(taskId);
    if (isUnderWay(run.state)) await this.request(actor, run);
    const viewed = await this.reader.see(actor, taskId);
    if (isUnderWay(viewed.run.state) || viewed.run.state === 'cancelled') return viewed;
    throw ended(viewed.run);
  }

  private async request(actor: Actor, { taskId, state }: RunRecord): Promise<void> {
    // Before anything is stopped: an act without its trail must not happen.
    await this.audit.append({
      actor: actor.userId,
      action: 'run.cancel',
      resource: taskId,
      outcome: 'allowed',
      details: { state },
    });
    const { code, kind, message, hint = null, retryable } = cancelled(taskId);
    const now = await this.cancels.cancel(taskId, { code, kind, message, hint, retryable });
    if (now === 'cancelled') this.bus.ended(taskId);
    // The process that works on it looks at the row from time to time, should this not reach it.
    else if (now === 'running' && !this.leases.stop(taskId, cancelled(taskId)))
      await this.notifications.notify(CHANNEL, taskId);
  }
}

function ended({ taskId, state }: RunRecord): AppError {
  return new AppError('pipeline.run_ended', 'conflict', `This run has ended: it is ${state}.`, {
    hint:
      state === 'held'
        ? 'A reviewer ends a held run: POST /runs/:task_id/decision.'
        : 'There is nothing left to cancel.',
    taskId,
    details: { state },
  });
}
