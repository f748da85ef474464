import { sha256Hex } from '../../../shared/index.js';
import type { ImportedDocument } from '../../documents/imported-document.js';
import type { ExportFile, ExportFiles } from '../files/export-files.js';
import { type KnownFile, KnownFilesImporter } from '../files/known-files.importer.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { type ListsReading, readJsonLists } from '../json-lists.reader.js';
import type { JsonRecord } from '../json-record.js';
import type { ReadingProgress } from '../reading-progress.js';
import { roleOfAuthor } from '../text/authorship.js';
import { givenParts } from '../text/given-parts.js';
import { hashtagsIn } from '../text/hashtags.js';
import { labelsOf } from '../text/label-list.js';
import { entryOf, type FacebookEntry } from './facebook-entry.js';

const NAMES = [
  ...['status_updates', 'comments', 'comments_v2', 'notes', 'notes_v2', 'wall_posts_sent_to_you'],
  ...['group_posts', 'group_posts_v2', 'group_comments', 'group_comments_v2'],
];
/** Some exports wrap a list once more. */
const LISTS = ['', ...NAMES.flatMap((name) => [name, `${name}.activity_log_data`])];
const TIME = /"(?:created_)?timestamp"\s*:\s*\d{9,10}\b/;
const FIELDS = new RegExp(
  [
    '"data"\\s*:\\s*\\[\\s*(?:\\]|\\{\\s*"(?:post|comment|media|text|place|external_context|update_timestamp|backdated_timestamp)"|\\{\\s*\\})',
    '"attachments"\\s*:\\s*\\[',
    '"label_values"\\s*:\\s*\\[',
  ].join('|'),
);
const OWN_LIST = new RegExp(`^\\{\\s*"(?:${NAMES.join('|')})"\\s*:\\s*[[{]`);
const MESSAGES = /(?:^|\/)messages\/.*\/message(?:_\d+)?\.json$/i;
/** Conversations with a machine hold times and attachments too. */
const CHATS = /"(?:mapping|chat_messages|messages)"\s*:/;
/** What others wrote on the owner's pages. */
const OTHERS = /other_people|wall_posts_sent_to_you/i;

/** Reads what a person wrote on Facebook from its export in JSON: posts, comments, posts in groups, notes. */
export class FacebookImporter extends KnownFilesImporter<'entries'> {
  readonly source = 'facebook';
  readonly usualCorpus = 'social';
  readonly reads = 'a Facebook export in JSON (the ZIP, or your_posts_1.json)';
  protected readonly names =
    /(?:^|\/)(?:your_posts|your_comments|your_group|comments|group_|posts_and_comments|other_people|notes|posts_on_other)[^/]*\.json$/i;

  protected formOf(begin: string): 'entries' | null {
    if (!/^(?:\{\s*"|\[\s*\{)/.test(begin) || !TIME.test(begin) || CHATS.test(begin)) return null;
    return OWN_LIST.test(begin) || (begin.startsWith('[') && FIELDS.test(begin)) ? 'entries' : null;
  }

  protected isSign(): boolean {
    return true;
  }

  protected override async *eventsOf(
    known: readonly KnownFile<'entries'>[],
    {
      files,
      progress,
      selfNames,
    }: { readonly files: ExportFiles; readonly progress: ReadingProgress } & ReadOptions,
  ): AsyncGenerator<ImportEvent> {
    const ids = new EntryIds();
    for (const { file } of known) yield* readJsonLists(file, readingOf(file, ids, selfNames), progress);
    const messages = files.matching(MESSAGES).length;
    if (messages > 0)
      yield { kind: 'skipped', position: 'messages', reason: 'file of private messages', count: messages };
  }
}

function readingOf(file: ExportFile, ids: EntryIds, selfNames: readonly string[]): ListsReading {
  return {
    noun: 'entry',
    lists: LISTS,
    isElement: (record: JsonRecord) => 'timestamp' in record || 'created_timestamp' in record,
    *eventsOf(record, position, list): Generator<ImportEvent> {
      const entry = entryOf(record);
      if (entry.text === '') yield { kind: 'skipped', position, reason: `${entry.kind} without text` };
      else {
        const isOthers = OTHERS.test(list) || OTHERS.test(file.name);
        yield { kind: 'document', document: documentOf(entry, ids.idOf(entry), isOthers, selfNames) };
      }
    },
  };
}

function documentOf(
  entry: FacebookEntry,
  externalId: string,
  isOthers: boolean,
  selfNames: readonly string[],
): ImportedDocument {
  return {
    externalId,
    threadId: null,
    authorRole: isOthers ? 'other' : roleOfAuthor(entry.author, selfNames),
    title: entry.title,
    text: entry.text,
    url: entry.url,
    createdAt: entry.createdAt,
    tags: labelsOf([
      entry.kind,
      ...(entry.group === null ? [] : [`group:${entry.group}`]),
      ...hashtagsIn(entry.text),
    ]),
    attachments: entry.attachments,
    ...givenParts({ authorName: entry.author }),
  };
}

/** Ids by kind and second, so that an edited text keeps its id; of two texts of one second the later has its digest too. */
class EntryIds {
  /** The begin of the first text's digest, by kind and second; numbers, for there may be millions. */
  readonly #digests = {
    post: new Map<number, number>(),
    comment: new Map<number, number>(),
    note: new Map<number, number>(),
  };

  idOf({ kind, id, timestamp, text }: FacebookEntry): string {
    const digest = sha256Hex(text).slice(0, 16);
    if (id !== null) return `${kind}:${id}`;
    if (timestamp === null) return `${kind}::${digest}`;
    const second = Number(timestamp);
    const number = Number.parseInt(digest.slice(0, 7), 16);
    const first = this.#digests[kind].get(second);
    if (first === undefined) this.#digests[kind].set(second, number);
    const key = `${kind}:${timestamp}`;
    return first === undefined || first === number ? key : `${key}:${digest}`;
  }
}
