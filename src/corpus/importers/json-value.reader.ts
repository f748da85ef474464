import type { ByteWindow } from './byte-window.js';
import { isSpace, JsonValueScanner } from './json-value.scanner.js';

export interface FailedRead {
  readonly ok: false;
  /** How many bytes of the window were looked at. */
  readonly end: number;
  readonly reason: 'invalid' | 'too_large' | 'truncated';
  readonly detail?: string;
}

export type ReadValue<T> = { readonly ok: true; readonly end: number; readonly value: T } | FailedRead;

/** How the bytes of one value become what the caller works with; throws `SyntaxError` for what is no JSON. */
export interface ValueFormat<T> {
  /** Larger values are reported and skipped, in bytes. */
  readonly maxBytes: number;
  /** The bytes stay as they are until the next value is asked for. */
  readonly parse: (bytes: Buffer) => T;
}

const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;

/** Reads the value at the start of the window and leaves it there. */
export async function readValue<T>(window: ByteWindow, format: ValueFormat<T>): Promise<ReadValue<T>> {
  const extent = await measureValue(window, format.maxBytes);
  return extent.ok ? parse(window, extent.end, format) : extent;
}

/** As `readValue`, but only a value followed by a comma, the array's end or the file's end counts as read. */
export async function readElement<T>(window: ByteWindow, format: ValueFormat<T>): Promise<ReadValue<T>> {
  const extent = await measureValue(window, format.maxBytes);
  if (!extent.ok) return extent;
  let at = extent.end;
  do {
    while (isSpace(window.bytes[at])) at++;
  } while (at === window.bytes.length && (await window.more()));
  const next = window.bytes[at];
  if (next !== undefined && next !== COMMA && next !== CLOSE_BRACKET) {
    return { ok: false, end: extent.end, reason: 'invalid' };
  }
  return parse(window, extent.end, format);
}

async function measureValue(
  window: ByteWindow,
  maxBytes: number,
): Promise<{ readonly ok: true; readonly end: number } | FailedRead> {
  const scanner = new JsonValueScanner();
  let scanned = 0;
  for (;;) {
    const end = scanner.scan(window.bytes, scanned);
    scanned = end === -1 ? window.bytes.length : end;
    if (scanned > maxBytes) return { ok: false, end: scanned, reason: 'too_large' };
    if (end !== -1) return { ok: true, end };
    if (!(await window.more())) return { ok: false, end: scanned, reason: 'truncated' };
  }
}

function parse<T>(window: ByteWindow, end: number, format: ValueFormat<T>): ReadValue<T> {
  try {
    return { ok: true, end, value: format.parse(window.bytes.subarray(0, end)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The engine's message quotes the text around the fault; only the place may leave here.
    const place = /at position (\d+)/.exec(error.message)?.[1];
    const detail = place === undefined ? {} : { detail: `near character ${place}` };
    return { ok: false, end, reason: 'invalid', ...detail };
  }
}
