import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/index.js';
import type { RunEvent } from './run-event.js';
import { RunEventRelay } from './run-event.relay.js';
import { RunProgress } from './run-progress.js';
import { RunWatch } from './run-watch.js';

/** Runs that this process has let go of lately: who asks for one a moment too late is told so. */
const MAX_LEFT = 1_000;

/** Brings the events of runs to those who watch them, wherever a run works. Nobody waits for it, and it never throws. */
@Injectable()
export class RunEventBus {
  private readonly atWork = new Map<string, RunProgress>();
  private readonly left = new Set<string>();
  private readonly watches = new Map<string, Set<RunWatch>>();

  constructor(
    private readonly relay: RunEventRelay,
    private readonly clock: Clock,
  ) {
    relay.attach({
      eventsAfter: (taskId, id) => this.atWork.get(taskId)?.after(id) ?? null,
      wasHere: (taskId) => this.left.has(taskId),
      take: (taskId, follows, events) => this.take(taskId, follows, events),
      look: (taskId) => this.look(taskId),
      watched: () => this.watchedElsewhere(),
    });
  }

  /** For the time that this process works on a run. */
  open(taskId: string): RunProgress {
    const progress = new RunProgress(taskId, this.clock, (event) => this.tell(event));
    this.atWork.set(taskId, progress);
    this.left.delete(taskId);
    return progress;
  }

  /** This process works on the run no more; it may have ended, or another process goes on with it. */
  close(taskId: string): void {
    this.atWork.delete(taskId);
    this.left.add(taskId);
    const [oldest] = this.left;
    if (oldest !== undefined && this.left.size > MAX_LEFT) this.left.delete(oldest);
    // An end was told already; who has not had it looks at what is stored.
    this.look(taskId);
  }

  /** A run that nobody works on has ended: whoever watches it, anywhere, has a look. */
  ended(taskId: string): void {
    this.look(taskId);
    this.relay.ended(taskId);
  }

  /** Everything that follows on the event `afterId`: what this process knows already, then what comes. */
  watch(taskId: string, afterId: number): RunWatch {
    const watch = new RunWatch(taskId, afterId, (closed) => this.leave(closed));
    const others = this.watches.get(taskId) ?? new Set();
    this.watches.set(taskId, others.add(watch));
    const progress = this.atWork.get(taskId);
    if (progress) watch.add(progress.after(afterId));
    else this.relay.watch(taskId, afterId);
    return watch;
  }

  /** Runs that are watched here and worked on elsewhere or by nobody, each with the last event all its readers have. */
  private watchedElsewhere(): (readonly [taskId: string, afterId: number])[] {
    return [...this.watches]
      .filter(([taskId]) => !this.atWork.has(taskId))
      .map(([taskId, watches]) => [taskId, Math.min(...[...watches].map(({ lastId }) => lastId))]);
  }

  private leave(watch: RunWatch): void {
    const watches = this.watches.get(watch.taskId);
    if (watches?.delete(watch) && watches.size === 0) this.watches.delete(watch.taskId);
  }

  private tell(event: RunEvent): void {
    for (const watch of this.watches.get(event.taskId) ?? []) watch.add([event]);
    this.relay.tell(event);
  }

  /** Events from elsewhere that follow on the event `follows`. Who lacks some before them asks for these first. */
  private take(taskId: string, follows: number, events: readonly RunEvent[]): void {
    // What this process works on itself it knows better.
    if (this.atWork.has(taskId)) return;
    const watches = [...(this.watches.get(taskId) ?? [])];
    const behind = watches.filter(({ lastId }) => lastId < follows);
    for (const watch of watches) if (!behind.includes(watch)) watch.add(events);
    if (behind.length > 0) this.relay.watch(taskId, Math.min(...behind.map(({ lastId }) => lastId)));
  }

  private look(taskId: string): void {
    for (const watch of this.watches.get(taskId) ?? []) watch.look();
  }
}
