import { BytePieces } from './byte-pieces.js';
import { cellOf } from './csv-cell.js';
import { documentRecordOf, type ExportedDocument, RECORD_FIELDS } from './document-record.js';
import type { DocumentGroups } from './export-format.js';

/** Without it a spreadsheet takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\ufeff';

/** A table (RFC 4180) with a first row of names; lists are JSON. */
export async function* csvBytes(groups: DocumentGroups): AsyncGenerator<Uint8Array> {
  const pieces = new BytePieces();
  yield* pieces.add(Buffer.from(`${BYTE_ORDER_MARK}${RECORD_FIELDS.join(',')}\r\n`));
  for await (const group of groups) {
    for (const each of group) yield* pieces.add(Buffer.from(`${rowOf(each)}\r\n`));
  }
  yield* pieces.rest();
}

function rowOf(exported: ExportedDocument): string {
  const record = documentRecordOf(exported);
  return RECORD_FIELDS.map((field) => {
    const value = record[field];
    if (value === null || typeof value === 'string') return cellOf(value);
    return cellOf(JSON.stringify(value));
  }).join(',');
}
