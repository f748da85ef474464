import { Injectable } from '@nestjs/common';
import { type Actor, EventStream, STREAM_IS_OVER, type StreamMessage } from '../../shared/index.js';
import { RunRepository } from '../run.repository.js';
import { RunReaderService } from '../run-reader.service.js';
import type { RunRecord } from '../run-record.js';
import { isUnderWay } from '../run-state.js';
import { RunEventBus } from './run-event.bus.js';
import { isEnd, isNews, messageOf, type RunEvent } from './run-event.js';
import { RunReaders } from './run-readers.js';
import type { RunWatch } from './run-watch.js';
import { begunEvents, endedEvents } from './stored-events.js';
import { StoredRunRepository } from './stored-run.repository.js';

const TOO_SLOW: StreamMessage = {
  type: 'comment',
  text: 'Too slow: connect again with Last-Event-ID to go on.',
};

/** Lets people watch runs: what happened until now, what happens, and the end. */
@Injectable()
export class RunEventsService {
  constructor(
    private readonly reader: RunReaderService,
    private readonly runs: RunRepository,
    private readonly stored: StoredRunRepository,
    private readonly bus: RunEventBus,
    private readonly readers: RunReaders,
  ) {}

  /**
   * The events of a run after `lastId`, up to its end. Throws `pipeline.run_not_found` as reading the run does, and
   * `pipeline.readers_full` or `pipeline.own_readers_full` where too many read.
   */
  async follow(actor: Actor, taskId: string, lastId: number): Promise<EventStream | typeof STREAM_IS_OVER> {
    const { run } = await this.reader.see(actor, taskId);
    if (!isUnderWay(run.state)) {
      const events = (await this.eventsOf(run)).filter(({ id }) => id > lastId);
      return events.length > 0 ? new EventStream(ofList(events), () => {}) : STREAM_IS_OVER;
    }
    const leave = this.readers.enter(actor.userId);
    const begun = begunEvents(run).filter(({ id }) => id > lastId);
    const watch = this.bus.watch(taskId, begun.at(-1)?.id ?? lastId);
    // It may have ended since its row was read.
    watch.look();
    const close = () => {
      watch.close();
      leave();
    };
    return new EventStream(this.messages(begun, watch, close), close);
  }

  /** Throws as `follow` does where too many read. */
  assertRoom(actor: Actor): void {
    this.readers.enter(actor.userId)();
  }

  /** The events of a run that has ended. */
  async eventsOf(run: RunRecord): Promise<RunEvent[]> {
    const [entries, stages] = await Promise.all([
      this.stored.entriesOf(run.taskId),
      this.stored.stagesOf(run.taskId),
    ]);
    return endedEvents({ run, entries, stages });
  }

  /** What a watch brings, and what is stored where it cannot say it, until the end of the run; gives back why it stopped. */
  async *messagesFrom(watch: RunWatch): AsyncGenerator<StreamMessage, 'ended' | 'closed' | 'too_slow'> {
    for (let news = await watch.next(); news !== null; news = await watch.next()) {
      if (news.type === 'too_slow') return 'too_slow';
      const events = news.type === 'event' ? [news.event] : await this.unheard(watch);
      for (const event of events) yield messageOf(event);
      if (events.some(isEnd)) return 'ended';
    }
    return 'closed';
  }

  /** What a run's readers were not told before its end; nothing while it is under way. */
  private async unheard(watch: RunWatch): Promise<RunEvent[]> {
    const run = await this.runs.find(watch.taskId);
    if (!run || isUnderWay(run.state)) return [];
    return (await this.eventsOf(run)).filter((event) => isNews(event, watch.lastId));
  }

  private async *messages(
    begun: readonly RunEvent[],
    watch: RunWatch,
    close: () => void,
  ): AsyncGenerator<StreamMessage> {
    try {
      for (const event of begun) yield messageOf(event);
      const why = yield* this.messagesFrom(watch);
      if (why === 'too_slow') yield TOO_SLOW;
    } finally {
      close();
    }
  }
}

async function* ofList(events: readonly RunEvent[]): AsyncGenerator<StreamMessage> {
  for (const event of events) yield messageOf(event);
}
