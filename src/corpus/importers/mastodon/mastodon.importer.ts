import { type KnownFile, KnownFilesImporter } from '../files/known-files.importer.js';
import type { ImportEvent } from '../importer.port.js';
import { type ListsReading, readJsonLists, recordsIn } from '../json-lists.reader.js';
import type { JsonRecord } from '../json-record.js';
import type { ReadingProgress } from '../reading-progress.js';
import { ReplyChains } from '../text/reply-chains.js';
import { type Activity, activityOf, idOf, visibilityOf, wordingTime } from './activity.js';
import { documentOf } from './post-document.js';

const OUTBOX = {
  noun: 'activity',
  lists: ['', 'orderedItems', 'items', 'first.orderedItems', 'first.items'],
  /** Mentions and pictures in a post have a type too. */
  isElement: (record: JsonRecord) => 'actor' in record || 'content' in record,
};
const TYPES = /"type"\s*:\s*\[?\s*"(?:OrderedCollection(?:Page)?|Create|Announce|Note)"/;
const SIGNS = /activitystreams|"orderedItems"\s*:|"(?:attributedTo|actor)"\s*:\s*"https?:/;

/** Reads the archive of a Mastodon account, and outboxes of other servers that speak ActivityPub. */
export class MastodonImporter extends KnownFilesImporter<'outbox'> {
  readonly source = 'mastodon';
  readonly usualCorpus = 'social';
  readonly reads = 'a Mastodon archive (the ZIP or unpacked folder, or outbox.json)';
  protected readonly names = /outbox[^/]*\.json$/i;

  protected formOf(begin: string): 'outbox' | null {
    const isJson = /^(?:\{\s*"|\[\s*\{)/.test(begin);
    return isJson && TYPES.test(begin) && SIGNS.test(begin) ? 'outbox' : null;
  }

  protected isSign(): boolean {
    return true;
  }

  protected override async *eventsOf(
    known: readonly KnownFile<'outbox'>[],
    { progress }: { readonly progress: ReadingProgress },
  ): AsyncGenerator<ImportEvent> {
    const outbox = new OutboxFacts();
    for (const { file } of known)
      for await (const record of recordsIn(file, OUTBOX)) outbox.learn(activityOf(record));
    for (const { file } of known) yield* readJsonLists(file, readingWith(outbox), progress);
  }
}

/** What only the whole of an outbox tells: chains of replies, later wordings, what was deleted again. */
class OutboxFacts {
  readonly chains = new ReplyChains();
  readonly #wordings = new Map<string, JsonRecord>();
  readonly #removed = new Set<string>();
  readonly #told = new Set<string>();

  learn(activity: Activity | null): void {
    if (activity === null) return;
    const { kind, object, objectId } = activity;
    if (objectId === null) return;
    if (kind === 'removal') this.#removed.add(objectId);
    const parent = object === null ? null : idOf(object['inReplyTo']);
    if (parent !== null && parent !== objectId) this.chains.learn(objectId, parent);
    if (kind !== 'edit' || object === null) return;
    const known = this.#wordings.get(objectId);
    if (known === undefined || wordingTime(known) <= wordingTime(object))
      this.#wordings.set(objectId, object);
  }

  isRemoved(id: string): boolean {
    return this.#removed.has(id);
  }

  /** The last wording of a post, once; null where it was told already. */
  lastWording(id: string, object: JsonRecord): JsonRecord | null {
    const edit = this.#wordings.get(id);
    if (edit === undefined) return object;
    if (this.#told.has(id)) return null;
    this.#told.add(id);
    return wordingTime(object) > wordingTime(edit) ? object : edit;
  }
}

function readingWith(outbox: OutboxFacts): ListsReading {
  return {
    ...OUTBOX,
    *eventsOf(record, position): Generator<ImportEvent> {
      const activity = activityOf(record);
      if (activity === null) {
        yield { kind: 'skipped', position, reason: 'not an activity: it has no type', isFault: true };
      } else yield eventOf(activity, outbox, position);
    },
  };
}

function eventOf(activity: Activity, outbox: OutboxFacts, position: string): ImportEvent {
  const { kind, object, objectId } = activity;
  const skipped = (reason: string, isFault = false): ImportEvent => ({
    kind: 'skipped',
    position,
    reason,
    ...(isFault ? { isFault } : {}),
  });
  if (kind === 'removal') return skipped('removal of a post');
  if (kind === 'other') return skipped('activity that is no post');
  if (object === null)
    return skipped(
      kind === 'boost' ? 'boost: the export holds only its address' : 'activity that is no post',
    );
  if (objectId === null) return skipped('post without id', true);
  if (outbox.isRemoved(objectId)) return skipped('deleted post');
  if (visibilityOf(object, activity.activity) === 'direct') return skipped('direct message');
  const last = kind === 'boost' ? object : outbox.lastWording(objectId, object);
  if (last === null) return skipped('earlier wording of an edited post');
  const document = documentOf(activity, last, objectId, outbox.chains);
  if (document.text === '') return skipped('post without text');
  return { kind: 'document', document };
}
