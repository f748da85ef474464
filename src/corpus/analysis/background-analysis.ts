import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { MemoryManager } from '../../memory/index.js';
import { Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { DocumentWriter } from '../documents/imported-document.js';
import { StaleVoices } from '../voice/stale-voices.js';
import { SafetyScreening } from './safety-screening.js';

/** Finds what other processes left behind, and what had to wait. */
const LOOK_EVERY_MS = 30_000;
/** A pause is as long as the work before it, up to this: requests find half of the time free. */
const LONGEST_PAUSE_MS = 1_000;

/**
 * Does what an import need not wait for: looks texts through for what asks for care, and learns voices anew. The
 * database says what is left, so a restart loses nothing and several processes may do it at once.
 */
@Injectable()
export class BackgroundAnalysis implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private round: Promise<void> | null = null;
  private isAskedAgain = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly screening: SafetyScreening,
    private readonly voices: StaleVoices,
    private readonly writer: DocumentWriter,
    @Inject(MemoryManager) private readonly memory: Pick<MemoryManager, 'pressure'>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.writer.activity.onEnd(() => this.wake());
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
    this.wake();
  }

  /** Ends after what it is doing; the rest is left to the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.round;
  }

  /** Starts to work unless it does. */
  wake(): void {
    this.isAskedAgain = true;
    this.round ??= this.work().finally(() => {
      this.round = null;
    });
  }

  /** Resolves when all is done that can be done now. */
  async settled(): Promise<void> {
    this.wake();
    while (this.round !== null) await this.round;
  }

  private async work(): Promise<void> {
    try {
      while (this.isAskedAgain) {
        this.isAskedAgain = false;
        while (await this.workOnce());
      }
    } catch (error) {
      // Nothing is lost by waiting: the timer asks again.
      this.log.error('corpus.analysis_delayed', error);
    }
  }

  /** False where there is nothing to do, or nothing that may be done now. */
  private async workOnce(): Promise<boolean> {
    const { signal } = this.stopping;
    await this.writer.activity.whenIdle(signal);
    if (signal.aborted || this.memory.pressure() !== 'ok') return false;
    const startedMs = this.clock.elapsedMs();
    const hasWorked = (await this.screening.screenNext()) || (await this.voices.learnNext());
    const pauseMs = Math.min(LONGEST_PAUSE_MS, this.clock.elapsedMs() - startedMs);
    if (hasWorked) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    return hasWorked;
  }
}
