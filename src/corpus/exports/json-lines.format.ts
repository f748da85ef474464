import { BytePieces } from './byte-pieces.js';
import { documentRecordOf } from './document-record.js';
import type { DocumentGroups } from './export-format.js';

/** One record a line. */
export async function* jsonLinesBytes(groups: DocumentGroups): AsyncGenerator<Uint8Array> {
  const pieces = new BytePieces();
  for await (const group of groups) {
    for (const each of group) yield* pieces.add(Buffer.from(`${JSON.stringify(documentRecordOf(each))}\n`));
  }
  yield* pieces.rest();
}
