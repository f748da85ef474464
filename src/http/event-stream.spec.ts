import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, EventStream, type StreamMessage } from '../shared/index.js';
import { prefersEvents } from './accept-constraint.js';
import { EventStreamBody } from './event-stream.body.js';
import { eventStreamText } from './event-stream-text.js';

const anEvent = (id: number, data: object = { id }): StreamMessage => ({
  type: 'event',
  id,
  name: 'step',
  data,
});

/** Messages as they are taken; `wanted` counts how many were. */
function streamOf(messages: readonly StreamMessage[], failure?: unknown) {
  const seen = { taken: 0, closed: 0 };
  async function* give() {
    for (const message of messages) {
      seen.taken++;
      yield message;
    }
    if (failure) throw failure;
  }
  return { seen, stream: new EventStream(give(), () => seen.closed++) };
}

async function textOf(body: EventStreamBody): Promise<string> {
  let text = '';
  for await (const chunk of body) text += String(chunk);
  return text;
}

describe('the text of server-sent events', () => {
  it('has an id where there is one, one line of data, and comments without line ends', () => {
    expect(eventStreamText(anEvent(7, { a: 'x\ny' }), 'r')).toBe(
      'id: 7\nevent: step\ndata: {"a":"x\\ny"}\n\n',
    );
    expect(
      eventStreamText({ type: 'event', id: null, name: 'answer', data: Buffer.from('{"b":1}') }, 'r'),
    ).toBe('event: answer\ndata: {"b":1}\n\n');
    expect(eventStreamText({ type: 'comment', text: 'one\ntwo' }, 'r')).toBe(': one two\n\n');
  });

  it('tells a fault as its problem document, and hides what is not known', () => {
    const error = new AppError('a.b', 'conflict', 'Said.', { hint: 'Do.' });
    expect(eventStreamText({ type: 'problem', error }, 'req')).toMatch(
      /^event: problem\ndata: \{.*"status":409.*"code":"a.b".*"request_id":"req".*\}\n\n$/,
    );
    expect(eventStreamText({ type: 'problem', error: new Error('inside') }, 'r')).not.toContain('inside');
  });
});

describe('EventStreamBody', () => {
  it('sends how long to wait before coming again, all messages, and closes what it took', async () => {
    const { seen, stream } = streamOf([anEvent(1), anEvent(2)]);
    const text = await textOf(new EventStreamBody(stream, 'r'));
    expect(text).toBe(
      'retry: 2000\n\nid: 1\nevent: step\ndata: {"id":1}\n\nid: 2\nevent: step\ndata: {"id":2}\n\n',
    );
    expect(seen.closed).toBeGreaterThan(0);
  });

  it('ends with a problem where its messages break off', async () => {
    const { stream } = streamOf([anEvent(1)], new AppError('a.b', 'unavailable', 'Gone.'));
    expect(await textOf(new EventStreamBody(stream, 'r'))).toMatch(
      /event: problem\ndata: .*"code":"a.b".*\n\n$/,
    );
  });

  it('takes no more messages than a reader that stands still has room for', async () => {
    const large = { text: 'x'.repeat(2_000) };
    const { seen, stream } = streamOf(
      Array.from({ length: 10_000 }, (_, index) => anEvent(index + 1, large)),
    );
    const body = new EventStreamBody(stream, 'r');
    const stuck = new Writable({ write: () => {} });
    const piping = pipeline(body, stuck).catch(() => {});
    for (let turn = 0; turn < 1_000; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(seen.taken).toBeLessThan(60);
    expect(body.readableLength).toBeLessThan(64 * 1024);
    stuck.destroy();
    await piping;
    expect(seen.closed).toBeGreaterThan(0);
  });

  it('gives up a reader that takes nothing for four heartbeats, and keeps a silent line alive', async () => {
    const never = new EventStream(
      { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) },
      () => {},
    );
    const still = new EventStreamBody(never, 'r');
    for (let beat = 0; beat < 3; beat++) still.beat();
    expect(still.destroyed).toBe(false);
    still.beat();
    expect(still.destroyed).toBe(true);

    const silent = new EventStreamBody(never, 'r');
    expect(String(silent.read())).toBe('retry: 2000\n\n');
    for (let beat = 0; beat < 10; beat++) {
      silent.beat();
      expect(String(silent.read())).toBe(':\n\n');
    }
    silent.sayGoodbye();
    expect(String(silent.read())).toBe('retry: 2000\nevent: end\ndata: {"reason":"shutting_down"}\n\n');
    silent.beat();
    silent.destroy();
  });
});

describe('prefersEvents', () => {
  it.each([
    ['text/event-stream', true],
    ['Text/Event-Stream; q=0.9', true],
    ['text/event-stream;q=0.9, */*', true],
    ['text/event-stream, application/json', true],
    ['application/json, text/event-stream', false],
    ['application/json;q=0, text/event-stream', true],
    ['text/event-stream;q=0, application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('of %j is %s', (accept, expected) => {
    expect(prefersEvents(accept)).toBe(expected);
  });
});
