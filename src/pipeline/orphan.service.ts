import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseConfig, QueueConfig } from '../config/index.js';
import { RunQueue } from './queue/run-queue.port.js';
import { RecoveryRecord } from './recovery-record.js';
import { RunClaimRepository } from './run-claim.repository.js';
import { failureOf } from './run-ending.js';
import { deadLetter } from './run-faults.js';
import { RunLeaseService } from './run-lease.service.js';

const LOOK_MS = 5_000;

/** Finds runs whose process is gone, at the start and every few seconds, and puts them back into the queue. */
@Injectable()
export class OrphanService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly claims: RunClaimRepository,
    private readonly queue: RunQueue,
    private readonly database: DatabaseConfig,
    private readonly limits: QueueConfig,
    private readonly leases: RunLeaseService,
    private readonly record: RecoveryRecord,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // The embedded database has one process: whatever another one left running is dead.
    await this.takeUp(this.database.url === null ? this.leases.terms.owner : null);
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Takes up every orphan there is; `everyOther` names the only process whose leases count. */
  async takeUp(everyOther: string | null): Promise<void> {
    const { maxAttempts } = this.limits;
    const failure = failureOf(deadLetter(maxAttempts));
    const enqueue: Parameters<RunClaimRepository['takeUpOrphans']>[3] = (manager, run) =>
      this.queue.enqueue(manager, run);
    for (;;) {
      const orphans = await this.claims.takeUpOrphans(everyOther, maxAttempts, failure, enqueue);
      for (const { taskId, isDead } of orphans) this.record.add(isDead ? 'dead' : 'orphaned', taskId);
      if (orphans.length === 0) return;
    }
  }

  private async look(): Promise<void> {
    try {
      await this.takeUp(null);
    } catch (error) {
      this.record.lookFailed(error);
    }
  }
}
