import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MetricsConfig } from '../../config/index.js';
import { Log, Metrics } from '../../telemetry/index.js';
import { StandingRunsService } from '../standing-runs.service.js';
import type { StandingState } from '../summary.repository.js';
import { RunJobs } from './run-jobs.port.js';
import { RunQueue } from './run-queue.port.js';

const ROUND_MS = 10_000;
const LAST_ROUND_MS = 2_000;
/** Every so many rounds what is over is removed. */
const TIDY_EACH = 6;

/** Keeps the queue sound and tells how it stands, once in a while and one round at a time. */
@Injectable()
export class QueueCaretakerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | null = null;
  private rounds = 0;

  constructor(
    private readonly jobs: RunJobs,
    private readonly queue: RunQueue,
    private readonly standing: StandingRunsService,
    private readonly config: MetricsConfig,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.begin(), ROUND_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    // A statement that hangs must not keep the process.
    await Promise.race([this.round, sleep(LAST_ROUND_MS, undefined, { ref: false })]);
  }

  private begin(): void {
    this.round ??= this.tryToCare().finally(() => {
      this.round = null;
    });
  }

  /** One round: mends, tells the metrics how the queue stands, and now and then removes what is over. */
  async care(): Promise<void> {
    const mended = await this.jobs.mend();
    if (mended > 0) this.log.warn('queue.mended', { runs: mended });
    if (this.config.enabled) await this.measure();
    if (this.rounds++ % TIDY_EACH === 0) await this.jobs.tidy();
  }

  private async tryToCare(): Promise<void> {
    try {
      await this.care();
    } catch (error) {
      this.log.warn('queue.round_failed', { reason: error instanceof Error ? error.message : 'unknown' });
    }
  }

  private async measure(): Promise<void> {
    const { oldestWaitingSeconds, ...counts } = await this.queue.figures();
    this.metrics.queueMeasured(counts, oldestWaitingSeconds ?? 0);
    for (const [state, { count, oldestSeconds }] of Object.entries(await this.standing.figure()))
      this.metrics.runsStood(state as StandingState, count, oldestSeconds ?? 0);
  }
}
