import { ByteWindow } from '../byte-window.js';

/** One message of a mailbox file. */
export interface MboxMessage {
  /** Valid until the next message is asked for. */
  readonly bytes: Buffer;
  /** Whether the message is longer and only its beginning is here. */
  readonly isCut: boolean;
}

/** What must be seen of the line that parts two messages, and of the line after it. */
const LOOK_AHEAD_BYTES = 2048;
const SEPARATOR = Buffer.from('\nFrom ');
const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** `From ann@example.org Mon Jan  1 10:00:00 2024`, with a zone before or after the year. */
const DATED = /^From .*\d{1,2}:\d{2}.*\d{4}|^From .*\d{4}.*\d{1,2}:\d{2}/;
const UNDATED = /^From (?:-|MAILER-DAEMON|nobody|\S+@\S+)(?:\s|$)/;
const HEADER_LINE = /^(?:[!-9;-~]+[ \t]*:|>?From )/;

/** Whether bytes begin as a mailbox file does: a parting line, then headers. */
export function isMbox(head: Buffer): boolean {
  const start = startOf(head);
  if (head.toString('latin1', start, start + 5) !== 'From ') return false;
  const [, second = ''] = linesAt(head, start);
  return HEADER_LINE.test(second);
}

/** Splits a mailbox file while it streams; a message longer than `maxBytes` gives its beginning. */
export async function* mboxMessages(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<MboxMessage> {
  const window = new ByteWindow(chunks);
  try {
    await window.fill(LOOK_AHEAD_BYTES);
    window.discard(startOf(window.bytes));
    if (window.bytes.length === 0) return;
    await discardLine(window);
    for (;;) {
      const end = await nextSeparator(window, maxBytes);
      const length = end.kind === 'found' ? end.at : Math.min(window.bytes.length, maxBytes);
      yield { bytes: unquoted(window.bytes.subarray(0, length)), isCut: end.kind === 'far' };
      if (end.kind === 'none') return;
      if (end.kind === 'found') window.discard(end.at + 1);
      else if (!(await dropToSeparator(window, maxBytes))) return;
      await discardLine(window);
    }
  } finally {
    await window.close();
  }
}

type End =
  | { readonly kind: 'found'; readonly at: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'far' };

/** Where the newline before the next parting line stands; `far` where the message is over the limit. */
async function nextSeparator(window: ByteWindow, maxBytes: number): Promise<End> {
  let from = 0;
  let isOpen = true;
  for (;;) {
    const { bytes } = window;
    const at = bytes.indexOf(SEPARATOR, from);
    if (at !== -1 && isOpen && at + LOOK_AHEAD_BYTES > bytes.length) {
      // What stands behind the line decides, so it must be here.
      from = at;
    } else if (at !== -1) {
      if (isSeparator(bytes, at)) return { kind: 'found', at };
      from = at + 1;
      continue;
    } else {
      if (!isOpen) return { kind: 'none' };
      from = Math.max(0, bytes.length - SEPARATOR.length);
    }
    if (from > maxBytes) return { kind: 'far' };
    isOpen = await window.more();
  }
}

/** Moves to the next parting line without keeping what stands before it; false at the end of the file. */
async function dropToSeparator(window: ByteWindow, maxBytes: number): Promise<boolean> {
  for (;;) {
    window.discard(Math.max(0, window.bytes.length - LOOK_AHEAD_BYTES));
    if (!(await window.more())) return false;
    const end = await nextSeparator(window, maxBytes);
    if (end.kind === 'none') return false;
    if (end.kind === 'far') continue;
    window.discard(end.at + 1);
    return true;
  }
}

function isSeparator(bytes: Buffer, at: number): boolean {
  const [line = '', next = ''] = linesAt(bytes, at + 1);
  if (!HEADER_LINE.test(next)) return false;
  return DATED.test(line) || (followsBlankLine(bytes, at) && UNDATED.test(line));
}

function followsBlankLine(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] === RETURN ? at - 2 : at - 1;
  return before < 0 || bytes[before] === NEWLINE;
}

function linesAt(bytes: Buffer, start: number): string[] {
  return bytes.toString('latin1', start, start + LOOK_AHEAD_BYTES).split(/\r?\n/, 2);
}

/** Behind a byte order mark and empty lines. */
function startOf(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === NEWLINE || bytes[at] === RETURN) at++;
  return at;
}

async function discardLine(window: ByteWindow): Promise<void> {
  for (;;) {
    const end = window.bytes.indexOf(NEWLINE);
    window.discard(end === -1 ? window.bytes.length : end + 1);
    if (end !== -1 || !(await window.more())) return;
  }
}

/** Lines of a text that begin with `From ` were given a `>` when the mailbox was written. */
function unquoted(bytes: Buffer): Buffer {
  if (bytes.indexOf('>From ') === -1) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll(/^>(>*From )/gm, '$1'), 'latin1');
}
