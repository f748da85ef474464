import fc from 'fast-check';
import { type EventMessage, eventMessages } from './event-messages.js';

async function read(text: string, cuts: readonly number[] = []): Promise<EventMessage[]> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  async function* pieces() {
    for (let at = 1; at < places.length; at++) yield bytes.subarray(places[at - 1], places[at]);
  }
  const messages: EventMessage[] = [];
  for await (const message of eventMessages(pieces())) messages.push(message);
  return messages;
}

const STREAM = [
  'retry: 3000\r\n\r\n',
  ': heartbeat\n\n',
  'id: 1\nevent: run.started\ndata: {"kind":"run.started"}\n\n',
  'event:answer\rdata: {"content":\rdata: "水"}\r\r',
  'data\n\n',
  'event: cut\ndata: off',
].join('');
const MESSAGES = [
  { name: 'run.started', id: '1', data: '{"kind":"run.started"}' },
  { name: 'answer', id: null, data: '{"content":\n"水"}' },
  { name: 'message', id: null, data: '' },
];

it('reads events with any line end, leaves comments out and drops what is cut off', async () => {
  expect(await read(STREAM)).toEqual(MESSAGES);
});

it('reads the same wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cuts) => {
      expect(await read(STREAM, cuts)).toEqual(MESSAGES);
    }),
  );
});
