import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { RedditImporter } from './reddit.importer.js';

const emptyFolder = temporaryFolders();
const POSTS = 'id,permalink,date,ip,subreddit,gildings,title,url,body\n';
const COMMENTS = 'id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n';
const PAGE = '/r/fruit/comments/abc/pears/';

const read = (files: Readonly<Record<string, string | Uint8Array>>, selfNames: readonly string[] = []) =>
  readFiles(new RedditImporter(), emptyFolder(), files, selfNames);

describe('RedditImporter', () => {
  it('reads posts and comments as one thread, whether ids name their kind or not', async () => {
    const { documents } = await read({
      'posts.csv': `${POSTS}abc,${PAGE},2023-06-15 14:30:00 UTC,,fruit,0,Pears &amp; plums,https://e.org/a,"Some\n\ntext"\n`,
      'comments.csv': `${COMMENTS}t1_d,${PAGE}d/,2023-06-16 08:00:00 UTC,,fruit,0,https://www.reddit.com${PAGE},,First,\ne,${PAGE}e/,2023-06-16 08:00:00 UTC,,fruit,0,https://www.reddit.com${PAGE},d,Second,\n`,
      'post_headers.csv': `id,permalink,date,ip,subreddit,gildings,url\nabc,${PAGE},2023-06-15 14:30:00 UTC,,fruit,0,\n`,
    });
    expect(documents).toEqual([
      expect.objectContaining({ externalId: 't1_d', threadId: 't3_abc', replyTo: 't3_abc', text: 'First' }),
      expect.objectContaining({ externalId: 't1_e', threadId: 't3_abc', replyTo: 't1_d', text: 'Second' }),
      {
        externalId: 't3_abc',
        threadId: 't3_abc',
        authorRole: 'self',
        title: 'Pears & plums',
        text: 'Some\n\ntext',
        url: `https://www.reddit.com${PAGE}`,
        createdAt: '2023-06-15T14:30:00.000Z',
        tags: ['post', 'r/fruit'],
        attachments: ['link: https://e.org/a'],
      },
    ]);
  });

  it('keeps a post that is its title, and leaves out what is gone or has no words', async () => {
    const row = (id: string, title: string, body: string) =>
      `${id},${PAGE},2023-06-15 14:30:00 UTC,,fruit,0,${title},https://www.reddit.com${PAGE},${body}\n`;
    const { documents, skipped, faults } = await read({
      'posts.csv':
        POSTS +
        row('a', 'Which pear?', '') +
        row('b', 'x', '[removed]') +
        row('c', '[ Deleted ]', '') +
        row('d', '', '') +
        row('', 'x', 'x'),
    });
    expect(documents.map(({ text, attachments }) => [text, attachments])).toEqual([['Which pear?', []]]);
    expect(skipped.map(([, reason]) => reason)).toEqual([
      'deleted or removed',
      'deleted or removed',
      'post without text',
      'post without id',
    ]);
    expect(faults).toBe(1);
  });

  it('says of tables without texts and of messages that they are not read', async () => {
    const { documents, skipped } = await read({
      'comment_headers.csv': `id,permalink,date,ip,subreddit,gildings,link,parent\nabc,${PAGE},2023-06-15 14:30:00 UTC,,fruit,0,,\n`,
      'messages.csv': 'id,permalink,thread_id,date,ip,from,to,subject,body\n1,,,,,a,b,c,hush\n',
    });
    expect(documents).toEqual([]);
    expect(skipped.map(([, reason]) => reason)).toEqual([
      'comment without text',
      'table of private messages',
    ]);
  });

  it('reads lists as the API gives them: own ones, not what was saved', async () => {
    const comment = {
      name: 't1_d',
      body: 'a &gt; b',
      link_id: 't3_abc',
      parent_id: 't1_c',
      link_title: 'Pears',
      subreddit: { display_name: 'fruit' },
      created_utc: 1_500_000_000.0,
      permalink: `${PAGE}d/`,
      score: 5,
      author: { name: 'ann' },
    };
    const post = {
      name: 't3_x',
      title: 'T',
      selftext: '',
      subreddit: 'fruit',
      created_utc: 1_500_000_000,
      num_comments: 2,
      score: 1,
    };
    const text = JSON.stringify({
      profile: { link_karma: 1 },
      saved: [post],
      comments: [comment],
      submissions: [post],
    });
    const { documents } = await read({ 'export.json': text }, ['someone']);
    expect(documents).toMatchObject([
      {
        externalId: 't1_d',
        threadId: 't3_abc',
        replyTo: 't1_c',
        title: 'Pears',
        text: 'a > b',
        authorName: 'ann',
        authorRole: 'other',
        engagement: 5,
        createdAt: '2017-07-14T02:40:00.000Z',
      },
      { externalId: 't3_x', text: 'T', engagement: 3, authorRole: 'self' },
    ]);
    const listing = { kind: 'Listing', data: { children: [{ kind: 't3', data: post }] } };
    expect((await read({ 'reddit.json': JSON.stringify(listing) })).documents).toHaveLength(1);
    const broken = await read({ 'export.json': text.replace('{"link_karma":1}', '{"link_karma":1,...}') });
    expect([broken.documents.length, broken.faults]).toEqual([2, 1]);
  });

  it('never throws, whatever tables and records hold', async () => {
    const record = fc.dictionary(
      fc.constantFrom('name', 'id', 'body', 'title', 'subreddit', 'created_utc', 'data', 'permalink'),
      fc.jsonValue(),
    );
    const cell = fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a', '\u0000', '[removed]') });
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.array(cell), async (records, cells) => {
        const text = JSON.stringify([{ subreddit: 'x', created_utc: 1, body: 'b', id: 'i' }, ...records]);
        await read({
          'reddit.json': text,
          'posts.csv': POSTS + cells.join(','),
          'comments.csv': COMMENTS + cells.join(','),
        });
      }),
      { numRuns: 40 },
    );
  });
});
