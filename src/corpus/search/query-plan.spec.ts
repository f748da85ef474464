import fc from 'fast-check';
import { corpusSizeOf, idfOf } from './bm25.js';
import { exhaustivePlan, planQuery, queryStemsOf, queryTermsOf, type TermStatistics } from './query-plan.js';

function statistics(counts: Record<string, number>, documentCount = 100_000): TermStatistics {
  const terms = Object.entries(counts).map(([stem, count], id) => ({ id, stem, documentCount: count }));
  return { scopeId: 1, revision: '1', documentCount, tokenCount: documentCount * 20, terms };
}

describe('queryStemsOf', () => {
  it('gives the distinct content stems in order', () => {
    expect(queryStemsOf('What did I say about heating and the heated greenhouse?')).toEqual([
      'heat',
      'greenhous',
    ]);
    expect(queryStemsOf('what is it about?')).toEqual([]);
  });
});

describe('planQuery', () => {
  const ids = (terms: readonly { id: number }[]) => terms.map((term) => term.id);

  it('reads rare terms for candidates and common ones only to score them', () => {
    const plan = planQuery(statistics({ common: 60_000, rare: 4, middle: 2_000 }));
    expect(ids(plan.driving)).toEqual([1, 2]);
    expect(ids(plan.adding)).toEqual([0]);
    expect(plan.averageTokenCount).toBe(20);
  });

  it('reads a common term all the same where rare ones find too little', () => {
    expect(ids(planQuery(statistics({ common: 60_000, rare: 4 })).driving)).toEqual([1, 0]);
  });

  it('weighs words of the asking less than equally rare words of the topic', () => {
    const [asking, topic] = planQuery(statistics({ decid: 5, greenhous: 5 })).driving;
    expect(asking!.weight).toBeLessThan(topic!.weight / 2);
  });

  it('lets every term drive where it must be exhaustive', () => {
    const plan = exhaustivePlan(planQuery(statistics({ common: 60_000, rare: 4, middle: 2_000 })));
    expect(ids(plan.driving)).toEqual([1, 2, 0]);
    expect(plan.adding).toEqual([]);
  });

  it('keeps the rarest 64 of very many', () => {
    const counts = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`w${index}`, 500 - index]));
    const plan = planQuery(statistics(counts));
    expect(plan.driving).toHaveLength(64);
    expect(plan.driving[0]!.id).toBe(499);
  });
});

describe('queryTermsOf', () => {
  it('names known and unknown stems, the unknown as the rarest', () => {
    const terms = queryTermsOf(['heat', 'mongolia'], statistics({ heat: 10 }));
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
