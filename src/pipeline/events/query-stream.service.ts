import { Injectable } from '@nestjs/common';
import { type Actor, EventStream, STREAM_IS_OVER, type StreamMessage } from '../../shared/index.js';
import type { Caller } from '../admission/admission.service.js';
import { type QueryRequest, QueryService } from '../query.service.js';
import { RunRepository } from '../run.repository.js';
import { answerOf } from '../run-presenter.js';
import { notFound } from '../run-reader.service.js';
import type { RunRecord } from '../run-record.js';
import { isUnderWay } from '../run-state.js';
import { RunEventBus } from './run-event.bus.js';
import { messageOf } from './run-event.js';
import { RunEventsService } from './run-events.service.js';
import type { RunWatch } from './run-watch.js';

/** Answers a query with its run's events and then the answer, whose text is sent in no other event. */
@Injectable()
export class QueryStreamService {
  constructor(
    private readonly queries: QueryService,
    private readonly runs: RunRepository,
    private readonly bus: RunEventBus,
    private readonly events: RunEventsService,
  ) {}

  /** Resolves once the run has begun; what refuses it before that is thrown, as without a stream. The run goes on where its reader leaves. */
  async start(actor: Actor, request: QueryRequest, key: string | null, caller: Caller): Promise<EventStream> {
    // Before it is queued, so that nobody has a run that was not told of.
    if (request.isAsync) this.events.assertRoom(actor);
    const begun = Promise.withResolvers<RunWatch>();
    const began = (taskId: string) => begun.resolve(this.bus.watch(taskId, 0));
    const outcome = this.queries.handle(actor, request, key, { ...caller, began });
    const answer = outcome.then(({ run }) => run);
    // Its failure is sent to the reader, if there is still one.
    answer.catch(() => {});
    const first = await Promise.race([begun.promise, outcome]);
    if ('kind' in first) return first.kind === 'ended' ? this.ended(answer) : this.accepted(actor, first.run);
    // What ends without an event, such as a run that another process goes on with, ends the stream too.
    answer.then(
      () => first.finish(),
      () => first.finish(),
    );
    return new EventStream(this.messages(first, answer), () => first.close());
  }

  private ended(answer: Promise<RunRecord>): EventStream {
    return new EventStream(this.outcome(answer, 0), () => {});
  }

  /** A run that waits for a worker is followed as anybody would. */
  private async accepted(actor: Actor, { taskId }: RunRecord): Promise<EventStream> {
    const followed = await this.events.follow(actor, taskId, 0);
    if (followed === STREAM_IS_OVER) return this.ended(this.find(taskId));
    return new EventStream(this.thenAnswer(followed, taskId), followed.close);
  }

  private async *thenAnswer({ messages }: EventStream, taskId: string): AsyncGenerator<StreamMessage> {
    yield* messages;
    const run = await this.find(taskId);
    // A reader that was too slow comes back for the rest.
    if (!isUnderWay(run.state)) yield* this.outcome(Promise.resolve(run), null);
  }

  private async find(taskId: string): Promise<RunRecord> {
    const run = await this.runs.find(taskId);
    if (!run) throw notFound(taskId);
    return run;
  }

  private async *messages(watch: RunWatch, answer: Promise<RunRecord>): AsyncGenerator<StreamMessage> {
    const why = yield* this.events.messagesFrom(watch);
    yield* this.outcome(answer, why === 'ended' ? null : watch.givenId);
    watch.close();
  }

  /** The answer, or why there is none; before it the events after `lastId`, unless that is null. */
  private async *outcome(answer: Promise<RunRecord>, lastId: number | null): AsyncGenerator<StreamMessage> {
    try {
      const run = await answer;
      const events = lastId === null ? [] : await this.events.eventsOf(run);
      for (const event of events) if (event.id > lastId!) yield messageOf(event);
      yield { type: 'event', id: null, name: 'answer', data: answerOf(run) };
    } catch (error) {
      yield { type: 'problem', error };
    }
  }
}
