import { bytesOf, type ExportFiles } from '../files/export-files.js';
import { type KnownFile, KnownFilesImporter } from '../files/known-files.importer.js';
import type { ImportEvent } from '../importer.port.js';
import { type ListsReading, readJsonLists, recordsIn } from '../json-lists.reader.js';
import { type JsonRecord, listOf, recordOf } from '../json-record.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { ReplyChains } from '../text/reply-chains.js';
import { type ArchiveForm, archiveFormOf, withoutAssignment } from './archive-script.js';
import { NoteTweets } from './note-tweets.js';
import {
  type ArchiveFacts,
  documentOf,
  noteDocument,
  repliedId,
  tweetId,
  tweetOf,
  wordingIds,
} from './tweet-document.js';

const ACCOUNT = /(?:^|\/)(?:account|user_details|manifest)\.js$/i;
const HANDLE = /"(?:username|screen_name|userName)"\s*:\s*"(\w{1,30})"/;
const MAX_ACCOUNT_BYTES = 4 * 1024 * 1024;
const LISTS = { noun: 'tweet', lists: [''] };
const TWEETS = { ...LISTS, isElement: isTweet };
const NOTES = { ...LISTS, isElement: (record: JsonRecord) => 'noteTweet' in record };
const ANY = { ...LISTS, isElement: () => true };

/** Reads an archive of X, formerly Twitter: its tweets, in all the forms that the archive has had. */
export class TwitterImporter extends KnownFilesImporter<ArchiveForm> {
  readonly source = 'twitter';
  readonly usualCorpus = 'social';
  readonly reads = 'an X (Twitter) archive (the ZIP, or tweets.js)';
  protected readonly names = /(?:(?:^|\/)\d{4}_\d\d|tweets?[^/]*|direct-messages?[^/]*)\.js(?:on)?$/i;

  protected formOf(begin: string): ArchiveForm | null {
    return archiveFormOf(begin);
  }

  protected isSign(form: ArchiveForm): boolean {
    return form === 'tweets' || form === 'notes';
  }

  protected override async *eventsOf(
    known: readonly KnownFile<ArchiveForm>[],
    { files, progress }: { readonly files: ExportFiles; readonly progress: ReadingProgress },
  ): AsyncGenerator<ImportEvent> {
    const filesOf = (form: ArchiveForm) => known.filter((each) => each.form === form).map(({ file }) => file);
    const handle = await handleIn(files);
    const notes = new NoteTweets();
    for (const file of filesOf('notes'))
      yield* readJsonLists(file, noteReading(notes), progress, withoutAssignment);
    const edited = new Set<string>();
    const facts: ArchiveFacts = { handle, chains: new ReplyChains(), notes };
    for (const file of filesOf('tweets'))
      for await (const record of recordsIn(file, TWEETS, withoutAssignment))
        learn(record, facts.chains, edited);
    for (const file of filesOf('tweets'))
      yield* readJsonLists(file, tweetReading(facts, edited), progress, withoutAssignment);
    for (const note of notes.left()) yield { kind: 'document', document: noteDocument(note, handle) };
    yield* leftOut(known);
  }
}

/** Persons and hashtags in a tweet have ids too. */
function isTweet(record: JsonRecord): boolean {
  const hasText = 'full_text' in record || 'text' in record;
  return recordOf(record['tweet']) !== null || ('created_at' in record && hasText);
}

function learn(record: JsonRecord, chains: ReplyChains, edited: Set<string>): void {
  const tweet = tweetOf(record);
  if (tweet === null) return;
  const ids = wordingIds(tweet);
  const parent = repliedId(tweet);
  const id = ids[0] ?? tweetId(tweet)!;
  if (parent !== null && parent !== id) chains.learn(id, parent);
  if (ids.length < 2) return;
  edited.add(tweetId(tweet)!);
  for (const later of ids.slice(1)) chains.learn(later, id);
}

function tweetReading(facts: ArchiveFacts, edited: ReadonlySet<string>): ListsReading {
  return {
    ...TWEETS,
    *eventsOf(record, position): Generator<ImportEvent> {
      const tweet = tweetOf(record);
      if (tweet === null) {
        yield { kind: 'skipped', position, reason: 'not a tweet: it has no id', isFault: true };
        return;
      }
      const wordings = wordingIds(tweet);
      const later = wordings.slice(wordings.indexOf(tweetId(tweet)!) + 1);
      if (later.some((id) => edited.has(id))) {
        yield { kind: 'skipped', position, reason: 'earlier wording of an edited tweet' };
        return;
      }
      const document = documentOf(tweet, facts);
      if (document.text === '') yield { kind: 'skipped', position, reason: 'tweet without text' };
      else yield { kind: 'document', document };
    },
  };
}

function noteReading(notes: NoteTweets): ListsReading {
  return {
    ...NOTES,
    *eventsOf(record, position): Generator<ImportEvent> {
      if (!notes.add(record))
        yield { kind: 'skipped', position, reason: 'long tweet without id or text', isFault: true };
    },
  };
}

/** What was deleted and what was written to single persons is none of a corpus; it is counted. */
async function* leftOut(known: readonly KnownFile<ArchiveForm>[]): AsyncGenerator<ImportEvent> {
  for (const { file, form } of known) {
    if (form !== 'deleted' && form !== 'messages') continue;
    let count = 0;
    for await (const record of recordsIn(file, ANY, withoutAssignment))
      count += form === 'deleted' ? 1 : listOf(recordOf(record['dmConversation'])?.['messages']).length;
    const reason = form === 'deleted' ? 'deleted tweet' : 'direct message';
    if (count > 0) yield { kind: 'skipped', position: storedText(file.path), reason, count };
  }
}

/** The owner's name on the service, from the files beside the tweets. */
async function handleIn(files: ExportFiles): Promise<string | null> {
  for (const file of files.matching(ACCOUNT)) {
    const bytes = await bytesOf(file, MAX_ACCOUNT_BYTES);
    const handle = HANDLE.exec(bytes?.toString('utf8') ?? '')?.[1];
    if (handle !== undefined) return handle;
  }
  return null;
}
