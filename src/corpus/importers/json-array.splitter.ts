import { ByteWindow } from './byte-window.js';
import { type ElementFormat, skipBroken } from './json-element.search.js';
import { type FailedRead, readElement, readValue } from './json-value.reader.js';
import { isSpace } from './json-value.scanner.js';

/** One element of a JSON array, or the report that it could not be read. */
export type ArrayElement<T> =
  | { readonly kind: 'value'; readonly index: number; readonly value: T }
  | {
      readonly kind: 'broken';
      readonly index: number;
      readonly reason: 'invalid' | 'too_large' | 'truncated';
      readonly detail?: string;
    };

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const END_OF_INPUT = -1;

/**
 * Splits a top-level JSON array, or a single object, into its elements while it streams.
 * A broken element is reported and the reading goes on with the next that stands on its own.
 */
export async function* splitJsonArray<T>(
  source: AsyncIterable<Uint8Array>,
  format: ElementFormat<T>,
): AsyncGenerator<ArrayElement<T>> {
  const window = new ByteWindow(source);
  try {
    await skipByteOrderMark(window);
    if ((await peek(window)) === OPEN_BRACKET) {
      window.discard(1);
      yield* elementsIn(window, format);
    } else {
      const read = await readValue(window, format);
      if (read.ok) yield { kind: 'value', index: 0, value: read.value };
      else yield broken(0, read);
    }
  } finally {
    await window.close();
  }
}

/** The elements of the array whose bracket was just read; its closing bracket, where there is one, stays in the window. */
export async function* elementsIn<T>(
  window: ByteWindow,
  format: ElementFormat<T>,
): AsyncGenerator<ArrayElement<T>> {
  for (let index = 0; ; index++) {
    const next = await peekElement(window);
    if (next === CLOSE_BRACKET) return;
    if (next === END_OF_INPUT) {
      yield { kind: 'broken', index, reason: 'truncated' };
      return;
    }
    const read = await readElement(window, format);
    if (read.ok) {
      yield { kind: 'value', index, value: read.value };
      window.discard(read.end);
      continue;
    }
    const found = await skipBroken(window, read, format);
    yield broken(index, found && read.reason === 'truncated' ? { ...read, reason: 'invalid' } : read);
    if (!found) return;
  }
}

function broken(index: number, read: FailedRead): ArrayElement<never> {
  const detail = read.detail === undefined ? {} : { detail: read.detail };
  return { kind: 'broken', index, reason: read.reason, ...detail };
}

/** As `peek`, behind the commas between values. */
export async function peekElement(window: ByteWindow): Promise<number> {
  let next = await peek(window);
  while (next === COMMA) {
    window.discard(1);
    next = await peek(window);
  }
  return next;
}

/** Drops white space and returns the byte that follows, which stays in the window; -1 at the end. */
export async function peek(window: ByteWindow): Promise<number> {
  for (;;) {
    const bytes = window.bytes;
    let at = 0;
    while (isSpace(bytes[at])) at++;
    const byte = bytes[at];
    window.discard(at);
    if (byte !== undefined) return byte;
    if (!(await window.more())) return END_OF_INPUT;
  }
}

export async function skipByteOrderMark(window: ByteWindow): Promise<void> {
  await window.fill(3);
  const [first, second, third] = window.bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) window.discard(3);
}
