import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { TermRenewalRepository } from './term-renewal.repository.js';

/** Work that nobody waits for makes a pause as long as itself, up to this. */
const LONGEST_PAUSE_MS = 1_000;
const TRY_AGAIN_MS = 60_000;

/**
 * After an update that analyses texts by new rules: indexes anew what is stored, in the background from the start on.
 * The database says how far it came, so a restart goes on from there and several processes may do it at once.
 */
@Injectable()
export class TermRenewal implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: TermRenewalRepository,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.work = this.renewAll();
  }

  /** Ends after the documents it is at; the rest is left to the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async renewAll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const startedMs = this.clock.elapsedMs();
      try {
        if (!(await this.repository.renewNext())) return;
        await this.pause(Math.min(LONGEST_PAUSE_MS, this.clock.elapsedMs() - startedMs));
      } catch (error) {
        // Nothing is lost by waiting: what is not renewed is still found by its old terms.
        this.log.error('corpus.renewal_delayed', error);
        await this.pause(TRY_AGAIN_MS);
      }
    }
  }

  private async pause(durationMs: number): Promise<void> {
    await sleep(durationMs, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}
