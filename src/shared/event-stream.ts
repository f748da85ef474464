/** What is sent at one time: an event, words for whoever watches the line, or the fault that the stream ends with. */
export type StreamMessage =
  | {
      readonly type: 'event';
      /** What a reader comes back with; null for what is not counted. */
      readonly id: number | null;
      readonly name: string;
      /** A buffer holds JSON already. */
      readonly data: object;
    }
  | { readonly type: 'comment'; readonly text: string }
  | { readonly type: 'problem'; readonly error: unknown };

/** Messages as they come, instead of one answer. Whoever takes one closes it; closing twice does no harm. */
export class EventStream {
  constructor(
    readonly messages: AsyncIterable<StreamMessage>,
    readonly close: () => void,
  ) {}
}

/** The answer to a reader who has had everything and need not come again. */
export const STREAM_IS_OVER: unique symbol = Symbol('stream is over');

/** The media type of server-sent events. */
export const EVENT_STREAM_TYPE = 'text/event-stream';
