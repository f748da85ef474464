import { parseDocument } from 'yaml';
import { type JsonRecord, recordOf } from '../json-record.js';

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
/** More is data, which would take its time. */
const MAX_FRONT_CHARS = 2 * 1024 * 1024;

/** The record of a note: its text is all that follows the front matter. Null where that cannot be read. */
export function mcgRecordOfNote(content: string): JsonRecord | null {
  const match = FRONT_MATTER.exec(content);
  const fields = match === null ? null : fieldsOf(match[1]!);
  const own = recordOf(fields?.['mcg']);
  if (match === null || fields === null || own === null) return null;
  return {
    ...own,
    mcg_document: own['document'],
    title: fields['title'],
    text: content.slice(match[0].length),
  };
}

/** Aliases are not followed. */
function fieldsOf(front: string): JsonRecord | null {
  if (front.length > MAX_FRONT_CHARS) return null;
  try {
    const document = parseDocument(front, {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      stringKeys: true,
    });
    return document.errors.length > 0 ? null : recordOf(document.toJS({ maxAliasCount: 0 }));
  } catch {
    return null;
  }
}
