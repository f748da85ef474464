import { contentHashOf, fingerprintOf, storableDocument } from './document-content.js';
import type { ImportedDocument } from './imported-document.js';

const DOCUMENT: ImportedDocument = {
  externalId: 'm1',
  threadId: 't1',
  authorRole: 'self',
  title: 'Frost',
  text: 'The frost came early.',
  url: null,
  createdAt: '2025-10-01T08:00:00.000Z',
  tags: ['garden'],
  attachments: [],
};

describe('storableDocument', () => {
  it('leaves a sound document as it is', () => {
    expect(storableDocument(DOCUMENT)).toEqual(DOCUMENT);
  });

  it('cleans what PostgreSQL refuses', () => {
    const broken = storableDocument({
      ...DOCUMENT,
      text: 'a\u0000b\ud800c',
      title: '\u0000',
      tags: ['x\udfff'],
    });
    expect([broken.text, broken.title, broken.tags]).toEqual(['ab\ufffdc', '', ['x\ufffd']]);
  });

  it('keeps long ids short and apart', () => {
    const [a, b] = ['a', 'b'].map((end) =>
      storableDocument({ ...DOCUMENT, externalId: 'é'.repeat(5_000) + end }),
    );
    expect(a!.externalId).not.toBe(b!.externalId);
    expect(Buffer.byteLength(a!.externalId)).toBeLessThan(2_000);
  });

  it.each([
    ['2025-10-01T10:00:00+02:00', '2025-10-01T08:00:00.000Z'],
    ['+275760-09-13T00:00:00.000Z', null],
    ['0000-01-01T00:00:00Z', null],
    ['never', null],
  ])('takes the time %s as %s', (createdAt, stored) => {
    expect(storableDocument({ ...DOCUMENT, createdAt }).createdAt).toBe(stored);
  });
});

it.each([
  [12.4, 12],
  [-3, 0],
  [1e12, 2_147_483_647],
  [Number.NaN, undefined],
])('takes an engagement of %d as %d', (engagement, stored) => {
  expect(storableDocument({ ...DOCUMENT, engagement }).engagement).toBe(stored);
});

describe('contentHashOf', () => {
  const base = contentHashOf('personal', 'chatgpt', DOCUMENT);

  it.each<[string, Partial<ImportedDocument>]>([
    ['text', { text: 'The frost came late.' }],
    ['title', { title: null }],
    ['author', { authorRole: 'assistant' }],
    ['thread', { threadId: null }],
    ['time', { createdAt: null }],
    ['url', { url: 'https://example.org' }],
    ['tags', { tags: [] }],
    ['attachments', { attachments: ['image'] }],
    ['id', { externalId: 'm2' }],
    ["author's name", { authorName: 'Mara' }],
    ['reply', { replyTo: 'm0' }],
    ['engagement', { engagement: 0 }],
  ])('changes with the %s', (_field, change) => {
    expect(contentHashOf('personal', 'chatgpt', { ...DOCUMENT, ...change })).not.toBe(base);
  });

  it('is what it was before sources told of authors, replies and engagement', () => {
    expect(base).toBe('87c9f67e000f3e7c854e91ce006815a724be9b5fab65cb83b78229a150d08573');
  });

  it('tells a name from a reply', () => {
    const [name, reply] = [{ authorName: 'm0' }, { replyTo: 'm0' }].map((told) =>
      contentHashOf('personal', 'chatgpt', { ...DOCUMENT, ...told }),
    );
    expect(name).not.toBe(reply);
  });

  it('depends on nothing else', () => {
    expect(contentHashOf('personal', 'chatgpt', { ...DOCUMENT })).toBe(base);
    expect(base).toMatch(/^[0-9a-f]{64}$/);
  });
});

it('fingerprintOf sees through case, punctuation and spacing only', () => {
  expect(fingerprintOf('The  frost—came EARLY!')).toBe(fingerprintOf('the frost came early'));
  expect(fingerprintOf('the frost came late')).not.toBe(fingerprintOf('the frost came early'));
});
