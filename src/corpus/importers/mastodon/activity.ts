import { isoTimeOf } from '../import-time.js';
import { type JsonRecord, listOf, recordOf, stringOf } from '../json-record.js';
import { storedText } from '../stored-text.js';

/** What an entry of an outbox does. */
export type ActivityKind = 'post' | 'edit' | 'boost' | 'removal' | 'other';

/** An entry of an outbox; `object` is null where the entry names what it speaks of and does not hold it. */
export interface Activity {
  readonly kind: ActivityKind;
  readonly object: JsonRecord | null;
  /** The id of what it speaks of, or null. */
  readonly objectId: string | null;
  readonly actorId: string | null;
  readonly activity: JsonRecord;
}

const KINDS: ReadonlyMap<string, ActivityKind> = new Map([
  ['Create', 'post'],
  ['Update', 'edit'],
  ['Announce', 'boost'],
  ['Delete', 'removal'],
]);
/** What a person writes, by the names ActivityPub has for it. */
const WRITINGS = /^(?:Note|Article|Question|Page|Event|Audio|Video|Image|Document|ChatMessage)$/;
const PUBLIC = /^(?:https:\/\/www\.w3\.org\/ns\/activitystreams#|as:)?Public$/;

/** Null for what is no entry of an outbox. */
export function activityOf(record: JsonRecord): Activity | null {
  const type = typeOf(record);
  if (type === null) return null;
  if (WRITINGS.test(type)) {
    return {
      kind: 'post',
      object: record,
      objectId: idOf(record),
      actorId: idOf(record['attributedTo']),
      activity: record,
    };
  }
  const object = recordOf(record['object']);
  const isWriting = object !== null && (WRITINGS.test(typeOf(object) ?? '') || 'content' in object);
  return {
    kind: KINDS.get(type) ?? 'other',
    object: isWriting ? object : null,
    objectId: idOf(record['object']),
    actorId: idOf(record['actor']) ?? idOf(object?.['attributedTo']),
    activity: record,
  };
}

export type Visibility = 'public' | 'unlisted' | 'followers' | 'direct';

/** Who may see it, as Mastodon tells it by whom it is addressed to. */
export function visibilityOf(object: JsonRecord, activity: JsonRecord): Visibility {
  const addressed = (key: string) => [...textsOf(object[key]), ...textsOf(activity[key])];
  const to = addressed('to');
  const cc = addressed('cc');
  if (to.some((each) => PUBLIC.test(each))) return 'public';
  if (cc.some((each) => PUBLIC.test(each))) return 'unlisted';
  // Whoever says nothing of readers exports what all could read.
  if (to.length === 0 && cc.length === 0) return 'public';
  return [...to, ...cc].some((each) => /\/followers\/?$/.test(each)) ? 'followers' : 'direct';
}

/** The id of a thing that is told by its address or by an object. */
export function idOf(value: unknown): string | null {
  const first = Array.isArray(value) ? listOf(value)[0] : value;
  const id = storedText(stringOf(first) ?? stringOf(recordOf(first)?.['id']) ?? '').trim();
  return id === '' ? null : id;
}

/** When the wording of a post is from, to tell which is the later one. */
export function wordingTime(object: JsonRecord): string {
  return isoTimeOf(object['updated']) ?? isoTimeOf(object['published']) ?? '';
}

function typeOf(record: JsonRecord): string | null {
  const type = record['type'];
  return stringOf(Array.isArray(type) ? type[0] : type);
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}
