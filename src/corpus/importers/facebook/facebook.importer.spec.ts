import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { FacebookImporter } from './facebook.importer.js';

const emptyFolder = temporaryFolders();
const POSTS = 'posts/your_posts_1.json';

type Fields = Readonly<Record<string, unknown>>;

/** As the export writes it: each byte of UTF-8 as a sign of its own. */
const misread = (value: unknown) =>
  JSON.stringify(value).replaceAll(/[^\u0000-\u007f]+/g, (signs) =>
    [...Buffer.from(signs)].map((byte) => `\\u${byte.toString(16).padStart(4, '0')}`).join(''),
  );
const post = (timestamp: number, text: string, more: Fields = {}) => ({
  timestamp,
  data: [{ post: text }, { update_timestamp: timestamp }],
  title: 'Ann Pear updated her status.',
  ...more,
});
const comment = (timestamp: number, text: string, more: Fields = {}) => ({
  timestamp,
  data: [{ comment: { timestamp, comment: text, author: 'Ann Pear', ...more } }],
  title: "Ann Pear commented on Bo Plum's post.",
});
const read = (files: Readonly<Record<string, unknown>>, selfNames: readonly string[] = []) =>
  readFiles(
    new FacebookImporter(),
    emptyFolder(),
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        typeof value === 'string' || value instanceof Uint8Array ? value : misread(value),
      ]),
    ),
    selfNames,
  );

describe('FacebookImporter', () => {
  it('reads a post with its signs put right, and what stands beside its pictures once', async () => {
    const { documents } = await read({
      [POSTS]: [
        post(1_500_000_000, 'Süße Birnen 🍐 #obst', {
          attachments: [
            { data: [{ external_context: { url: 'https://e.org/a' } }] },
            { data: [{ media: { uri: 'media/1_n.jpg', description: 'Süße Birnen 🍐' } }] },
            {
              data: [
                { media: { uri: 'media/2_n.mp4', description: 'Am Baum' } },
                { place: { name: 'Köln' } },
              ],
            },
          ],
        }),
      ],
    });
    expect(documents).toEqual([
      {
        externalId: 'post:1500000000',
        threadId: null,
        authorRole: 'self',
        title: 'Ann Pear updated her status.',
        text: 'Süße Birnen 🍐 #obst\n\nAm Baum',
        url: null,
        createdAt: '2017-07-14T02:40:00.000Z',
        tags: ['post', 'obst'],
        attachments: ['link: https://e.org/a', 'image', 'video', 'place: Köln'],
      },
    ]);
  });

  it('reads comments with author and group, and by the names of the owner whose they are', async () => {
    const files = {
      'comments_and_reactions/comments.json': {
        comments_v2: [
          comment(1_500_000_000, 'Ja', { group: 'Obst' }),
          comment(1_500_000_001, 'Nein', { author: 'Bo' }),
        ],
      },
    };
    const summary = async (selfNames: readonly string[]) =>
      (await read(files, selfNames)).documents.map((each) => [each.authorRole, each.authorName, each.tags]);
    expect(await summary([])).toEqual([
      ['self', 'Ann Pear', ['comment', 'group:Obst']],
      ['self', 'Bo', ['comment']],
    ]);
    expect((await summary(['ann pear'])).map(([role]) => role)).toEqual(['self', 'other']);
  });

  it.each([
    ['the first', { 'posts/your_posts.json': { status_updates: [post(1_500_000_000, 'a')] } }, 'self'],
    [
      'others on the timeline',
      {
        "posts/other_people's_posts_to_your_timeline.json": {
          wall_posts_sent_to_you: { activity_log_data: [post(1_500_000_000, 'a')] },
        },
      },
      'other',
    ],
    [
      'groups',
      {
        'groups/your_posts_in_groups.json': {
          group_posts: { activity_log_data: [post(1_500_000_000, 'a')] },
        },
      },
      'self',
    ],
    [
      'the later',
      {
        'your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json': [
          post(1_500_000_000, 'a'),
        ],
      },
      'self',
    ],
    [
      'the newest',
      {
        'posts/your_posts_1.json': [
          {
            timestamp: 1_500_000_000,
            media: [],
            label_values: [
              { label: 'Text', value: 'a' },
              { label: 'URL', value: 'https://e.org' },
            ],
            fbid: '7',
          },
        ],
      },
      'self',
    ],
    [
      'notes',
      { 'posts/notes.json': { notes_v2: [{ created_timestamp: 1_500_000_000, title: 'T', text: 'a' }] } },
      'self',
    ],
  ])('reads %s form', async (_name, files, role) => {
    expect((await read(files)).documents).toMatchObject([
      { text: 'a', authorRole: role, createdAt: '2017-07-14T02:40:00.000Z' },
    ]);
  });

  it('keeps two texts of one second apart, and an edited one under its id', async () => {
    const idsOf = async (...texts: string[]) =>
      (await read({ [POSTS]: texts.map((text) => post(1_500_000_000, text)) })).documents.map(
        ({ externalId }) => externalId,
      );
    expect(await idsOf('a')).toEqual(await idsOf('a, edited'));
    expect(new Set(await idsOf('a', 'b', 'a')).size).toBe(2);
  });

  it('leaves out what has no words, and private messages, counted', async () => {
    const { documents, skipped } = await read({
      [POSTS]: [
        post(1_500_000_000, 'a'),
        { timestamp: 1_500_000_001, title: 'Ann shared a link.', attachments: [] },
      ],
      'messages/inbox/bo_1/message_1.json': {
        participants: [],
        messages: [{ timestamp_ms: 1, content: 'hush' }],
      },
    });
    expect(documents).toHaveLength(1);
    expect(skipped.map(([, reason, count]) => [reason, count])).toEqual([
      ['post without text', 1],
      ['file of private messages', 1],
    ]);
  });

  it('goes on behind a broken entry, tells of a missing end, and reads UTF-16 and good UTF-8', async () => {
    const text = misread([1, 2, 3, 4].map((at) => post(1_500_000_000 + at, String(at))));
    const cut = await read({ [POSTS]: text.replace('"post":"2"', '"post":2"').slice(0, -20) });
    expect(cut.documents.map((each) => each.text)).toEqual(['1', '3']);
    expect(cut.faults).toBe(2);
    const wide = Buffer.from(`\ufeff${JSON.stringify([post(1_500_000_000, 'Süß 🍐')])}`, 'utf16le');
    expect((await read({ [POSTS]: wide })).documents.map((each) => each.text)).toEqual(['Süß 🍐']);
  });

  it('never throws, whatever the fields are', async () => {
    const record = fc.dictionary(
      fc.constantFrom('timestamp', 'data', 'attachments', 'label_values', 'title', 'text', 'media'),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        const nested = records.map((each) => ({
          ...post(1, 'x'),
          data: [{ comment: each }, each],
          attachments: [{ data: [{ media: each, poll: each }] }],
        }));
        await read({ [POSTS]: [post(1_500_000_000, 'a'), ...records, ...nested] });
      }),
      { numRuns: 40 },
    );
  });
});
