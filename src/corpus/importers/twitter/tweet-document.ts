import type { ImportedDocument } from '../../documents/imported-document.js';
import { type JsonRecord, listOf, recordOf, recordsOf, stringOf } from '../json-record.js';
import { storedText } from '../stored-text.js';
import { attachmentLabel } from '../text/attachment-label.js';
import { countsTogether, givenParts } from '../text/given-parts.js';
import { labelsOf, nameOf } from '../text/label-list.js';
import type { ReplyChains } from '../text/reply-chains.js';
import { writtenTimeOf } from '../text/written-time.js';
import type { NoteTweet, NoteTweets } from './note-tweets.js';
import { mediaOf, retweetedAuthor, tweetText } from './tweet-text.js';

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['photo', 'image/*'],
  ['animated_gif', 'image/*'],
  ['video', 'video/*'],
]);

/** What is known of the whole archive before its tweets are told. */
export interface ArchiveFacts {
  /** The owner's name on the service, without `@`. */
  readonly handle: string | null;
  readonly chains: ReplyChains;
  readonly notes: NoteTweets;
}

/** A record of the archive as a tweet, which newer archives wrap; null for what is none. */
export function tweetOf(record: JsonRecord): JsonRecord | null {
  const tweet = recordOf(record['tweet']) ?? record;
  return tweetId(tweet) === null ? null : tweet;
}

/** The id of a tweet as text; as a number it has lost its last digits. */
export function tweetId(tweet: JsonRecord): string | null {
  return idText(tweet['id_str']) ?? idText(tweet['id']);
}

export function repliedId(tweet: JsonRecord): string | null {
  return idText(tweet['in_reply_to_status_id_str']) ?? idText(tweet['in_reply_to_status_id']);
}

/** All wordings of an edited tweet, the first one first; its own id alone where it was never edited. */
export function wordingIds(tweet: JsonRecord): readonly string[] {
  const info = recordOf(tweet['edit_info']);
  const edit = recordOf(info?.['edit']);
  const control = recordOf(edit?.['editControlInitial']) ?? recordOf(info?.['initial']);
  const ids = listOf(control?.['editTweetIds']).flatMap((id) => idText(id) ?? []);
  const first = idText(edit?.['initialTweetId']);
  const all = new Set([...(first === null ? [] : [first]), ...ids]);
  const own = tweetId(tweet);
  return own === null || all.has(own) ? [...all] : [own];
}

/** The document of a tweet; its text may be empty. */
export function documentOf(tweet: JsonRecord, { handle, chains, notes }: ArchiveFacts): ImportedDocument {
  const id = tweetId(tweet)!;
  const createdAt = writtenTimeOf(stringOf(tweet['created_at']))?.iso ?? null;
  const cutText = tweetText(tweet);
  const retweeted = retweetedAuthor(tweet);
  const note = retweeted === null ? notes.take(createdAt, cutText) : null;
  const isRetweet = retweeted !== null;
  const author = stringOf(recordOf(tweet['user'])?.['screen_name']) ?? handle;
  const replyTo = repliedId(tweet);
  // An edited tweet keeps the id of its first wording, so that an edit is a change and not another tweet.
  const externalId = wordingIds(tweet)[0] ?? id;
  return {
    externalId,
    threadId: chains.rootOf(externalId),
    authorRole: isRetweet || isAnother(author, handle) ? 'other' : 'self',
    title: null,
    text: note?.text ?? cutText,
    url: addressOf(id, handle),
    createdAt,
    tags: labelsOf([
      ...(isRetweet ? ['retweet'] : []),
      ...(replyTo === null ? [] : ['reply']),
      ...hashtagsOf(tweet, note),
    ]),
    attachments: mediaOf(tweet).map((media) =>
      attachmentLabel(
        stringOf(media['ext_alt_text']),
        MEDIA_TYPES.get(stringOf(media['type']) ?? '') ?? 'image/*',
      ),
    ),
    ...givenParts({
      authorName: nameOf(isRetweet ? retweeted : author),
      replyTo,
      // The counts of a retweet are those of another's tweet.
      engagement: isRetweet
        ? null
        : countsTogether(['favorite_count', 'retweet_count', 'reply_count'].map((key) => tweet[key])),
    }),
  };
}

/** A long tweet whose beginning is not among the tweets. */
export function noteDocument(note: NoteTweet, handle: string | null): ImportedDocument {
  const externalId = `note:${storedText(note.id)}`;
  return {
    externalId,
    threadId: externalId,
    authorRole: 'self',
    title: null,
    text: note.text,
    url: null,
    createdAt: note.createdAt,
    tags: labelsOf(note.hashtags),
    attachments: [],
    ...givenParts({ authorName: handle }),
  };
}

function isAnother(author: string | null, handle: string | null): boolean {
  return author !== null && handle !== null && author.toLowerCase() !== handle.toLowerCase();
}

function hashtagsOf(tweet: JsonRecord, note: NoteTweet | null): string[] {
  const own = recordsOf(recordOf(tweet['entities'])?.['hashtags']);
  return [...own.flatMap((each) => stringOf(each['text']) ?? []), ...(note?.hashtags ?? [])];
}

function addressOf(id: string, handle: string | null): string | null {
  return /^\d+$/.test(id) ? `https://x.com/${handle ?? 'i/web'}/status/${id}` : null;
}

function idText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const text = storedText(stringOf(value) ?? '').trim();
  return text === '' ? null : text.slice(0, 100).toWellFormed();
}
