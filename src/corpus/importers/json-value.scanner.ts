const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const NEAR_BYTES = 48;

/** Whether a byte is JSON white space. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Finds where one JSON value ends, by strings, escapes and depth alone, across any number of chunks. */
export class JsonValueScanner {
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Goes on at `from`; returns the offset behind the value, or -1 when it needs more bytes. */
  scan(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      if (this.#inString) {
        at = this.#skipString(bytes, at);
        if (!this.#inString && this.#depth === 0) return at;
      } else {
        const end = this.#step(bytes[at]!, at);
        if (end !== -1) return end;
        at++;
      }
    }
    return -1;
  }

  #skipString(bytes: Buffer, from: number): number {
    const start = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    let quote = start - 1;
    do {
      quote = nextQuote(bytes, quote + 1);
      if (quote === -1) {
        this.#escaped = isEscaped(bytes, start, bytes.length);
        return bytes.length;
      }
    } while (isEscaped(bytes, start, quote));
    this.#inString = false;
    return quote + 1;
  }

  #step(byte: number, at: number): number {
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (this.#depth === 0) return at;
      this.#depth--;
      if (this.#depth === 0) return at + 1;
    } else if (this.#depth === 0 && (byte === COMMA || isSpace(byte))) return at;
    return -1;
  }
}

/** Most strings are keys, too short to be worth a call out of JavaScript; long ones are worth it many times over. */
function nextQuote(bytes: Buffer, from: number): number {
  const nearEnd = Math.min(from + NEAR_BYTES, bytes.length);
  for (let at = from; at < nearEnd; at++) if (bytes[at] === QUOTE) return at;
  return nearEnd === bytes.length ? -1 : bytes.indexOf(QUOTE, nearEnd);
}

function isEscaped(bytes: Buffer, start: number, at: number): boolean {
  let slash = at - 1;
  while (slash >= start && bytes[slash] === BACKSLASH) slash--;
  return (at - slash) % 2 === 0;
}
