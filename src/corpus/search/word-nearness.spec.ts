import fc from 'fast-check';
import { nearnessOf } from './word-nearness.js';

const word = (stem: string, weight = 1) => ({ stem, stems: [stem], weight });
const WORDS = [word('oil'), word('tank'), word('shed')];
const nearness = (text: string) => nearnessOf(WORDS, [0, 1, 2], text.split(' '));

describe('nearnessOf', () => {
  it('is 1 where the words stand as in the query', () => {
    expect(nearness('an oil tank shed')).toBe(1);
  });

  it('falls with distance and counts the other order half', () => {
    expect(nearness('oil x tank')).toBe(0.25);
    expect(nearness('tank oil')).toBe(0.25);
    expect(nearness('oil a b c d e f g h tank')).toBe(0);
  });

  it('counts the best place, and pairs by their less telling word', () => {
    expect(nearness('oil x x tank shed')).toBeCloseTo((1 / 3 + 1) / 2);
    const uneven = [word('oil'), word('tank'), word('shed', 0)];
    expect(nearnessOf(uneven, [0, 1, 2], ['oil', 'tank'])).toBe(1);
  });

  it('is nothing for one word, and lies between 0 and 1 for any text', () => {
    expect(nearnessOf([word('oil')], [0], ['oil'])).toBe(0);
    const text = fc.array(fc.constantFrom('oil', 'tank', 'shed', 'x'), { maxLength: 30 });
    fc.assert(
      fc.property(text, (stems) => {
        const value = nearnessOf(WORDS, [2, 0, 1], stems);
        return value >= 0 && value <= 1;
      }),
    );
  });
});
