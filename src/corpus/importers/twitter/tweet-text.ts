import { type JsonRecord, recordOf, recordsOf, stringOf } from '../json-record.js';
import { storedText } from '../stored-text.js';
import { withoutEntities } from '../text/plain-entities.js';

const SHORT_LINK = /(\s*)(https?:\/\/t\.co\/\w+)/g;
const RETWEET = /^RT @(\w{1,30})/;

/** What a tweet says: whole, entities decoded once, short links as where they lead, links to its own media left out. */
export function tweetText(tweet: JsonRecord): string {
  const original = recordOf(tweet['retweeted_status']);
  const originalText = original === null ? null : rawText(original);
  const author = stringOf(recordOf(original?.['user'])?.['screen_name']);
  // The text of a retweet is cut where the tweet it repeats is there as a whole.
  const raw =
    originalText !== null && author !== null ? `RT @${author}: ${originalText}` : (rawText(tweet) ?? '');
  return expandedText(raw, linksOf([tweet, ...(original === null ? [] : [original])]));
}

/** Whose tweet it repeats, or null where it is no retweet. The archive's own mark `retweeted` is never set. */
export function retweetedAuthor(tweet: JsonRecord): string | null {
  const original = recordOf(recordOf(tweet['retweeted_status'])?.['user']);
  return stringOf(original?.['screen_name']) ?? RETWEET.exec(rawText(tweet) ?? '')?.[1] ?? null;
}

/** Decodes a text and puts in where its short links lead; an empty target takes the link out. */
export function expandedText(raw: string, links: ReadonlyMap<string, string>): string {
  const text = withoutEntities(raw).replaceAll(SHORT_LINK, (whole, space: string, link: string) => {
    const target = links.get(link);
    if (target === undefined) return whole;
    return target === '' ? '' : `${space}${target}`;
  });
  return storedText(text).trim();
}

/** The pictures, films and sounds of a tweet, as its archive names them. */
export function mediaOf(tweet: JsonRecord): readonly JsonRecord[] {
  const mediaIn = (key: string) => recordsOf(recordOf(tweet[key])?.['media']);
  const extended = mediaIn('extended_entities');
  return extended.length > 0 ? extended : mediaIn('entities');
}

function rawText(tweet: JsonRecord): string | null {
  return (
    stringOf(recordOf(tweet['extended_tweet'])?.['full_text']) ??
    stringOf(tweet['full_text']) ??
    stringOf(tweet['text'])
  );
}

function linksOf(tweets: readonly JsonRecord[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const tweet of tweets.flatMap((each) => [each, recordOf(each['extended_tweet']) ?? {}])) {
    for (const url of recordsOf(recordOf(tweet['entities'])?.['urls'])) {
      const short = stringOf(url['url']);
      const target = stringOf(url['expanded_url']);
      if (short !== null && target !== null) links.set(short, target);
    }
    for (const media of mediaOf(tweet)) links.set(stringOf(media['url']) ?? '', '');
  }
  return links;
}
