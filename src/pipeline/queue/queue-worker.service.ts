import { setTimeout as sleep } from 'node:timers/promises';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { QueueConfig } from '../../config/index.js';
import { Log } from '../../telemetry/index.js';
import { RunWorker } from '../run-worker.service.js';
import { QueueSignal } from './queue-signal.js';
import { QueueSource } from './queue-source.js';

/** A queued run is signalled; this finds what comes due by its time, or was signalled while nobody could listen. */
const POLL_MS = 2_000;
/** What is said of the last runs; who hears it not, finds it out. */
const LAST_WRITES_MS = 2_000;

/** Works on queued runs, at most so many at once, each as soon as there is one and a place for it. */
@Injectable()
export class QueueWorkerService implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly active = new Set<Promise<void>>();
  private isClosing = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: QueueSource,
    private readonly worker: RunWorker,
    private readonly signal: QueueSignal,
    private readonly queue: QueueConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.queue.workers === 0) return;
    this.signal.listen();
    this.loop = this.work();
  }

  /** The first hook of a shutdown: nothing new is taken when runs at work are waited for, and then handed over. */
  onModuleDestroy(): void {
    this.isClosing = true;
    this.signal.close();
  }

  async onApplicationShutdown(): Promise<void> {
    const all = this.loop.then(() => Promise.all(this.active));
    await Promise.race([all, sleep(LAST_WRITES_MS, undefined, { ref: false })]);
  }

  private async work(): Promise<void> {
    while (!this.isClosing) {
      const run = this.active.size < this.queue.workers ? await this.source.next() : null;
      if (run) this.begin(run.taskId);
      else await this.signal.wait(POLL_MS);
    }
  }

  private begin(taskId: string): void {
    const work = this.perform(taskId).finally(() => {
      this.active.delete(work);
      this.signal.raise();
    });
    this.active.add(work);
  }

  private async perform(taskId: string): Promise<void> {
    // Taken while the process began to close: another one shall not wait for this one's end.
    if (this.isClosing) return this.source.giveBack(taskId);
    try {
      await this.worker.perform(taskId);
      await this.source.done(taskId);
    } catch (error) {
      this.log.error('queue.run_not_worked', error, { task_id: taskId });
      await this.source.giveBack(taskId);
    }
  }
}
