import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { detectImporters } from '../../src/corpus/importers/detect-importer.js';
import { FacebookImporter } from '../../src/corpus/importers/facebook/facebook.importer.js';
import { ExportFiles } from '../../src/corpus/importers/files/export-files.js';
import type { Importer } from '../../src/corpus/importers/importer.port.js';
import { LinkedInImporter } from '../../src/corpus/importers/linkedin/linkedin.importer.js';
import { MastodonImporter } from '../../src/corpus/importers/mastodon/mastodon.importer.js';
import { RedditImporter } from '../../src/corpus/importers/reddit/reddit.importer.js';
import { TwitterImporter } from '../../src/corpus/importers/twitter/twitter.importer.js';
import { exchange, writeZip } from '../fixtures/chatgpt-export.fixture.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { describeImporter } from './importer.contract.js';

const emptyFolder = temporaryFolders();

type Write = (folder: string) => Promise<string>;

const file =
  (name: string, content: string): Write =>
  async (folder) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
const zip =
  (files: Readonly<Record<string, string>>): Write =>
  (folder) =>
    writeZip(join(folder, 'export.zip'), files);

const tweet = (id: string) => ({
  tweet: { id_str: id, created_at: 'Wed Apr 03 09:15:00 +0000 2024', full_text: `Tweet ${id}\u0000` },
});
const TWEETS = `window.YTD.tweets.part0 = ${JSON.stringify([tweet('1'), tweet('2')])}`;
const OLD_TWEETS = `window.YTD.tweet.part0 = ${JSON.stringify([tweet('1'), tweet('2')])};`;
const toot = (id: string) => ({
  type: 'Create',
  actor: 'https://e.org/users/a',
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  object: { type: 'Note', id, published: '2023-05-01T12:33:10Z', content: `<p>Toot ${id}\u0000</p>` },
});
const TOOTS = JSON.stringify([toot('a'), toot('b')]);
const OUTBOX = `{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":${TOOTS}}`;
const SHARES =
  'Date,ShareLink,ShareCommentary\n2023-05-01 12:33:10,https://l.org/urn:li:share:1,One\n2023-05-01 12:33:11,https://l.org/urn:li:share:2,Two\n';
const COMMENTS =
  'Date,Link,Message\n2023-05-01 12:33:10,https://l.org/1,One\n2023-05-01 12:33:11,https://l.org/1,Two\n';
const entry = (timestamp: number) => ({
  timestamp,
  data: [{ post: `Post ${timestamp}\u0000` }],
  title: 'A posted.',
});
const ENTRIES = JSON.stringify([entry(1_500_000_000), entry(1_500_000_001)]);
const POSTS =
  'id,permalink,date,ip,subreddit,gildings,title,url,body\na,/r/x/comments/a/,2023-06-15 14:30:00 UTC,,x,0,T,,One\nb,/r/x/comments/b/,2023-06-15 14:30:00 UTC,,x,0,T,,Two\n';
const RECORDS = JSON.stringify({
  comments: [
    { name: 't1_a', body: 'One', subreddit: 'x', created_utc: 1_500_000_000 },
    { name: 't1_b', body: 'Two', subreddit: 'x', created_utc: 1_500_000_000 },
  ],
});

const INPUTS: Readonly<Record<string, readonly (readonly [string, Write])[]>> = {
  twitter: [
    ['file', file('tweets.js', TWEETS)],
    ['file of any name', file('upload', OLD_TWEETS)],
    [
      'ZIP',
      zip({ 'data/tweets.js': TWEETS, 'data/ad-engagements.js': 'window.YTD.ad_engagements.part0 = []' }),
    ],
  ],
  mastodon: [
    ['file', file('outbox.json', OUTBOX)],
    ['list of any name', file('upload', TOOTS)],
    ['ZIP', zip({ 'outbox.json': OUTBOX, 'actor.json': '{"type":"Person"}', 'likes.json': '{}' })],
  ],
  linkedin: [
    ['posts', file('Shares.csv', SHARES)],
    ['comments', file('Comments.csv', COMMENTS)],
    ['ZIP', zip({ 'Basic/Shares_1.csv': SHARES, 'Basic/Connections.csv': 'Notes:\n"x"\n\nFirst Name\nA\n' })],
  ],
  facebook: [
    ['file', file('your_posts_1.json', ENTRIES)],
    ['file of any name', file('upload', ENTRIES)],
    ['ZIP', zip({ 'your_facebook_activity/posts/your_posts__check_ins_1.json': ENTRIES, 'a/b.json': '[]' })],
  ],
  reddit: [
    ['table', file('posts.csv', POSTS)],
    ['list', file('export.json', RECORDS)],
    ['ZIP', zip({ 'posts.csv': POSTS, 'post_votes.csv': 'id,permalink,direction\n' })],
  ],
};
const OTHERS: readonly Write[] = [
  file('conversations.json', JSON.stringify([exchange('a'), exchange('b')])),
  file(
    'conversations.json',
    '[{"uuid":"c","name":"x","chat_messages":[{"uuid":"q","sender":"human","text":"?"}]}]',
  ),
  file(
    'message_1.json',
    '{"participants":[],"messages":[{"sender_name":"a","timestamp_ms":1,"content":"b"}]}',
  ),
  file('posts.csv', 'post_id,title,body\n1,a,b\n'),
  file('comments.csv', 'name,email,message\na,b,c\n'),
  file('list.json', '[{"text":"words","timestamp":1500000000}]'),
  file('app.js', 'window.x = [{"id_str":"1"}]'),
  file('note.md', '# outbox.json\n\n"type":"Create"'),
  file('empty', ''),
  zip({ 'picture.png': 'x', 'outbox.json': '{"type":"x"}', 'tweets.js': 'nothing', 'Shares.csv': 'a,b\n' }),
];
const IMPORTERS: readonly Importer[] = [
  new TwitterImporter(),
  new MastodonImporter(),
  new LinkedInImporter(),
  new FacebookImporter(),
  new RedditImporter(),
];

const cases = IMPORTERS.flatMap((importer) =>
  INPUTS[importer.source]!.map(([form, own]) => ({ importer, form, own })),
);

describe.each(cases)('importer: $importer.source, $form', ({ importer, own }) => {
  const foreign = Object.entries(INPUTS)
    .filter(([name]) => name !== importer.source)
    .flatMap(([, inputs]) => inputs.map(([, write]) => write));
  describeImporter(importer, emptyFolder, { own, foreign: [...foreign, ...OTHERS] });

  it('is chosen alone among all importers', async () => {
    const files = await ExportFiles.open({ path: await own(emptyFolder()), uploadedName: null });
    const { parts } = await detectImporters(files);
    expect(parts.map((part) => part.importer.source)).toEqual([importer.source]);
    files.close();
  });
});
