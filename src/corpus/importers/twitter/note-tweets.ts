import { isoTimeOf } from '../import-time.js';
import { type JsonRecord, recordOf, recordsOf, stringOf } from '../json-record.js';
import { expandedText } from './tweet-text.js';

/** A long tweet; the list of tweets holds only its beginning. */
export interface NoteTweet {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string | null;
  readonly hashtags: readonly string[];
}

/** Both are written when the tweet is sent. */
const MAX_SECONDS_APART = 3;
/** Shorter beginnings prove nothing. */
const MIN_COMMON_CHARS = 30;

/** The long tweets of an archive. Nothing names the tweet of a note: its time and its beginning tell. */
export class NoteTweets {
  readonly #bySecond = new Map<number, NoteTweet[]>();

  /** Keeps a note for its tweet; false for what is no note. */
  add(record: JsonRecord): boolean {
    const note = noteOf(recordOf(record['noteTweet']) ?? record);
    if (note === null) return false;
    const second = secondOf(note.createdAt);
    this.#bySecond.set(second, [...(this.#bySecond.get(second) ?? []), note]);
    return true;
  }

  /** The note of a tweet, which then is not left any more; null where the tweet is whole. */
  take(createdAt: string | null, text: string): NoteTweet | null {
    if (createdAt === null) return null;
    const second = secondOf(createdAt);
    for (let apart = -MAX_SECONDS_APART; apart <= MAX_SECONDS_APART; apart++) {
      const notes = this.#bySecond.get(second + apart) ?? [];
      const found = notes.findIndex((note) => beginsWith(note.text, text));
      if (found !== -1) return notes.splice(found, 1)[0]!;
    }
    return null;
  }

  /** The notes whose tweet was not met. */
  left(): readonly NoteTweet[] {
    return [...this.#bySecond.values()].flat();
  }
}

function noteOf(note: JsonRecord): NoteTweet | null {
  const id = stringOf(note['noteTweetId']) ?? stringOf(note['id']);
  const core = recordOf(note['core']) ?? recordOf(note['noteTweetResults']) ?? {};
  const raw = stringOf(core['text']);
  if (id === null || raw === null) return null;
  const links = new Map<string, string>();
  for (const url of recordsOf(core['urls'])) {
    const short = stringOf(url['shortUrl']);
    const target = stringOf(url['expandedUrl']);
    if (short !== null && target !== null) links.set(short, target);
  }
  const hashtags = recordsOf(core['hashtags']).flatMap((each) => stringOf(each['text']) ?? []);
  return { id, text: expandedText(raw, links), createdAt: isoTimeOf(note['createdAt']), hashtags };
}

function secondOf(createdAt: string | null): number {
  return createdAt === null ? Number.MIN_SAFE_INTEGER : Math.floor(Date.parse(createdAt) / 1000);
}

function beginsWith(note: string, tweet: string): boolean {
  const begin = plain(tweet.replace(/\s*https?:\/\/\S+$/, '').replace(/\s*(?:…|\.\.\.)$/, ''));
  return begin.length >= MIN_COMMON_CHARS && plain(note).startsWith(begin);
}

/** Leading names of those who are answered stand in the one and not in the other. */
function plain(text: string): string {
  return text
    .replace(/^(?:@\w+\s+)+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
