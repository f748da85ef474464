import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Log } from '../telemetry/index.js';
import type { OperationName } from './operation.js';

/** What was told to stop should have done so after this time. */
const STOPPING_MS = 1_000;

/** Watches work that nobody waits for any more, until it ends. */
@Injectable()
export class UnfinishedWork implements BeforeApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly log: Log) {}

  /** How much of it there is now. */
  get count(): number {
    return this.running.size;
  }

  /** Watches work that was told to stop; what it still gives or throws is of no use to anybody. */
  watch(op: OperationName, work: Promise<unknown>): void {
    const warning = setTimeout(() => this.log.warn('optimizer.still_running', { op }), STOPPING_MS).unref();
    const ended: Promise<void> = work
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        clearTimeout(warning);
        this.running.delete(ended);
      });
    this.running.add(ended);
  }

  /** What stops may still settle what it reserved; a process that ends gives it the time to. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.running.size === 0) return;
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, STOPPING_MS);
    await Promise.race([Promise.all(this.running), waited]);
    clearTimeout(timer);
  }
}
