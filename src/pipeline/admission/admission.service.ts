import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AdmissionConfig } from '../../config/index.js';
import { type AppError, Clock } from '../../shared/index.js';
import { Metrics } from '../../telemetry/index.js';
import { shuttingDown } from '../run-lease.service.js';
import { callerGone, ownerQueueFull, queueFull } from './admission.errors.js';
import { AdmissionQueue } from './admission.queue.js';

/** Taken for the time of one piece of work until one has ended. */
const FIRST_GUESS_MS = 1_000;
/** How much the newest time counts in the mean of recent ones. */
const NEWEST_SHARE = 0.2;
const MIN_RETRY_SECONDS = 1;
const MAX_RETRY_SECONDS = 30;

/** Who asks for a turn, and may go away before it comes. */
export interface Caller {
  isGone(): boolean;
  /** Calls `listener` when the caller goes; gives back how to stop listening. */
  whenGone(listener: () => void): () => void;
  /** Told once the run is stored and its work begins; not where an answer is there already. */
  readonly began?: (taskId: string) => void;
}

/** Work that runs or waits; what wakes it is there only while it waits. */
interface Place {
  start?: () => void;
  refuse?: (reason: AppError) => void;
}

/** Lets so much work run at once, so much more wait its turn, fairly between owners, and refuses the rest at once. */
@Injectable()
export class AdmissionService implements OnModuleDestroy {
  private readonly queue: AdmissionQueue<Place>;
  private meanMs = FIRST_GUESS_MS;
  private isClosing = false;

  constructor(
    private readonly limits: AdmissionConfig,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    this.queue = new AdmissionQueue(limits);
  }

  /**
   * Does `work` in its turn and keeps its place until it has ended, even where the caller goes away meanwhile.
   * Throws `pipeline.queue_full` (503), `pipeline.owner_queue_full` (429), `pipeline.shutting_down` (503), and
   * `pipeline.caller_gone` where the caller went away while it waited.
   */
  async hold<T>(owner: string, caller: Caller, work: () => Promise<T>): Promise<T> {
    if (this.isClosing) throw shuttingDown();
    const place: Place = {};
    const offer = this.queue.offer(owner, place);
    if (offer === 'queue_full' || offer === 'owner_queue_full') throw this.refusal(offer);
    this.report();
    if (offer === 'waiting') await this.turnOf(owner, place, caller);
    try {
      // It may have gone between the end of the work before and this line.
      if (offer === 'waiting' && caller.isGone()) throw callerGone();
      return await this.timed(work);
    } finally {
      this.queue.release(place)?.start?.();
      this.report();
    }
  }

  /** What waits is refused before runs at work are waited for: the grace time is for those. */
  onModuleDestroy(): void {
    this.isClosing = true;
    for (const { refuse } of this.queue.clear()) refuse?.(shuttingDown());
    this.report();
  }

  private async turnOf(owner: string, place: Place, caller: Caller): Promise<void> {
    const turn = new Promise<void>((resolve, reject) => {
      place.start = resolve;
      place.refuse = reject;
    });
    const stopListening = caller.whenGone(() => {
      if (!this.queue.leave(owner, place)) return;
      this.report();
      place.refuse?.(callerGone());
    });
    try {
      await turn;
    } finally {
      stopListening();
    }
  }

  private async timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = this.clock.elapsedMs();
    try {
      return await work();
    } finally {
      const tookMs = this.clock.elapsedMs() - startedMs;
      this.meanMs += NEWEST_SHARE * (tookMs - this.meanMs);
    }
  }

  private refusal(offer: 'queue_full' | 'owner_queue_full'): AppError {
    this.metrics.refused('queue_full');
    const waitMs = (this.meanMs * (this.queue.waiting + 1)) / this.limits.maxConcurrent;
    const seconds = Math.min(MAX_RETRY_SECONDS, Math.max(MIN_RETRY_SECONDS, Math.ceil(waitMs / 1_000)));
    return offer === 'queue_full' ? queueFull(seconds) : ownerQueueFull(seconds);
  }

  private report(): void {
    this.metrics.admissionChanged(this.queue.running, this.queue.waiting);
  }
}
