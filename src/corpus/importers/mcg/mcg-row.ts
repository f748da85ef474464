import { valueOfCell } from '../../exports/csv-cell.js';
import { RECORD_FIELDS } from '../../exports/document-record.js';
import type { CsvValues } from '../csv/csv-rows.js';
import type { JsonRecord } from '../json-record.js';

const LISTS: ReadonlySet<string> = new Set(['tags', 'user_tags', 'attachments']);

/** The record of a row; lists are JSON, or words between commas where a person wrote them. */
export function mcgRecordOfRow(values: CsvValues): JsonRecord {
  return Object.fromEntries(
    RECORD_FIELDS.map((field) => {
      const value = valueOfCell(values.get(field) ?? '');
      return [field, LISTS.has(field) ? listIn(value ?? '') : value];
    }),
  );
}

function listIn(value: string): unknown {
  try {
    const list: unknown = JSON.parse(value);
    if (Array.isArray(list)) return list;
  } catch {
    // Not written by us.
  }
  const words = value.split(',').map((word) => word.trim());
  return words.filter((word) => word !== '');
}
