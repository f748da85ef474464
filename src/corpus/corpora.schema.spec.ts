import { corpusSearchOf, searchQuerySchema } from './corpora.schema.js';

function parse(parameters: Record<string, unknown>) {
  return searchQuerySchema.safeParse({ q: 'frost', ...parameters });
}

describe('searchQuerySchema', () => {
  it('reads a whole query string', () => {
    const parsed = parse({
      limit: '5',
      since: '2025-01-31',
      until: '2025-03-01T10:00:00+02:00',
      author: 'self,other',
      language: 'de',
      author_name: 'Anna',
      explain: 'true',
    });
    expect(corpusSearchOf({ corpus: 'personal' }, parsed.data!)).toEqual({
      corpus: 'personal',
      text: 'frost',
      limit: 5,
      since: '2025-01-31T00:00:00.000Z',
      until: '2025-03-01T08:00:00.000Z',
      authorRoles: ['self', 'other'],
      language: 'de',
      authorName: 'Anna',
    });
    expect(parsed.data!.explain).toBe(true);
  });

  it('asks for ten snippets when nothing is said', () => {
    expect(parse({}).data).toEqual({ q: 'frost', limit: 10, explain: false });
  });

  it.each([
    { q: '  ' },
    { q: 'x'.repeat(8_001) },
    { limit: '0' },
    { limit: '101' },
    { limit: 'many' },
    { since: 'yesterday' },
    { since: '0000-01-01' },
    { author: 'me' },
    { source: 'a\u0000b' },
    { tag: '\ud800' },
    { language: 'german' },
    { explain: 'perhaps' },
    { unknown: '1' },
  ])('refuses %j', (parameters) => {
    expect(parse(parameters).success).toBe(false);
  });
});
