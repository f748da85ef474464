import { scores } from '../../test/support/optimizer-values.js';
import type { QaScores } from '../qa/index.js';
import { asksForScores, bestOf } from './quality-gate.js';

const OPEN = { minTone: 0, minStyle: 0, minOverall: 0, enforce: true };

function best(
  texts: readonly [string, ...string[]],
  byText: Readonly<Record<string, Partial<QaScores> | null>>,
  gate: Partial<typeof OPEN> = {},
) {
  const score = (text: string) => {
    const given = byText[text];
    return given ? scores(given) : null;
  };
  return bestOf(texts, score, { ...OPEN, ...gate });
}

describe('bestOf', () => {
  it.each([
    ['the highest overall score', { a: { qa: 0.5 }, b: { qa: 0.8 }, c: { qa: 0.7 } }, 'b'],
    ['then grounding', { a: { grounding: 0.7 }, b: { grounding: 0.8 }, c: {} }, 'c'],
    ['then tone', { a: { tone: 0.7 }, b: { tone: 0.8 }, c: { tone: 0.6 } }, 'b'],
    ["then the writer's order", { a: {}, b: {}, c: {} }, 'a'],
    ['a measured one before an unmeasured one', { a: null, b: { qa: 0 }, c: null }, 'b'],
  ])('takes %s', (_what, byText, expected) => {
    expect(best(['a', 'b', 'c'], byText).value).toBe(expected);
  });

  it('takes a lower one that passes before a higher one that does not', () => {
    const byText = { a: { qa: 0.9, tone: 0.2 }, b: { qa: 0.5, tone: 0.6 } };
    expect(best(['a', 'b'], byText, { minTone: 0.5 })).toMatchObject({ value: 'b', missed: [] });
  });

  it('says what the best of those missed where none passes', () => {
    const byText = { a: { qa: 0.3, tone: 0.1 }, b: { qa: 0.4, tone: 0.2 } };
    expect(best(['a', 'b'], byText, { minTone: 0.5, minOverall: 0.5 })).toMatchObject({
      value: 'b',
      missed: ['tone', 'qa'],
    });
  });

  it('lets pass what was not measured, and nothing that is not a number', () => {
    expect(best(['a'], { a: null }, { minOverall: 1 }).missed).toEqual([]);
    expect(best(['a'], { a: { style: null } as object }, { minStyle: 1 }).missed).toEqual([]);
    expect(best(['a'], { a: { style: undefined } as object }, { minStyle: 1 }).missed).toEqual([]);
    expect(best(['a'], { a: { style: 0.9 } as object }, { minStyle: 1 }).missed).toEqual(['style']);
    expect(best(['a'], { a: { qa: Number.NaN } }, { minOverall: 0.1 }).missed).toEqual(['qa']);
  });

  it('lets a score pass that lies exactly at its least', () => {
    expect(best(['a'], { a: { qa: 0.6 } }, { minOverall: 0.6 }).missed).toEqual([]);
  });
});

describe('asksForScores', () => {
  it.each([
    [{}, false],
    [{ minTone: 0.1 }, true],
    [{ minStyle: 0.1 }, true],
    [{ minOverall: 0.1 }, true],
  ])('%j: %s', (gate, expected) => {
    expect(asksForScores({ ...OPEN, ...gate })).toBe(expected);
  });
});
