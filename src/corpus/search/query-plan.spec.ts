import fc from 'fast-check';
import { corpusSizeOf, idfOf } from './bm25.js';
import { exhaustivePlan, planQuery, queryTermsOf, type TermStatistics } from './query-plan.js';
import type { QueryWord } from './query-words.js';

const word = (stem: string, forms: QueryWord['forms'] = []): QueryWord => ({ stem, forms });

function statistics(
  counts: Record<string, number>,
  documentCount = 100_000,
  languages: readonly string[] = [],
): TermStatistics {
  const terms = Object.entries(counts).map(([stem, count], id) => ({ id, stem, documentCount: count }));
  return { scopeId: 1, revision: '1', documentCount, tokenCount: documentCount * 20, languages, terms };
}

/** The plan of a query that has all these words. */
function planOf(counts: Record<string, number>, lightWords = 0.7) {
  return planQuery(
    Object.keys(counts).map((stem) => word(stem)),
    statistics(counts),
    lightWords,
  );
}

describe('planQuery', () => {
  const ids = (terms: readonly { id: number }[]) => terms.map((term) => term.id);

  it('reads rare terms for candidates and common ones only to score them', () => {
    const plan = planOf({ common: 60_000, rare: 4, middle: 2_000 });
    expect(ids(plan.driving)).toEqual([1, 2]);
    expect(ids(plan.adding)).toEqual([0]);
    expect(plan.averageTokenCount).toBe(20);
  });

  it('reads a common term all the same where rare ones find too little', () => {
    expect(ids(planOf({ common: 60_000, rare: 4 }).driving)).toEqual([1, 0]);
  });

  it('weighs words of the asking less than equally rare words of the topic', () => {
    const [asking, topic] = planOf({ decid: 5, greenhous: 5 }).driving;
    expect(asking!.weight).toBeCloseTo(topic!.weight * 0.7);
  });

  it('looks for a word as the languages of the corpus have it, for less than as it stands', () => {
    const words = [word('kartoffeln', [{ language: 'de', stem: 'kartoffel' }])];
    const counts = { kartoffeln: 5, kartoffel: 5 };
    const [own, form] = planQuery(words, statistics(counts, 1_000, ['de']), 1).driving;
    expect([own!.word, form!.word]).toEqual([0, 0]);
    expect(Math.min(own!.weight, form!.weight)).toBeCloseTo(Math.max(own!.weight, form!.weight) / 2);
    expect(planQuery(words, statistics(counts, 1_000), 1).driving).toHaveLength(1);
    expect(queryTermsOf(words, statistics(counts, 1_000, ['de']))).toMatchObject([
      { stem: 'kartoffeln', forms: ['kartoffel'], documentCount: 5 },
    ]);
  });

  it('lets every term drive where it must be exhaustive', () => {
    const plan = exhaustivePlan(planOf({ common: 60_000, rare: 4, middle: 2_000 }));
    expect(ids(plan.driving)).toEqual([1, 2, 0]);
    expect(plan.adding).toEqual([]);
  });

  it('reads no more than a bounded part of a word that is everywhere, and says so', () => {
    const everywhere = planOf({ common: 90_000 });
    expect(everywhere).toMatchObject({ postingsOfTerm: 30_000, complete: false });
    expect(exhaustivePlan(everywhere)).toMatchObject({ postingsOfTerm: null, complete: true });
    expect(planOf({ rare: 4, middle: 2_000 }).complete).toBe(true);
    expect(planOf({ common: 60_000, rare: 4, middle: 2_000 }).complete).toBe(false);
  });

  it('keeps the rarest 60 of very many', () => {
    const counts = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`w${index}`, 500 - index]));
    const plan = planOf(counts);
    expect(plan.driving).toHaveLength(60);
    expect(plan.driving[0]!.id).toBe(499);
  });
});

describe('queryTermsOf', () => {
  it('names known and unknown stems, the unknown as the rarest', () => {
    const terms = queryTermsOf([word('heat'), word('mongolia')], statistics({ heat: 10 }));
    expect(terms.map((term) => [term.stem, term.documentCount])).toEqual([
      ['heat', 10],
      ['mongolia', 0],
    ]);
    expect(terms[1]!.idf).toBeGreaterThan(terms[0]!.idf);
  });
});

it('corpusSizeOf finds back what idfOf was given', () => {
  const sizes = fc
    .integer({ min: 0, max: 5_000_000 })
    .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size })));
  fc.assert(fc.property(sizes, ([size, count]) => corpusSizeOf(idfOf(count, size), count) === size));
});
