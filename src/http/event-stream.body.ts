import { Readable } from 'node:stream';
import type { EventStream, StreamMessage } from '../shared/index.js';
import { eventStreamText, GOODBYE, HEARTBEAT, OPENING } from './event-stream-text.js';

/** A reader who takes nothing for so many heartbeats in a row is gone, or as good as that. */
const MOST_STALLED_BEATS = 4;

/** What may wait here for a slow reader; more waits where it comes from, within limits. */
const MAX_WAITING_BYTES = 16 * 1024;

/** The body of a response that sends events: takes a message only when the last one found room. */
export class EventStreamBody extends Readable {
  private readonly messages: AsyncIterator<StreamMessage>;
  private isPulling = false;
  private isEnding = false;
  private stalledBeats = 0;

  constructor(
    private readonly stream: EventStream,
    private readonly requestId: string,
  ) {
    super({ highWaterMark: MAX_WAITING_BYTES });
    this.messages = stream.messages[Symbol.asyncIterator]();
    this.push(OPENING);
  }

  /** Keeps proxies from closing a silent line, and gives up a reader who takes nothing. */
  beat(): void {
    if (this.isEnding) return;
    if (this.readableLength === 0) {
      this.stalledBeats = 0;
      this.push(HEARTBEAT);
    } else if (++this.stalledBeats >= MOST_STALLED_BEATS) this.destroy();
  }

  /** Ends because this process stops, not because the run has ended. */
  sayGoodbye(): void {
    if (!this.isEnding) this.push(GOODBYE);
    this.finish();
  }

  override _read(): void {
    // A heartbeat may find room while a message is still waited for.
    if (!this.isPulling) void this.pull();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.isEnding = true;
    this.stream.close();
    done(error);
  }

  private async pull(): Promise<void> {
    this.isPulling = true;
    try {
      let hasRoom = true;
      while (hasRoom) {
        const { value, done } = await this.messages.next();
        if (this.isEnding) return;
        if (done) return this.finish();
        hasRoom = this.push(eventStreamText(value, this.requestId));
      }
    } catch (error) {
      if (!this.isEnding) this.push(eventStreamText({ type: 'problem', error }, this.requestId));
      this.finish();
    } finally {
      this.isPulling = false;
    }
  }

  private finish(): void {
    if (this.isEnding) return;
    this.isEnding = true;
    this.stream.close();
    this.push(null);
  }
}
