import type { ExportFile } from './export-files.js';
import { textChunksOf } from './text-chunks.js';

/** A text as bytes in UTF-8, whatever it is encoded in, for readers that work on bytes. */
export interface Utf8Chunks {
  readonly note: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Null for binary content. Throws what `ExportFile.open` throws. */
export async function utf8ChunksOf(
  file: ExportFile,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Utf8Chunks | null> {
  const text = await textChunksOf(file, bytes);
  return text && { note: text.note, chunks: encoded(text.chunks) };
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let half = '';
  for await (const next of pieces) {
    const piece = half + next;
    // A piece may end within a sign of two units.
    half = /[\ud800-\udbff]$/.test(piece) ? piece.slice(-1) : '';
    yield Buffer.from(half === '' ? piece : piece.slice(0, -1));
  }
  if (half !== '') yield Buffer.from(half);
}
