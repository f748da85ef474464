import { isSpace, JsonValueScanner } from './json-value.scanner.js';

/** A key of a JSON object and where its value stands in the object's bytes, end exclusive. */
export interface JsonMember {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Walks the members of the JSON object that stands at `start`, without parsing their values.
 * So a large object can be read piece by piece. Throws `SyntaxError` where the object's own frame is broken.
 */
export function* jsonMembers(bytes: Buffer, start: number): Generator<JsonMember> {
  let at = expectByte(bytes, start, OPEN_BRACE);
  at = skipSpace(bytes, at);
  if (bytes[at] === CLOSE_BRACE) return;
  for (;;) {
    if (bytes[at] !== QUOTE) throw fault(at);
    const keyEnd = endOfValue(bytes, at);
    const key = parseAt(bytes, at, keyEnd);
    const valueStart = skipSpace(bytes, expectByte(bytes, skipSpace(bytes, keyEnd), COLON));
    const end = endOfValue(bytes, valueStart);
    yield { key: String(key), start: valueStart, end };
    at = skipSpace(bytes, end);
    if (bytes[at] === CLOSE_BRACE) return;
    at = skipSpace(bytes, expectByte(bytes, at, COMMA));
  }
}

/** Parses one value of a larger text; a fault names its place in that text. */
export function parseAt(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    throw fault(start);
  }
}

function endOfValue(bytes: Buffer, start: number): number {
  const end = new JsonValueScanner().scan(bytes, start);
  if (end <= start) throw fault(start);
  return end;
}

function expectByte(bytes: Buffer, at: number, expected: number): number {
  if (bytes[at] !== expected) throw fault(at);
  return at + 1;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at++;
  return at;
}

function fault(at: number): SyntaxError {
  return new SyntaxError(`broken JSON at position ${at}`);
}
