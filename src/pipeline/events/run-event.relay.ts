import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Notifications } from '../../database/index.js';
import { Clock, Ids } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { type RelayMessage, readRelayMessage } from './relay-message.js';
import type { RunEvent } from './run-event.js';
import { type EventBatch, RunInterests } from './run-interests.js';
import { StoredRunRepository } from './stored-run.repository.js';

/** All processes listen here; each has a channel of its own beside it. */
const EVERYBODY = 'mcg_runs';
const OWN_PREFIX = 'mcg_run_events_';
/** PostgreSQL takes less than 8,000. */
const MAX_PAYLOAD_BYTES = 7_500;
/** A run and an id take about 60 bytes. */
const MAX_RUNS_A_MESSAGE = 100;
const KEEP_MS = 5_000;

/** The part of the bus that works here, for what comes from elsewhere. */
export interface LocalRuns {
  /** Null where the run is not at work here. */
  eventsAfter(taskId: string, id: number): readonly RunEvent[] | null;
  /** Whether the run was at work here until lately. */
  wasHere(taskId: string): boolean;
  /** Events that follow on the event `follows`. */
  take(taskId: string, follows: number, events: readonly RunEvent[]): void;
  /** What is stored of the run is to be looked at. */
  look(taskId: string): void;
  /** Runs that are watched here and not at work here, with the last event that all readers have. */
  watched(): readonly (readonly [taskId: string, afterId: number])[];
}

/**
 * Carries events between processes. Only what somebody elsewhere has asked for is sent; what gets lost on the way is
 * noticed by the ids that follow on each other, and asked for again. The end of a run is looked up besides.
 */
@Injectable()
export class RunEventRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly replica: string;
  private readonly interests = new RunInterests();
  private readonly toAsk = new Map<string, number>();
  private local: LocalRuns | null = null;
  private isSending = false;
  private isClosed = false;
  private keeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly notifications: Notifications,
    private readonly stored: StoredRunRepository,
    private readonly clock: Clock,
    private readonly log: Log,
    ids: Ids,
  ) {
    this.replica = ids.next().replaceAll('-', '');
  }

  attach(local: LocalRuns): void {
    this.local = local;
  }

  onApplicationBootstrap(): void {
    const hear = (payload: string) => this.hear(payload);
    this.notifications.listen(EVERYBODY, hear);
    // What was said to this process while it could not hear is asked for again.
    this.notifications.listen(OWN_PREFIX + this.replica, hear, () => void this.keep());
    this.keeping = setInterval(() => void this.keep(), KEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
    clearInterval(this.keeping);
  }

  /** Asks whoever works on the run for what follows on the event `afterId`, now and as it comes. */
  watch(taskId: string, afterId: number): void {
    this.toAsk.set(taskId, Math.min(afterId, this.toAsk.get(taskId) ?? afterId));
    this.send();
  }

  tell(event: RunEvent): void {
    if (this.interests.tell(event)) this.send();
  }

  /** Tells every process to look at the run: it has ended, or is worked on here no more. */
  ended(taskId: string): void {
    const message: RelayMessage = { from: this.replica, ended: taskId };
    this.notifications.notify(EVERYBODY, JSON.stringify(message)).catch((error) => this.notSent(error));
  }

  private hear(payload: string): void {
    const message = readRelayMessage(payload);
    if (!message || message.from === this.replica) return;
    if ('watch' in message) {
      const nowMs = this.clock.elapsedMs();
      for (const [taskId, afterId] of message.watch) {
        const known = this.local?.eventsAfter(taskId, afterId) ?? null;
        this.interests.add(message.from, taskId, afterId, known, nowMs);
        if (this.local?.wasHere(taskId)) this.ended(taskId);
      }
      this.send();
    } else if ('ended' in message) this.local?.look(message.ended);
    else this.local?.take(message.taskId, message.follows, message.events);
  }

  /** Says again what is watched here, for processes that came to a run meanwhile, and looks for ends that nobody told. */
  private async keep(): Promise<void> {
    this.interests.forgetOver(this.clock.elapsedMs());
    const watched = this.local?.watched() ?? [];
    if (watched.length === 0) return;
    for (const [taskId, afterId] of watched) this.watch(taskId, afterId);
    try {
      for (const taskId of await this.stored.endedAmong(watched.map(([taskId]) => taskId)))
        this.local?.look(taskId);
    } catch (error) {
      this.notSent(error);
    }
  }

  /** What one turn of the event loop brings together goes out together, one message after the other. */
  private send(): void {
    if (this.isSending) return;
    this.isSending = true;
    setImmediate(() => void this.sendAll());
  }

  private async sendAll(): Promise<void> {
    try {
      for (let next = this.nextMessage(); next && !this.isClosed; next = this.nextMessage())
        await this.notifications.notify(next.channel, next.payload);
    } catch (error) {
      this.interests.drop();
      this.toAsk.clear();
      this.notSent(error);
    } finally {
      this.isSending = false;
    }
  }

  private nextMessage(): { readonly channel: string; readonly payload: string } | null {
    if (this.toAsk.size > 0) {
      const watch = [...this.toAsk].slice(0, MAX_RUNS_A_MESSAGE);
      for (const [taskId] of watch) this.toAsk.delete(taskId);
      const message: RelayMessage = { from: this.replica, watch };
      return { channel: EVERYBODY, payload: JSON.stringify(message) };
    }
    const payloadOf = ({ taskId, follows, events }: EventBatch) =>
      JSON.stringify({ from: this.replica, taskId, follows, events } satisfies RelayMessage);
    const batch = this.interests.next((each) => Buffer.byteLength(payloadOf(each)) <= MAX_PAYLOAD_BYTES);
    return batch && { channel: OWN_PREFIX + batch.replica, payload: payloadOf(batch) };
  }

  private notSent(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.log.debug('pipeline.events_not_relayed', { reason });
  }
}
