import { Injectable } from '@nestjs/common';
import { MemoryManager } from '../../memory/index.js';
import { Log, Metrics } from '../../telemetry/index.js';
import { RunJobs, type TakenRun } from './run-jobs.port.js';

/** Gives this process its next queued run, and takes back what became of it; a fault of the database is not thrown. */
@Injectable()
export class QueueSource {
  constructor(
    private readonly jobs: RunJobs,
    private readonly memory: MemoryManager,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  /** Null where there is none, memory is at its limit, or the database is away. */
  async next(): Promise<TakenRun | null> {
    if (this.memory.pressure() === 'limit') return null;
    const run = await this.tried('take', () => this.jobs.take());
    if (run) this.metrics.queueWaited(run.waitedSeconds);
    return run;
  }

  async done(taskId: string): Promise<void> {
    await this.tried('done', () => this.jobs.done(taskId));
  }

  async giveBack(taskId: string): Promise<void> {
    await this.tried('give_back', () => this.jobs.giveBack(taskId));
  }

  /** What could not be said to the database is found out by `mend`. */
  private async tried<T>(act: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.log.warn('queue.unreachable', { act, reason: error instanceof Error ? error.message : 'unknown' });
      return null;
    }
  }
}
