import { rouge1 } from './rouge.js';

describe('rouge1', () => {
  it('is 1 for the same words in any order, case and punctuation', () => {
    expect(rouge1('The cat, asleep.', 'asleep the CAT')).toBe(1);
  });

  it('is 0 without a common word and for an empty text', () => {
    expect(rouge1('one two', 'three')).toBe(0);
    expect(rouge1('', 'three')).toBe(0);
  });

  it('counts a word as often as both texts have it', () => {
    // Two of three written words count, and two of four wanted ones.
    expect(rouge1('the the the', 'the cat the mat')).toBeCloseTo((2 * (2 / 3) * (2 / 4)) / (2 / 3 + 2 / 4));
  });
});
