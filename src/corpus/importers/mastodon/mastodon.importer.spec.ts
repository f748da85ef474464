import fc from 'fast-check';
import { readFiles } from '../../../../test/support/read-files.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { MastodonImporter } from './mastodon.importer.js';

const emptyFolder = temporaryFolders();
const ACTOR = 'https://e.org/users/pear';
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

type Fields = Readonly<Record<string, unknown>>;

const note = (id: string, content: string, more: Fields = {}) => ({
  id: `${ACTOR}/statuses/${id}`,
  type: 'Note',
  attributedTo: ACTOR,
  published: '2023-05-01T12:33:10Z',
  url: `https://e.org/@pear/${id}`,
  to: [PUBLIC],
  cc: [`${ACTOR}/followers`],
  content: `<p>${content}</p>`,
  ...more,
});
const activity = (type: string, object: unknown, more: Fields = {}) => ({
  id: 'https://e.org/activity',
  type,
  actor: ACTOR,
  published: '2023-05-01T12:33:10Z',
  object,
  ...more,
});
const create = (id: string, content: string, more: Fields = {}) => {
  const { to, cc } = note(id, content, more);
  return activity('Create', note(id, content, more), { to, cc });
};
const outbox = (activities: readonly unknown[]) =>
  JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: 'outbox.json',
    type: 'OrderedCollection',
    totalItems: activities.length,
    orderedItems: activities,
  });
const read = (text: string | Uint8Array) =>
  readFiles(new MastodonImporter(), emptyFolder(), { 'outbox.json': text });

describe('MastodonImporter', () => {
  it('reads a post: plain text, warning, tags, pictures, counts, author', async () => {
    const { documents } = await read(
      outbox([
        create('1', 'Pears &amp; <a href="https://e.org/tags/plums">#<span>plums</span></a><br>next line', {
          summary: 'food',
          tag: [
            { type: 'Hashtag', name: '#plums' },
            { type: 'Mention', name: '@a@e.org' },
          ],
          attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: '/a.jpg', name: 'A pear' }],
          likes: { totalItems: 2 },
          shares: { totalItems: 1 },
        }),
      ]),
    );
    expect(documents).toEqual([
      {
        externalId: `${ACTOR}/statuses/1`,
        threadId: `${ACTOR}/statuses/1`,
        authorRole: 'self',
        title: 'food',
        text: 'Pears & #plums\nnext line',
        url: 'https://e.org/@pear/1',
        createdAt: '2023-05-01T12:33:10.000Z',
        tags: ['visibility:public', 'plums'],
        attachments: ['image: A pear'],
        authorName: 'pear@e.org',
        engagement: 3,
      },
    ]);
  });

  it('tells who could see a post, and leaves out what was written to single persons', async () => {
    const followers = `${ACTOR}/followers`;
    const { documents, skipped } = await read(
      outbox([
        create('1', 'a', { to: [followers], cc: [PUBLIC] }),
        create('2', 'b', { to: followers, cc: [] }),
        create('3', 'c', { to: ['https://e.org/users/plum'], cc: [] }),
        create('4', 'd', { to: 'as:Public', cc: [] }),
      ]),
    );
    expect(documents.map(({ tags }) => tags)).toEqual([
      ['visibility:unlisted'],
      ['visibility:followers'],
      ['visibility:public'],
    ]);
    expect(skipped.map(([, reason]) => reason)).toEqual(['direct message']);
  });

  it('tells boosts apart: those it holds are of others, of the rest there is only an address', async () => {
    const other = note('9', 'Of another.', { attributedTo: 'https://f.org/users/plum' });
    const { documents, skipped } = await read(
      JSON.stringify([
        create('1', 'Own.'),
        activity('Announce', 'https://f.org/1'),
        activity('Announce', other),
      ]),
    );
    expect(documents.map((each) => [each.authorRole, each.tags.includes('boost'), each.authorName])).toEqual([
      ['self', false, 'pear@e.org'],
      ['other', true, 'plum@f.org'],
    ]);
    expect(skipped.map(([, reason]) => reason)).toEqual(['boost: the export holds only its address']);
  });

  it('joins answers to threads, by what the server names one or by the chain', async () => {
    const id = (number: string) => `${ACTOR}/statuses/${number}`;
    const { documents } = await read(
      outbox([
        create('3', 'c', { inReplyTo: id('2') }),
        create('2', 'b', { inReplyTo: id('1') }),
        create('1', 'a'),
        create('4', 'd', { inReplyTo: 'https://f.org/1', conversation: 'tag:e.org:1' }),
      ]),
    );
    expect(documents.map(({ threadId, replyTo }) => [threadId, replyTo])).toEqual([
      [id('1'), id('2')],
      [id('1'), id('1')],
      [id('1'), undefined],
      ['tag:e.org:1', 'https://f.org/1'],
    ]);
  });

  it('keeps the last wording of an edited post, once, and nothing of a deleted one', async () => {
    const { documents, skipped } = await read(
      outbox([
        create('1', 'first'),
        activity('Update', note('1', 'last', { updated: '2023-05-03T00:00:00Z' })),
        activity('Update', note('1', 'second', { updated: '2023-05-02T00:00:00Z' })),
        create('2', 'gone'),
        activity('Delete', { id: `${ACTOR}/statuses/2`, type: 'Tombstone' }),
        activity('Like', 'https://f.org/1'),
      ]),
    );
    expect(documents.map(({ text }) => text)).toEqual(['last']);
    expect(skipped.map(([, reason]) => reason)).toEqual([
      'earlier wording of an edited post',
      'earlier wording of an edited post',
      'deleted post',
      'removal of a post',
      'activity that is no post',
    ]);
  });

  it('reads polls, articles, bare posts, and posts of described pictures alone', async () => {
    const { documents, skipped } = await read(
      JSON.stringify([
        create('1', 'Which?', { type: 'Question', oneOf: [{ name: 'Pears' }, { name: 'Plums' }] }),
        note('2', 'Long.', { type: 'Article', name: 'On pears' }),
        create('3', '', { attachment: [{ type: 'Image', name: 'A pear on a table' }] }),
        create('4', '', { attachment: [{ type: 'Image' }] }),
      ]),
    );
    expect(documents.map(({ title, text }) => [title, text])).toEqual([
      [null, 'Which?\n\n- Pears\n- Plums'],
      ['On pears', 'Long.'],
      [null, 'A pear on a table'],
    ]);
    expect(skipped.map(([, reason]) => reason)).toEqual(['post without text']);
  });

  it('goes on behind a broken activity and tells of an end that is missing', async () => {
    const text = outbox([
      create('1', 'a'),
      create('2', 'b', { tag: [{ type: 'Mention' }, { type: 'Mention' }] }),
      create('3', 'c'),
      create('4', 'd'),
    ]);
    const { documents, faults } = await read(text.replace('"<p>b</p>"', '<p>b</p>"').slice(0, -40));
    expect(documents.map(({ text: each }) => each)).toEqual(['a', 'c']);
    expect(faults).toBeGreaterThan(1);
  });

  it('never throws, whatever the fields are, and reads UTF-16', async () => {
    const wide = Buffer.from(`\ufeff${outbox([create('1', 'Grüße 👋')])}`, 'utf16le');
    expect((await read(wide)).documents.map(({ text }) => text)).toEqual(['Grüße 👋']);
    const fields = [
      'id',
      'type',
      'object',
      'actor',
      'to',
      'cc',
      'content',
      'attachment',
      'tag',
      'published',
      'url',
    ];
    const record = fc.dictionary(fc.constantFrom(...fields, 'inReplyTo', 'oneOf'), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        await read(outbox([create('1', 'a'), ...records, ...records.map((each) => create('2', 'b', each))]));
      }),
      { numRuns: 40 },
    );
  });
});
