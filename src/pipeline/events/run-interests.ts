import type { RunEvent } from './run-event.js';

/** An interest that is not told of again for so long is over: its process may be gone. */
const KEPT_MS = 15_000;
/** More than these are not taken in: whoever asks looks at what is stored from time to time. */
const MAX_INTERESTS = 10_000;

/** One other process that watches one run. */
interface Interest {
  readonly taskId: string;
  readonly replica: string;
  /** The last event that was made before those that wait. */
  follows: number;
  waiting: RunEvent[];
  endMs: number;
}

/** Events for one process, which follow on the event `follows`. */
export interface EventBatch {
  readonly replica: string;
  readonly taskId: string;
  readonly follows: number;
  readonly events: readonly RunEvent[];
}

/** Which other processes watch which runs, and what each is still to be sent. */
export class RunInterests {
  private readonly byRun = new Map<string, Map<string, Interest>>();
  private readonly unsent = new Set<Interest>();
  private count = 0;

  /** `known` are the run's events after `afterId`, where it is at work here. */
  add(
    replica: string,
    taskId: string,
    afterId: number,
    known: readonly RunEvent[] | null,
    nowMs: number,
  ): void {
    const interest = this.find(replica, taskId);
    if (!interest) return;
    interest.endMs = nowMs + KEPT_MS;
    if (known === null) {
      // Should the run come to work here, it is told from its beginning.
      if (interest.waiting.length === 0) interest.follows = 0;
      return;
    }
    const isUpToDate = interest.waiting.length === 0 && known.length === 0;
    if (isUpToDate) interest.follows = Math.max(interest.follows, afterId);
    else this.put(interest, afterId, known);
  }

  /** Whether anybody is to be sent the event. */
  tell(event: RunEvent): boolean {
    const interests = this.byRun.get(event.taskId);
    if (!interests) return false;
    for (const interest of interests.values())
      this.put(interest, interest.follows, [...interest.waiting, event]);
    return true;
  }

  /** What is to be sent next, as much as `fits` takes of it (at least one event); null where nothing waits. */
  next(fits: (batch: EventBatch) => boolean): EventBatch | null {
    const [interest] = this.unsent;
    if (!interest) return null;
    const { replica, taskId, follows, waiting } = interest;
    const batchOf = (length: number) => ({ replica, taskId, follows, events: waiting.slice(0, length) });
    let length = waiting.length;
    while (length > 1 && !fits(batchOf(length))) length = Math.ceil(length / 2);
    const batch = batchOf(length);
    // Behind those of the others, so that a long run holds up nobody.
    this.unsent.delete(interest);
    this.put(interest, lastOf(batch.events, follows), waiting.slice(length));
    return batch;
  }

  /** What could not be sent is not sent later: whoever misses it notices, and asks. */
  drop(): void {
    for (const interest of this.unsent) this.put(interest, lastOf(interest.waiting, interest.follows), []);
  }

  forgetOver(nowMs: number): void {
    for (const [taskId, interests] of this.byRun) {
      for (const [replica, interest] of interests) {
        if (interest.endMs > nowMs) continue;
        interests.delete(replica);
        this.unsent.delete(interest);
        this.count--;
      }
      if (interests.size === 0) this.byRun.delete(taskId);
    }
  }

  private find(replica: string, taskId: string): Interest | null {
    const interests = this.byRun.get(taskId) ?? new Map<string, Interest>();
    const known = interests.get(replica);
    if (known) return known;
    if (this.count >= MAX_INTERESTS) return null;
    const interest: Interest = { taskId, replica, follows: 0, waiting: [], endMs: 0 };
    this.count++;
    this.byRun.set(taskId, interests.set(replica, interest));
    return interest;
  }

  private put(interest: Interest, follows: number, waiting: readonly RunEvent[]): void {
    interest.follows = follows;
    interest.waiting = [...waiting];
    if (waiting.length > 0) this.unsent.add(interest);
    else this.unsent.delete(interest);
  }
}

/** The highest id: a resume has none of its own. */
function lastOf(events: readonly RunEvent[], before: number): number {
  return events.reduce((last, { id }) => Math.max(last, id), before);
}
