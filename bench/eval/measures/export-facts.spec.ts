import type { ImportedDocument } from '../../../src/corpus/index.js';
import { factsOf, type ReadExport } from './export-facts.js';

function document(externalId: string, more: Partial<ImportedDocument> = {}): ImportedDocument {
  const base = {
    threadId: null,
    authorRole: 'self',
    title: null,
    text: 'x',
    url: null,
    createdAt: null,
  } as const;
  return { externalId, ...base, tags: [], attachments: [], ...more };
}
const skip = (reason: string, count = 1) => ({ kind: 'skipped', position: 'here', reason, count }) as const;
const read = (documents: readonly ImportedDocument[], skipped: ReadExport['skipped'] = []): ReadExport => ({
  documents,
  skipped,
  keptMessageIds: null,
});
const broken = (...args: Parameters<typeof factsOf>) =>
  factsOf(...args)
    .filter(({ holds }) => !holds)
    .map(({ name }) => name);

describe('factsOf', () => {
  const tree = {
    nodes: 4,
    conversations: 1,
    roles: { user: 1, assistant: 2 },
    active_path_user_assistant_messages: 2,
    off_path_messages: 1,
  };
  const kept = [
    document('c:q', { threadId: 'c' }),
    document('c:a', { threadId: 'c', authorRole: 'assistant' }),
  ];

  it('of a tree hold where one branch is kept and the other counted', () => {
    expect(broken(read(kept, [skip('on a branch that was not kept')]), tree)).toEqual([]);
  });

  it('of a tree break where a message is lost, or one of an abandoned branch is shown', () => {
    expect(broken(read(kept), tree)).toContain('every message is kept or counted (2 of 3)');
    const shown = [...kept, document('c:old', { threadId: 'c', authorRole: 'assistant' })];
    const keptMessageIds = new Set(['q', 'a']);
    expect(broken({ ...read(shown), keptMessageIds }, tree)).toEqual([
      'messages of abandoned branches are left out (0 of 1)',
      'the kept branch is kept',
      'nothing is of an abandoned branch',
    ]);
  });

  it('of posts break where a retweet counts as own words or an entity stands undecoded', () => {
    const tweets = { tweets: 2, retweets: 1, replies: 0, years: ['2020', '2021'] };
    const [first, second] = [
      document('1', { createdAt: '2020-01-01T00:00:00.000Z', tags: ['retweet'] }),
      document('2', { createdAt: '2021-01-01T00:00:00.000Z' }),
    ];
    expect(broken(read([first, second]), tweets)).toEqual([]);
    expect(
      broken(
        read([
          { ...first, tags: [] },
          { ...second, text: 'a &amp; b' },
        ]),
        tweets,
      ),
    ).toEqual(['retweets are told apart (0 of 1)', 'entities are decoded']);
  });

  it('of any list break where a record is neither kept nor counted', () => {
    expect(broken(read([document('1')], [skip('empty')]), { root: 'rss', entries: 2 })).toEqual([]);
    expect(broken(read([document('1')]), { root: 'rss', entries: 2 })).toHaveLength(1);
    expect(broken(read([document('1', { text: 'PÃ¤rs' })]), { posts: 1, strings_needing_repair: 1 })).toEqual(
      ['encodings are repaired'],
    );
  });
});
