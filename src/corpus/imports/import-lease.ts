import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseConfig } from '../../config/index.js';
import { Ids } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { ImportRepository, type LeaseHolder } from './import.repository.js';
import { ImportStop } from './import-stop.js';

const LEASE_SECONDS = 30;
const BEAT_MS = 5_000;

/** Says which imports this process still works on, and hears which of them have to stop. */
@Injectable()
export class ImportLease implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly holder: LeaseHolder;
  private readonly held = new Map<string, AbortController>();
  private isStopping = false;
  private beat: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: ImportRepository,
    private readonly database: DatabaseConfig,
    private readonly log: Log,
    ids: Ids,
  ) {
    this.holder = { owner: ids.next(), seconds: LEASE_SECONDS };
  }

  /** This process, where it is the only one there can be: the embedded database has one. */
  get soleOwner(): string | null {
    return this.database.url === null ? this.holder.owner : null;
  }

  onApplicationBootstrap(): void {
    this.beat = setInterval(() => void this.keep(), BEAT_MS).unref();
  }

  /** Tells all work to stop; what it still writes takes less time than the lease lasts. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    for (const stop of this.held.values()) stop.abort(new ImportStop('stopping'));
    clearInterval(this.beat);
  }

  /** Keeps the lease of an import, waiting or at work, until `work` has ended; its signal says when it has to stop. */
  async hold<T>(importId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    this.held.set(importId, stop);
    if (this.isStopping) stop.abort(new ImportStop('stopping'));
    try {
      return await work(stop.signal);
    } finally {
      this.held.delete(importId);
    }
  }

  /** Stops an import at once where this process has it; another one hears of it at its next beat. */
  cancel(importId: string): void {
    this.held.get(importId)?.abort(new ImportStop('cancelled'));
  }

  /** Renews the leases and stops what was cancelled elsewhere or is no longer this process's. */
  async keep(): Promise<void> {
    if (this.held.size === 0) return;
    const ids = [...this.held.keys()];
    try {
      const kept = await this.repository.renew(ids, this.holder);
      for (const id of ids) {
        const row = kept.get(id);
        if (row === undefined) this.held.get(id)?.abort(new ImportStop('lost'));
        else if (row.isCancelling) this.cancel(id);
      }
    } catch (error) {
      this.log.warn('corpus.import_beat_failed', {
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
  }
}
