import type { ByteWindow } from './byte-window.js';
import { type FailedRead, readValue, type ValueFormat } from './json-value.reader.js';
import { isSpace } from './json-value.scanner.js';

export interface ElementFormat<T> extends ValueFormat<T> {
  /** Tells an element from a value nested in one; asked only where the search for the next element needs it. */
  readonly isElement: (value: T) => boolean;
}

const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const QUOTE = 0x22;
/** How much may be read again and again in search of the element after a broken one, in maximal elements. */
const SEARCH_BUDGET_ELEMENTS = 4;

/** Moves behind a broken element; false when nothing that follows can be read. */
export async function skipBroken<T>(
  window: ByteWindow,
  read: FailedRead,
  format: ElementFormat<T>,
): Promise<boolean> {
  if (read.reason === 'invalid' && (await endsCleanly(window, read.end))) {
    window.discard(read.end);
    return true;
  }
  return seekElement(window, format);
}

/** Whether what follows the value looks like the seam between two elements: its end can then be trusted. */
async function endsCleanly(window: ByteWindow, end: number): Promise<boolean> {
  await window.fill(end + 64);
  const seam = window.bytes.subarray(end, end + 64).toString('latin1');
  return end > 0 && /^\s*(?:,\s*\{\s*["}]|\]\s*$)/.test(seam);
}

/**
 * Looks for the next object that stands after a comma or a brace, can be parsed and is an element.
 * A lost quotation mark or brace makes depth meaningless, so the search trusts nothing but a whole element.
 */
async function seekElement<T>(window: ByteWindow, format: ElementFormat<T>): Promise<boolean> {
  let budgetBytes = format.maxBytes * SEARCH_BUDGET_ELEMENTS;
  let before = 0;
  window.discard(1);
  while (budgetBytes > 0) {
    const at = window.bytes.indexOf(OPEN_BRACE);
    before = lastSolidByte(window.bytes, at === -1 ? window.bytes.length : at) ?? before;
    if (at === -1) {
      window.discard(window.bytes.length);
      if (!(await window.more())) return false;
      continue;
    }
    window.discard(at);
    const step = await tryElement(window, before, format);
    if (step.found) return true;
    before = step.discardBytes === 1 ? OPEN_BRACE : CLOSE_BRACE;
    budgetBytes -= step.wastedBytes;
    window.discard(step.discardBytes);
  }
  return false;
}

interface SeekStep {
  readonly found: boolean;
  readonly discardBytes: number;
  readonly wastedBytes: number;
}

async function tryElement<T>(
  window: ByteWindow,
  before: number,
  format: ElementFormat<T>,
): Promise<SeekStep> {
  if (!(await startsLikeElement(window, before))) return { found: false, discardBytes: 1, wastedBytes: 0 };
  const read = await readValue(window, format);
  if (!read.ok) return { found: false, discardBytes: 1, wastedBytes: read.end };
  // A whole nested object cannot hold the next element, so the search goes on behind it.
  return { found: format.isElement(read.value), discardBytes: read.end, wastedBytes: 0 };
}

async function startsLikeElement(window: ByteWindow, before: number): Promise<boolean> {
  if (before !== COMMA && before !== CLOSE_BRACE) return false;
  await window.fill(64);
  let at = 1;
  while (isSpace(window.bytes[at])) at++;
  return window.bytes[at] === QUOTE;
}

function lastSolidByte(bytes: Uint8Array, end: number): number | undefined {
  let at = end - 1;
  while (at >= 0 && isSpace(bytes[at])) at--;
  return bytes[at];
}
