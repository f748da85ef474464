import fc from 'fast-check';
import {
  chosenLevel,
  costOf,
  levelOf,
  MAX_LEARNED_TOKENS,
  MAX_LEVEL,
  MAX_TEXT_TOKENS,
} from './voice-choice.js';

describe('levelOf', () => {
  it.each([
    ['f000', 0],
    ['8000', 0],
    ['7fff', 1],
    ['4000', 1],
    ['1000', 3],
    ['0001', 15],
    ['0000', 16],
  ])('of %s… is %d', (start, level) => {
    expect(levelOf(start.padEnd(64, 'a'))).toBe(level);
  });
});

describe('costOf', () => {
  it.each([
    [0, 1],
    [1, 1],
    [500, 500],
    [1_000_000, MAX_TEXT_TOKENS],
  ])('%d content words count for %d', (tokenCount, cost) => {
    expect(costOf(tokenCount)).toBe(cost);
  });
});

describe('chosenLevel', () => {
  const from = (tokens: readonly number[], level: number) =>
    tokens.slice(level).reduce((sum, count) => sum + count, 0);

  it('takes all texts while they are few', () => {
    expect(chosenLevel([])).toBe(0);
    expect(chosenLevel([MAX_LEARNED_TOKENS])).toBe(0);
    expect(chosenLevel([MAX_LEARNED_TOKENS - 5, 5])).toBe(0);
    expect(chosenLevel([MAX_LEARNED_TOKENS - 5, 6])).toBe(1);
  });

  it('is the lowest level that keeps within the bound, whatever there is', () => {
    const tokens = fc.array(fc.nat(MAX_LEARNED_TOKENS), {
      minLength: MAX_LEVEL + 1,
      maxLength: MAX_LEVEL + 1,
    });
    fc.assert(
      fc.property(tokens, (tokensByLevel) => {
        const level = chosenLevel(tokensByLevel);
        expect(from(tokensByLevel, level)).toBeLessThanOrEqual(MAX_LEARNED_TOKENS);
        if (level > 0) expect(from(tokensByLevel, level - 1)).toBeGreaterThan(MAX_LEARNED_TOKENS);
      }),
    );
  });

  it('never rises above the highest level', () => {
    expect(chosenLevel(new Array<number>(MAX_LEVEL + 1).fill(2 * MAX_LEARNED_TOKENS))).toBe(MAX_LEVEL);
  });
});
