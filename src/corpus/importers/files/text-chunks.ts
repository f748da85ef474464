import { declaredCharset } from './declared-charset.js';
import { chunksOf, type ExportFile } from './export-files.js';
import { type DecodedText, decodeText, encodingOf, type TextEncoding } from './text-bytes.js';

/** A file up to this size is decoded as a whole, so that its encoding is known and not guessed from its beginning. */
const WHOLE_BYTES = 32 * 1024 * 1024;

/** A text as it is read, in pieces. */
export interface TextChunks {
  readonly note: string | null;
  readonly chunks: AsyncIterable<string>;
}

/**
 * A text file of any size in pieces, decoded by what it declares and is; null for binary content.
 * Throws what `ExportFile.open` throws.
 */
export async function textChunksOf(
  file: ExportFile,
  bytes: AsyncIterable<Uint8Array> = chunksOf(file),
): Promise<TextChunks | null> {
  const source = bytes[Symbol.asyncIterator]();
  const begin: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  while (length <= WHOLE_BYTES) {
    const next = await source.next();
    if (next.done === true) {
      isWhole = true;
      break;
    }
    begin.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(begin);
  if (isWhole) return wholeText(decodeText(head, declaredCharset(head)));
  const encoding = encodingOf(head, declaredCharset(head));
  if (encoding === null || encoding.label.startsWith('utf-32')) {
    await source.return?.();
    return null;
  }
  return { note: encoding.note, chunks: decodedPieces(head, source, encoding) };
}

function wholeText(decoded: DecodedText | null): TextChunks | null {
  return decoded && { note: decoded.note, chunks: piecesOf(decoded.text) };
}

/** A sign of two units is never cut: readers that work on bytes would lose it. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + PIECE_CHARS;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield text.slice(at, end);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

const PIECE_CHARS = 256 * 1024;

async function* decodedPieces(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  { label }: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(label);
  try {
    yield* piecesOf(decoder.decode(head, { stream: true }));
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield decoder.decode(next.value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    await rest.return?.();
  }
}
