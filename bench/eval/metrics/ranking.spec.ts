import { averagePrecision, meanOf, ndcgAt, recallAt } from './ranking.js';

const relevant = new Set(['a', 'b', 'c']);

describe('measures of a ranking', () => {
  it('give 1 to a perfect ranking and 0 to one without a relevant document', () => {
    const perfect = ['b', 'a', 'c', 'x'];
    expect(recallAt(perfect, relevant, 10)).toBe(1);
    expect(ndcgAt(perfect, relevant, 10)).toBe(1);
    expect(averagePrecision(perfect, relevant)).toBe(1);
    const wrong = ['x', 'y'];
    expect(recallAt(wrong, relevant, 10)).toBe(0);
    expect(ndcgAt(wrong, relevant, 10)).toBe(0);
    expect(averagePrecision(wrong, relevant)).toBe(0);
  });

  it('agree with figures worked out by hand', () => {
    const ranking = ['a', 'x', 'b', 'y', 'z'];
    expect(recallAt(ranking, relevant, 2)).toBeCloseTo(1 / 3);
    expect(recallAt(ranking, relevant, 3)).toBeCloseTo(2 / 3);
    const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
    expect(ndcgAt(ranking, relevant, 10)).toBeCloseTo((1 + 1 / 2) / ideal);
    expect(averagePrecision(ranking, relevant)).toBeCloseTo((1 + 2 / 3) / 3);
  });

  it('ask no more of a short list than it can hold', () => {
    expect(ndcgAt(['a'], relevant, 1)).toBe(1);
  });

  it('count a document that comes twice once', () => {
    expect(recallAt(['a', 'a'], relevant, 10)).toBeCloseTo(1 / 3);
  });

  it('say nothing where nothing is relevant, and the mean leaves that out', () => {
    const nothing = new Set<string>();
    expect([
      recallAt(['a'], nothing, 5),
      ndcgAt(['a'], nothing, 5),
      averagePrecision(['a'], nothing),
    ]).toEqual([null, null, null]);
    expect(meanOf([1, null, 0])).toBe(0.5);
  });
});
