import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseConfig } from '../../config/index.js';
import { Ids } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { ImportRepository } from './import.repository.js';
import { INTERRUPTED } from './import-fault.js';

const LEASE_SECONDS = 30;
const BEAT_MS = 5_000;

/** Says which imports this process still works on, and ends those whose process is gone. */
@Injectable()
export class ImportLease implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly owner: string;
  readonly seconds = LEASE_SECONDS;
  private readonly held = new Set<string>();
  private beat: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: ImportRepository,
    private readonly database: DatabaseConfig,
    private readonly log: Log,
    ids: Ids,
  ) {
    this.owner = ids.next();
  }

  async onApplicationBootstrap(): Promise<void> {
    // The embedded database has one process: whatever another one left running is dead.
    await this.repository.failOrphans(INTERRUPTED, this.database.url === null ? this.owner : null);
    this.beat = setInterval(() => void this.keep(), BEAT_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.beat);
  }

  /** Keeps the lease of an import, waiting or at work, until `work` has ended. */
  async hold<T>(importId: string, work: () => Promise<T>): Promise<T> {
    this.held.add(importId);
    try {
      return await work();
    } finally {
      this.held.delete(importId);
    }
  }

  private async keep(): Promise<void> {
    try {
      if (this.held.size > 0) await this.repository.renew([...this.held], LEASE_SECONDS);
      await this.repository.failOrphans(INTERRUPTED, null);
    } catch (error) {
      this.log.warn('corpus.import_beat_failed', {
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
  }
}
