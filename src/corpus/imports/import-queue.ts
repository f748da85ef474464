import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { LeaseHolder } from './import.repository.js';
import { ImportLease } from './import-lease.js';

const LAST_BATCH_MS = 15_000;

/** Lets imports, and what takes them back, go one at a time, so that their memory does not add up in one process. */
@Injectable()
export class ImportQueue implements BeforeApplicationShutdown {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly lease: ImportLease) {}

  /** The lease by which this process holds what is in the queue. */
  get holder(): LeaseHolder {
    return this.lease.holder;
  }

  /** Runs `work` in its turn under the import's lease; before its turn where the import is told to stop. */
  run(importId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { last } = this;
    const done = this.lease.hold(importId, async (signal) => {
      await Promise.race([last, whenAborted(signal)]);
      await work(signal);
    });
    this.last = Promise.allSettled([last, done]);
    return done;
  }

  /** Lets what is at work end at its next beat; a batch that hangs is not waited for. */
  async beforeApplicationShutdown(): Promise<void> {
    this.lease.beforeApplicationShutdown();
    await Promise.race([this.last, sleep(LAST_BATCH_MS, undefined, { ref: false })]);
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
