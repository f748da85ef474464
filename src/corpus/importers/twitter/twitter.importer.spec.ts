import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { TwitterImporter } from './twitter.importer.js';

const emptyFolder = temporaryFolders();

type Fields = Readonly<Record<string, unknown>>;

const tweet = (id: string, text: string, more: Fields = {}) => ({
  tweet: {
    id_str: id,
    created_at: 'Wed Apr 03 09:15:00 +0000 2024',
    full_text: text,
    favorite_count: '2',
    retweet_count: '1',
    ...more,
  },
});
const script = (name: string, records: readonly unknown[]) =>
  `window.YTD.${name}.part0 = ${JSON.stringify(records, null, 2)}`;
const ACCOUNT = script('account', [{ account: { email: 'a@e.org', username: 'pear', accountId: '1' } }]);

const read = (files: Readonly<Record<string, string | Uint8Array>>) =>
  readFiles(new TwitterImporter(), emptyFolder(), files);
const readTweets = (records: readonly unknown[], more: Readonly<Record<string, string>> = {}) =>
  read({ 'data/tweets.js': script('tweets', records), 'data/account.js': ACCOUNT, ...more });

describe('TwitterImporter', () => {
  it('reads a tweet whole: links, entities, media, hashtags, counts', async () => {
    const { documents } = await readTweets([
      tweet('10', 'Pears &amp; plums &amp;lt;3 https://t.co/ab https://t.co/abc #fruit https://t.co/pic', {
        entities: {
          hashtags: [{ text: 'fruit' }],
          urls: [{ url: 'https://t.co/abc', expanded_url: 'https://e.org/?a=1&b=2' }],
          media: [{ url: 'https://t.co/pic', type: 'photo' }],
        },
        extended_entities: {
          media: [
            { url: 'https://t.co/pic', type: 'photo' },
            { url: 'https://t.co/pic', type: 'video' },
          ],
        },
      }),
    ]);
    expect(documents).toEqual([
      {
        externalId: '10',
        threadId: '10',
        authorRole: 'self',
        title: null,
        text: 'Pears & plums &lt;3 https://t.co/ab https://e.org/?a=1&b=2 #fruit',
        url: 'https://x.com/pear/status/10',
        createdAt: '2024-04-03T09:15:00.000Z',
        tags: ['fruit'],
        attachments: ['image', 'video'],
        authorName: 'pear',
        engagement: 3,
      },
    ]);
  });

  it('tells retweets from own words, also where the owner writes RT inside', async () => {
    const { documents } = await readTweets([
      tweet('1', 'RT @plum: Sweet.'),
      tweet('2', 'Agreed! RT @plum: Sweet.', { retweeted: true }),
    ]);
    expect(documents.map((each) => [each.authorRole, each.authorName, each.tags, each.engagement])).toEqual([
      ['other', 'plum', ['retweet'], undefined],
      ['self', 'pear', [], 3],
    ]);
  });

  it('joins the answers to own tweets to one thread, in any order, over all files', async () => {
    const reply = (id: string, to: string) => tweet(id, `${id}.`, { in_reply_to_status_id_str: to });
    const { documents } = await readTweets([reply('3', '2'), tweet('1', '1.'), reply('9', '8')], {
      'data/tweets-part1.js': `window.YTD.tweets.part1 = ${JSON.stringify([reply('2', '1')])};\n`,
    });
    expect(documents.map((each) => [each.externalId, each.threadId, each.replyTo])).toEqual([
      ['2', '1', '1'],
      ['3', '1', '2'],
      ['1', '1', undefined],
      ['9', '8', '8'],
    ]);
  });

  it('puts long tweets in place of their beginnings, and keeps those without one', async () => {
    const long = 'A very long thought about pears that goes on & on, '.repeat(8);
    const note = (id: string, text: string, at = '2024-04-03T09:15:01.000Z') => ({
      noteTweet: { noteTweetId: id, createdAt: at, core: { text, urls: [], hashtags: [{ text: 'long' }] } },
    });
    const { documents, faults } = await readTweets(
      [
        tweet('1', `@plum ${long.slice(0, 200).replaceAll('&', '&amp;')}… https://t.co/x`),
        tweet('2', 'Short one.'),
      ],
      {
        'data/note-tweet.js': script('note_tweet', [
          note('n1', long),
          note('n2', 'Lost.'),
          { noteTweet: {} },
        ]),
      },
    );
    expect(documents.map((each) => [each.externalId, each.text, each.tags])).toEqual([
      ['1', long.trim(), ['long']],
      ['2', 'Short one.', []],
      ['note:n2', 'Lost.', ['long']],
    ]);
    expect(faults).toBe(1);
  });

  it('keeps the last wording of an edited tweet under the id of the first', async () => {
    const ids = ['5', '6'];
    const { documents, skipped } = await readTweets([
      tweet('5', 'Pers.', { edit_info: { initial: { editTweetIds: ids } } }),
      tweet('6', 'Pears.', {
        edit_info: { edit: { initialTweetId: '5', editControlInitial: { editTweetIds: ids } } },
      }),
    ]);
    expect(documents.map((each) => [each.externalId, each.text])).toEqual([['5', 'Pears.']]);
    expect(skipped.map(([, reason]) => reason)).toEqual(['earlier wording of an edited tweet']);
  });

  it('leaves out and counts what was deleted and what was written to single persons', async () => {
    const { documents, skipped } = await readTweets([tweet('1', 'Here.')], {
      'data/deleted-tweets.js': script('deleted_tweets', [tweet('2', 'Gone.'), tweet('3', 'Gone.')]),
      'data/direct-messages.js': script('direct_messages', [
        { dmConversation: { messages: [{ messageCreate: { text: 'Hush.' } }, {}, {}] } },
      ]),
      'data/like.js': script('like', [{ like: { tweetId: '4', fullText: 'Of another.' } }]),
    });
    expect(documents).toHaveLength(1);
    expect(skipped.map(([, reason, count]) => [reason, count])).toEqual([
      ['deleted tweet', 2],
      ['direct message', 3],
    ]);
  });

  it('reads the oldest archives, with the tweets that are repeated in full', async () => {
    const old = {
      id_str: '7',
      created_at: '2012-05-06 17:27:17 +0000',
      text: 'RT @plum: Swee…',
      user: { screen_name: 'pear' },
      retweeted_status: { id_str: '6', text: 'Sweet &gt; sour', user: { screen_name: 'plum' } },
    };
    const { documents } = await read({
      'data/js/tweets/2012_05.js': `Grailbird.data.tweets_2012_05 = \n ${JSON.stringify([old])}`,
      'data/js/user_details.js': 'var user_details =  {"screen_name" : "pear", "id" : "1"}',
    });
    expect(documents).toMatchObject([
      {
        text: 'RT @plum: Sweet > sour',
        authorRole: 'other',
        createdAt: '2012-05-06T17:27:17.000Z',
        url: 'https://x.com/pear/status/7',
      },
    ]);
  });

  it('goes on behind a tweet that is broken, and tells of an end that is missing', async () => {
    const broken = {
      tweet: { ...tweet('2', 'b').tweet, entities: { user_mentions: [{ id_str: '1' }, { id_str: '4' }] } },
    };
    const text = script('tweets', [tweet('1', 'a'), broken, tweet('3', 'c'), tweet('4', 'd')]);
    const cut = text.replace('"full_text": "b"', '"full_text": "b').slice(0, -60);
    const { documents, faults } = await read({ 'tweets.js': cut });
    expect(documents.map(({ externalId }) => externalId)).toEqual(['1', '3']);
    expect(faults).toBe(2);
  });

  it('reads other encodings, marks, NULs, halves of signs, and times that are none', async () => {
    const json = script('tweets', [
      tweet('1', 'Grüße 👋\u0000\ud800', { created_at: 'Mon Jan 01 00:00:00 +0000 1900' }),
      tweet('2', 'b', { created_at: 'soon', favorite_count: {}, entities: [], id_str: 2 }),
      { tweet: { full_text: 'no id' } },
      tweet('4', ''),
    ]);
    for (const bytes of [
      Buffer.from(`\ufeff${json}`, 'utf16le'),
      Buffer.from(`\ufeff${json}`),
      Buffer.from(json.replaceAll('\n', '\r\n')),
    ]) {
      const { documents, skipped, faults } = await read({ 'tweets.js': bytes });
      expect(documents.map(({ text, createdAt }) => [text, createdAt])).toEqual([
        ['Grüße 👋\ufffd', null],
        ['b', null],
      ]);
      expect(skipped.map(([, reason]) => reason)).toEqual([
        'not a tweet: it has no id',
        'tweet without text',
      ]);
      expect(faults).toBe(1);
    }
  });

  it('never throws, whatever the fields are', async () => {
    const fields = [
      'id_str',
      'full_text',
      'entities',
      'extended_entities',
      'edit_info',
      'user',
      'retweeted_status',
    ];
    const record = fc.dictionary(fc.constantFrom(...fields, 'in_reply_to_status_id_str'), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        await readTweets([tweet('1', 'a'), ...records.map((each) => tweet('2', 'b', each))]);
      }),
      { numRuns: 40 },
    );
  });
});
