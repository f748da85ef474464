/** The text of a file's bytes, and a note where its encoding had to be guessed; null for what is no text. */
export interface DecodedText {
  readonly text: string;
  readonly note: string | null;
}

/** How the bytes of a text are read. */
export interface TextEncoding {
  /** A label of the Encoding Standard, or `utf-32le`, `utf-32be`. */
  readonly label: string;
  readonly note: string | null;
}

const SAMPLE_BYTES = 4096;
/** So many signs of several bytes are no UTF-8 by chance. */
const SURE_SEQUENCES = 24;
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
];

/**
 * Decodes a text: by its byte order mark, as UTF-16 or UTF-32 where its zeros say so, as UTF-8 where it is that, then as
 * what it declares itself to be, and else as Windows-1252; null for binary content.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText | null {
  const encoding = encodingOf(bytes, declared, true);
  if (encoding === null) return null;
  return { text: textDecoderFor(encoding.label).decode(bytes), note: encoding.note };
}

/** How to read a text by its bytes; where these are only its beginning, the last sign may be cut. */
export function encodingOf(bytes: Uint8Array, declared: string | null, isWhole = false): TextEncoding | null {
  const marked = BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return { label: marked[1], note: null };
  const wide = wideEncodingOf(bytes);
  if (wide !== null) return { label: wide, note: null };
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0) && !isMostlyText(bytes)) return null;
  const label = labelOf(declared);
  const sequences = decodes(bytes, 'utf-8', isWhole) ? utf8SequencesIn(bytes) : null;
  if (sequences !== null && (label === null || !canHideIn(label) || sequences >= SURE_SEQUENCES)) {
    return { label: 'utf-8', note: null };
  }
  if (label !== null && label !== 'utf-8' && decodes(bytes, label, isWhole)) return { label, note: null };
  if (sequences !== null) return { label: 'utf-8', note: null };
  if (isNearlyUtf8(bytes)) return { label: 'utf-8', note: 'UTF-8 with damaged signs' };
  const note = label === null || label === 'utf-8' ? 'not UTF-8' : 'not in the encoding it declares';
  return { label: 'windows-1252', note: `${note}: read as Windows-1252` };
}

/** A decoder for a label of `encodingOf`; UTF-32 is unknown to `TextDecoder`. */
export function textDecoderFor(label: string): { decode(bytes: Uint8Array): string } {
  return label.startsWith('utf-32') ? new Utf32Decoder(label === 'utf-32le') : new TextDecoder(label);
}

/** Signs of such encodings can look like UTF-8, all bytes of those that escape always do. */
function canHideIn(label: string): boolean {
  return /^(?:iso-2022|hz|big5|gb|euc|shift_jis)/.test(label);
}

function labelOf(declared: string | null): string | null {
  if (declared === null) return null;
  try {
    const label = new TextDecoder(declared.trim()).encoding;
    // Whoever writes in single bytes did not write in two: the declaration outlived a conversion.
    return label.startsWith('utf-16') ? null : label;
  } catch {
    return null;
  }
}

function decodes(bytes: Uint8Array, label: string, isWhole: boolean): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes, { stream: !isWhole });
    return true;
  } catch {
    return false;
  }
}

/** How many signs of several bytes there are, as far as it matters. */
function utf8SequencesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length && count < SURE_SEQUENCES; at++) if (bytes[at]! >= 0xc2) count++;
  return count;
}

/** A text of many good signs with a few broken ones is not in another encoding. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0;
  return good > SURE_SEQUENCES && good > broken * 20;
}

/** Letters of western scripts have zeros as the other half, or three quarters, of what they take. */
function wideEncodingOf(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, Math.min(SAMPLE_BYTES, bytes.length - (bytes.length % 4)));
  if (sample.length < 4) return null;
  const zeros = [0, 0, 0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 4]!++;
  });
  const most = sample.length / 4;
  const [first, second, third, fourth] = zeros.map((count) => count > most * 0.6) as [
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  const rare = zeros.map((count) => count < most * 0.1) as [boolean, boolean, boolean, boolean];
  if (second && third && fourth && rare[0]) return 'utf-32le';
  if (first && second && third && rare[3]) return 'utf-32be';
  if (second && fourth && rare[0] && rare[2]) return 'utf-16le';
  if (first && third && rare[1] && rare[3]) return 'utf-16be';
  return null;
}

/** A stray NUL does not make a text binary; control characters all over do. */
function isMostlyText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let odd = 0;
  for (const byte of sample) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) odd++;
  return sample.length >= 64 && odd * 100 < sample.length;
}

/** Decodes whole texts only. */
class Utf32Decoder {
  constructor(private readonly isLittleEndian: boolean) {}

  decode(bytes: Uint8Array): string {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const parts: string[] = [];
    for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
      const codePoint = view.getUint32(at, this.isLittleEndian);
      if (at > 0 || codePoint !== 0xfeff)
        parts.push(codePoint > 0x10ffff ? '\ufffd' : String.fromCodePoint(codePoint));
    }
    return parts.join('').toWellFormed();
  }
}
