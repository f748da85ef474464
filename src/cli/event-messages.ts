/** One server-sent event. */
export interface EventMessage {
  readonly name: string;
  /** Null where the event has none. */
  readonly id: string | null;
  readonly data: string;
}

/** Longer than any event of the API; a line that never ends must not fill the memory. */
const MAX_BUFFERED_CHARS = 32 * 1024 ** 2;

/** Reads server-sent events (HTML Living Standard, section 9.2) from pieces of bytes; what is cut off at the end is dropped. */
export async function* eventMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EventMessage> {
  let fields: string[] = [];
  for await (const line of linesOf(bytes)) {
    if (line !== '') fields.push(line);
    else {
      const message = messageOf(fields);
      fields = [];
      if (message !== null) yield message;
    }
  }
}

/** Null for comments, which keep the line alive. */
function messageOf(lines: readonly string[]): EventMessage | null {
  const values = (field: string) =>
    lines.flatMap((line) => {
      const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
      return name === field ? [value] : [];
    });
  const data = values('data');
  if (data.length === 0) return null;
  return {
    name: values('event').at(-1) || 'message',
    id: values('id').at(-1) ?? null,
    data: data.join('\n'),
  };
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    rest += decoder.decode(piece, { stream: true });
    // A carriage return at the end may be the first half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    if (rest.length > MAX_BUFFERED_CHARS) throw new Error('an event without an end');
    yield* lines;
  }
}
