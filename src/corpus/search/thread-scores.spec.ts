import { RankWeights } from './rank-weights.js';
import { threadScoresOf } from './thread-scores.js';

const weights = new RankWeights();

describe('threadScoresOf', () => {
  it('lends an answer the score of its question, though it has none itself', () => {
    const lent = threadScoresOf(new Map([[1, 1_000]]), [{ id: 1, near: 2, step: 1 }], weights);
    expect([...lent]).toEqual([[2, 1_000 * weights.turnBefore]]);
  });

  it('lends in both directions, each once, however often it is told', () => {
    const neighbours = [
      { id: 1, near: 2, step: 1 },
      { id: 2, near: 1, step: -1 },
      { id: 1, near: 2, step: 1 },
      { id: 1, near: 3, step: 2 },
    ];
    const lent = threadScoresOf(
      new Map([
        [1, 1_000],
        [2, 100],
      ]),
      neighbours,
      weights,
    );
    expect(Object.fromEntries(lent)).toEqual({
      1: 100 * weights.turnAfter,
      2: 1_000 * weights.turnBefore,
      3: 1_000 * weights.turnsTwoAway,
    });
  });

  it('takes a reply for the turn after, also where others stand between in the thread', () => {
    const neighbours = [
      { id: 1, near: 2, step: 2 },
      { id: 1, near: 2, step: 1 },
    ];
    expect(threadScoresOf(new Map([[1, 1_000]]), neighbours, weights).get(2)).toBe(
      1_000 * weights.turnBefore,
    );
  });
});
