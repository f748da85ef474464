import { Parser } from 'htmlparser2';
import { XmlRecordBuilder, type XmlRecordEvent } from './xml-record.builder.js';

/** Small, so that what nests too deeply is seen before it costs. */
const PIECE_CHARS = 16 * 1024;
const MAX_DEPTH = 1_000;
/** A value that never ends is not held in memory for ever. */
const MAX_VALUE_CHARS = 64 * 1024 * 1024;

/**
 * Reads the `item` and `entry` elements of a feed or an export, one by one, whatever size the file has. Lenient: what is
 * not well-formed is read as far as it makes sense. Entities of a document type are not expanded, nothing is fetched.
 */
export async function* readXmlRecords(chunks: AsyncIterable<string>): AsyncGenerator<XmlRecordEvent> {
  const builder = new XmlRecordBuilder();
  const parser = new Parser(builder, { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  let written = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_CHARS) {
      const piece = chunk.slice(at, at + PIECE_CHARS);
      parser.write(piece);
      written += piece.length;
      yield* builder.taken();
      const fault = faultOf(builder.depth, written - parser.endIndex);
      if (fault === null) continue;
      yield { kind: 'fault', index: builder.index, reason: fault };
      return;
    }
  }
  builder.isEnding = true;
  parser.end();
  yield* builder.taken();
}

function faultOf(depth: number, openChars: number): string | null {
  if (depth > MAX_DEPTH) return 'XML is nested too deeply: the rest of the file is not read';
  if (openChars > MAX_VALUE_CHARS) return 'a value in the XML never ends: the rest of the file is not read';
  return null;
}
