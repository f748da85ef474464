import fc from 'fast-check';
import { INVENTED_NOTES, searchNotes } from '../../../test/contract/invented-corpus.js';
import type { SearchResult } from '../search/search-query.js';
import { buildContextPack } from './build-context-pack.js';

const WIDE = { maxChars: 6_000, maxSnippets: 12 };

function packOf(prompt: string, results: readonly SearchResult[] = [searchNotes(prompt)], budget = WIDE) {
  return buildContextPack({ prompt, results, ...budget });
}

describe('buildContextPack', () => {
  it('covers the parts of a prompt before it says more of one', () => {
    const pack = packOf('greenhouse heating and kombucha', undefined, { maxChars: 6_000, maxSnippets: 2 });
    const texts = pack.snippets.map((snippet) => snippet.text);
    expect(texts).toEqual([expect.stringContaining('oil'), expect.stringContaining('Kombucha')]);
  });

  it('says why a snippet was chosen and why one was not', () => {
    const repeated = 'The sourdough loaf was dense because my starter was hungry.';
    const { choices, omitted, snippets } = packOf('sourdough loaf', [
      searchNotes('sourdough loaf', [...INVENTED_NOTES, repeated]),
    ]);
    expect(choices.map((choice) => choice.snippetId)).toEqual(snippets.map((snippet) => snippet.id));
    expect(choices[0]?.reason).toBe('first to speak of sourdough, loaf');
    expect(choices[1]?.reason).toBe('says more about sourdough');
    expect(omitted.map((omission) => omission.reason)).toEqual(['repeats']);
  });

  it('leaves out what shares only words of the asking with the prompt', () => {
    const notes = [...INVENTED_NOTES, 'Please summarize and explain it again.'];
    const prompt = 'Summarize and explain the kombucha';
    const { snippets, omitted } = packOf(prompt, [searchNotes(prompt, notes)]);
    expect(snippets.map((snippet) => snippet.text)).toEqual([INVENTED_NOTES[5]]);
    expect(omitted.map((omission) => omission.reason)).toEqual(['off_topic']);
  });

  it('measures coverage by weight: what no corpus knows weighs most', () => {
    const { concepts, scores } = packOf('greenhouse on Mongolia');
    const weights = Object.fromEntries(concepts.map((concept) => [concept.stem, concept]));
    expect(weights['greenhous']).toMatchObject({ covered: true });
    expect(weights['mongolia']).toMatchObject({ covered: false });
    expect(weights['mongolia']!.weight).toBeGreaterThan(2 * weights['greenhous']!.weight);
    expect(scores.coverage).toBeLessThan(0.35);
    expect(packOf('greenhouse').scores.coverage).toBe(1);
  });

  it('takes the same from corpora whose scores have different scales', () => {
    const own = searchNotes('marathon knee', INVENTED_NOTES.slice(0, 8), 300);
    const louder = {
      ...own,
      hits: own.hits.map((hit) => ({
        ...hit,
        snippet: { ...hit.snippet, score: hit.snippet.score * 1_000 },
      })),
    };
    const other = searchNotes('marathon knee', ['My knee hurts since the marathon in Turin.'], 300, 'social');
    const ids = (results: SearchResult[]) =>
      packOf('marathon knee', results).snippets.map((snippet) => snippet.id);
    expect(ids([louder, other])).toEqual(ids([own, other]));
  });

  it('counts the words of a name only together', () => {
    expect(packOf('Who is Anna Garden?').scores.coverage).toBe(0);
    expect(packOf('Who is Anna?').scores.coverage).toBe(1);
    expect(packOf('Who owns an anna garden?').scores.coverage).toBeGreaterThan(0);
  });

  it('counts words of a title', () => {
    const result = searchNotes('knee trouble', ['It got better after two weeks of rest with the knee up.']);
    const titled = result.hits.map((hit) => ({
      ...hit,
      snippet: {
        ...hit.snippet,
        attribution: { ...hit.snippet.attribution, title: 'Trouble after the race' },
      },
    }));
    expect(packOf('knee trouble', [{ ...result, hits: titled }]).scores.coverage).toBe(1);
    expect(packOf('knee trouble', [result]).scores.coverage).toBeLessThan(1);
  });

  it('keeps to its budget, repeats nothing and depends on no order', () => {
    const words = [...new Set(INVENTED_NOTES.join(' ').match(/\p{L}{4,}/gu))];
    const prompts = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 })
      .map((some) => some.join(' '));
    const budgets = fc.record({
      maxChars: fc.integer({ min: 0, max: 800 }),
      maxSnippets: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(prompts, budgets, (prompt, budget) => {
        const half = INVENTED_NOTES.length / 2;
        const results = [
          searchNotes(prompt, INVENTED_NOTES.slice(0, half)),
          searchNotes(prompt, INVENTED_NOTES.slice(half)),
        ];
        const pack = packOf(prompt, results, budget);
        const chars = pack.snippets.reduce((sum, snippet) => sum + snippet.text.length, 0);
        const ids = pack.snippets.map((snippet) => snippet.id);
        expect(chars).toBeLessThanOrEqual(budget.maxChars);
        expect(ids.length).toBeLessThanOrEqual(budget.maxSnippets);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length + pack.omitted.length).toBe(results.flatMap((result) => result.hits).length);
        for (const score of Object.values(pack.scores)) expect(score).toBeGreaterThanOrEqual(0);
        for (const score of Object.values(pack.scores)) expect(score).toBeLessThanOrEqual(1);
        const turned = results.map((result) => ({ ...result, hits: result.hits.toReversed() })).reverse();
        expect(packOf(prompt, turned, budget).snippets.map((snippet) => snippet.id)).toEqual(ids);
      }),
    );
  });
});

describe('a pack of several corpora', () => {
  it('takes a corpus that is wanted less where it says as much', () => {
    const own = searchNotes('marathon knee', ['After the marathon my knee hurt badly.']);
    const shown = searchNotes('marathon knee', ['A marathon strains each knee.'], 300, 'published');
    const first = (mix: Readonly<Record<string, number>>) =>
      buildContextPack({ prompt: 'marathon knee', results: [own, shown], ...WIDE, mix }).snippets[0]
        ?.attribution.corpus;
    expect(first({ published: 0.5 })).toBe('personal');
    expect(first({ personal: 0.5 })).toBe('published');
  });

  it('takes an answer for what its question speaks of, and for less than what says it', () => {
    const result = searchNotes('kombucha days', ['Ten, on a warm shelf with kombucha.']);
    const [hit] = result.hits;
    const shareWith = (text: string | null) =>
      buildContextPack({
        prompt: 'kombucha days',
        results: [{ ...result, hits: [{ ...hit!, context: text === null ? null : turnOf(text) }] }],
        ...WIDE,
      }).evidence.bestShare;
    const asked = shareWith('How many days?');
    expect(asked).toBeGreaterThan(shareWith(null));
    expect(asked).toBeLessThan(1);
  });
});

function turnOf(text: string) {
  return { documentId: '1', text, authorRole: 'self' as const, authorName: null, timestamp: null };
}
