import { AUTHOR_ROLES, type AuthorRole } from '../../../shared/index.js';
import { RECORD_VERSION } from '../../exports/document-record.js';
import { isoTimeOf } from '../import-time.js';
import type { ImportEvent, SkippedEvent } from '../importer.port.js';
import { type JsonRecord, listOf } from '../json-record.js';

/** Sources are names of programs; they stand in an index. */
const SOURCE = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;
const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Addresses are shown as links. */
const ACTIVE_ADDRESS = /^\s*(?:javascript|vbscript|data|file):/i;

/** The document of a record, and what had to be left out of it; fields that are not known are no fault. */
export function* readMcgRecord(record: JsonRecord, position: string): Generator<ImportEvent> {
  const fault = faultOf(record);
  if (fault !== null) {
    yield skipped(position, fault);
    return;
  }
  const time = timeOf(record['timestamp']);
  if (time === undefined) yield { kind: 'noted', position, reason: 'time cannot be read: left out' };
  const url = textOf(record['url']);
  const isActive = url !== null && ACTIVE_ADDRESS.test(url);
  if (isActive) yield { kind: 'noted', position, reason: 'address that runs or opens something: left out' };
  const authorName = textOf(record['author_name']);
  const replyTo = textOf(record['reply_to']);
  const engagement = engagementOf(record['engagement']);
  yield {
    kind: 'document',
    source: textOf(record['source'])!,
    document: {
      externalId: textOf(record['external_id'])!,
      threadId: textOf(record['thread_id']),
      authorRole: roleOf(record['author_role']),
      title: textOf(record['title']),
      text: textOf(record['text'])!,
      url: isActive ? null : url,
      createdAt: time ?? null,
      tags: textsOf(record['tags']),
      attachments: textsOf(record['attachments']),
      ...(authorName !== null && { authorName }),
      ...(replyTo !== null && { replyTo }),
      ...(engagement !== null && { engagement }),
      userTags: textsOf(record['user_tags']),
    },
  };
}

/** A record that cannot be read, or a file of which the rest cannot. */
export function skipped(position: string, reason: string): SkippedEvent {
  return { kind: 'skipped', position, reason, isFault: true };
}

function faultOf(record: JsonRecord): string | null {
  const version = Number(record['mcg_document']);
  if (!(version >= 1)) return 'not a document of an export of this program';
  if (version > RECORD_VERSION) return 'written by a newer version of this program';
  if (!SOURCE.test(textOf(record['source']) ?? '')) return 'document without a usable source';
  if (textOf(record['external_id']) === null) return 'document without an id';
  return textOf(record['text']) === null ? 'document without a text' : null;
}

/** Ids that look like numbers may have become some in another program. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) => textOf(each) ?? []);
}

function roleOf(value: unknown): AuthorRole {
  return AUTHOR_ROLES.find((role) => role === value) ?? 'other';
}

/** Null where there is none, undefined where it is no time. */
function timeOf(value: unknown): string | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  const isExact = typeof value === 'string' && EXACT_TIME.test(value) && !Number.isNaN(Date.parse(value));
  return isExact ? value : (isoTimeOf(value) ?? undefined);
}

function engagementOf(value: unknown): number | null {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : null;
}
