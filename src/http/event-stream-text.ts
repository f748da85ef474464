import type { StreamMessage } from '../shared/index.js';
import { asAppError, problemOf } from './problem.js';

/** How long a reader waits before it connects again, in milliseconds. */
const RECONNECT_MS = 2_000;

/** The first line of a stream: it says when to come back, and brings the headers on their way. */
export const OPENING = `retry: ${RECONNECT_MS}\n\n`;
export const HEARTBEAT = ':\n\n';

/** What readers are told when this process goes: others have the same events. */
export const GOODBYE = `retry: ${RECONNECT_MS}\nevent: end\ndata: {"reason":"shutting_down"}\n\n`;

/** A message in the format of server-sent events (WHATWG HTML, section 9.2). */
export function eventStreamText(message: StreamMessage, requestId: string): string {
  switch (message.type) {
    case 'comment':
      return `: ${message.text.replaceAll(/[\r\n]+/g, ' ')}\n\n`;
    case 'problem':
      return fields(null, 'problem', JSON.stringify(problemOf(asAppError(message.error), requestId)));
    case 'event': {
      const { id, name, data } = message;
      return fields(id, name, Buffer.isBuffer(data) ? data.toString('utf8') : JSON.stringify(data));
    }
  }
}

/** JSON holds no line end, so that one `data` line takes it. */
function fields(id: number | null, name: string, data: string): string {
  return `${id === null ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}
