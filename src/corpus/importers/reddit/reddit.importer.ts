import { readCsvFile } from '../csv/csv-file.reader.js';
import { columnsOf } from '../csv/csv-rows.js';
import { type KnownFile, KnownFilesImporter } from '../files/known-files.importer.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { type ListsReading, readJsonLists } from '../json-lists.reader.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { eventOf, itemOfRecord, itemOfRow } from './reddit-item.js';

type Form = 'posts' | 'comments' | 'post headers' | 'comment headers' | 'messages' | 'records';

const KINDS = {
  posts: 'post',
  comments: 'comment',
  'post headers': 'post',
  'comment headers': 'comment',
} as const;
/** Of a person's lists, those with what they wrote; what they saved or voted on is of others. */
const LISTS = ['', 'comments', 'submissions', 'posts', 'data.children'];
const HAS_SUBREDDIT = /"subreddits?"\s*:/;
const HAS_FIELDS = /"(?:created_utc|author_fullname|link_karma|subreddit_name_prefixed|multireddits)"\s*:/;

/** Reads what a person wrote on Reddit: the tables of its data request, or JSON as its API gives it. */
export class RedditImporter extends KnownFilesImporter<Form> {
  readonly source = 'reddit';
  readonly usualCorpus = 'social';
  readonly reads = 'a Reddit data request (the ZIP, or posts.csv and comments.csv) or its JSON';
  protected readonly names =
    /(?:^|\/)(?:(?:posts?|comments?|messages?|chat)[^/]*\.csv|[^/]*(?:reddit|export|comments|submissions|posts|output)[^/]*\.json)$/i;

  protected formOf(begin: string): Form | null {
    if (/^[[{]/.test(begin)) return HAS_SUBREDDIT.test(begin) && HAS_FIELDS.test(begin) ? 'records' : null;
    return formOfTable(columnsOf(begin));
  }

  protected isSign(form: Form): boolean {
    return form !== 'messages';
  }

  protected override async *eventsOf(
    known: readonly KnownFile<Form>[],
    { progress, selfNames }: { readonly progress: ReadingProgress } & ReadOptions,
  ): AsyncGenerator<ImportEvent> {
    const hasTexts = known.some(({ form }) => form === 'posts' || form === 'comments');
    for (const { file, form } of known) {
      if (form === 'messages')
        yield { kind: 'skipped', position: storedText(file.path), reason: 'table of private messages' };
      else if (form === 'records') yield* readJsonLists(file, readingFor(selfNames), progress);
      // The same posts without their texts.
      else if (!form.endsWith('headers') || !hasTexts)
        yield* readCsvFile(
          file,
          ({ values }, position) => [eventOf(itemOfRow(KINDS[form], values), selfNames, position)],
          progress,
        );
    }
  }
}

function formOfTable(columns: readonly string[]): Form | null {
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name));
  if (has('permalink', 'subreddit')) {
    if (has('title', 'body')) return 'posts';
    if (has('body')) return 'comments';
    return has('parent') ? 'comment headers' : 'post headers';
  }
  return has('permalink', 'from', 'to', 'body') || has('message_id', 'channel_url') ? 'messages' : null;
}

function readingFor(selfNames: readonly string[]): ListsReading {
  return {
    noun: 'record',
    lists: LISTS,
    isElement: (record) => itemOfRecord(record) !== null && ('subreddit' in record || 'data' in record),
    *eventsOf(record, position): Generator<ImportEvent> {
      const item = itemOfRecord(record);
      if (item !== null) yield eventOf(item, selfNames, position);
      else yield { kind: 'skipped', position, reason: 'neither post nor comment', isFault: true };
    },
  };
}
