import { isNews, type RunEvent, sizeOf } from './run-event.js';

/** What may wait for one slow reader. A whole run has about a hundred events. */
export interface WatchLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

const LIMITS: WatchLimits = { maxEvents: 1_000, maxBytes: 256 * 1024 };

/** What a watch gives: an event, or that what is stored of the run is to be looked at. `too_slow` is the last thing it gives. */
export type WatchNews =
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'look' | 'too_slow' };

/** One reader's view of a run: every event once and in order, kept for it within limits until it takes them. */
export class RunWatch {
  /** The id up to which the reader has taken everything. */
  givenId: number;
  private readonly waiting: RunEvent[] = [];
  private waitingBytes = 0;
  private shallLook = false;
  private isTooSlow = false;
  private isFinished = false;
  private isClosed = false;
  private wake: (() => void) | null = null;

  /** `lastId` is the id up to which the reader was told everything. `onClose` is called once. */
  constructor(
    readonly taskId: string,
    public lastId: number,
    private readonly onClose: (watch: RunWatch) => void,
    private readonly limits: WatchLimits = LIMITS,
  ) {
    this.givenId = lastId;
  }

  /** Takes in what the reader lacks of these events, which follow on each other. */
  add(events: readonly RunEvent[]): void {
    if (this.isTooSlow || this.isClosed) return;
    for (const event of events) {
      if (!isNews(event, this.lastId)) continue;
      this.lastId = Math.max(this.lastId, event.id);
      this.waiting.push(event);
      this.waitingBytes += sizeOf(event);
    }
    this.isTooSlow = this.waiting.length > this.limits.maxEvents || this.waitingBytes > this.limits.maxBytes;
    this.wake?.();
  }

  /** What is stored of the run says more than was told: it has ended, or may have. */
  look(): void {
    this.shallLook = true;
    this.wake?.();
  }

  /** Nothing more will come: what waits is still given. */
  finish(): void {
    this.isFinished = true;
    this.wake?.();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.wake?.();
    this.onClose(this);
  }

  /** What comes next, once there is something; null after `close`, and after `finish` when all is given. */
  async next(): Promise<WatchNews | null> {
    for (;;) {
      if (this.isClosed) return null;
      // What waits is given up: the reader comes back for it.
      if (this.isTooSlow) return { type: 'too_slow' };
      const event = this.waiting.shift();
      if (event) {
        this.waitingBytes -= sizeOf(event);
        this.givenId = Math.max(this.givenId, event.id);
        return { type: 'event', event };
      }
      if (this.shallLook) {
        this.shallLook = false;
        return { type: 'look' };
      }
      if (this.isFinished) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
  }
}
