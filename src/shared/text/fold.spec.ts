import fc from 'fast-check';
import { foldWord } from './fold.js';

describe('foldWord', () => {
  it.each([
    ['Ärger', 'arger'],
    ['A\u0308rger', 'arger'],
    ['Straße', 'strasse'],
    ['ŁÓDŹ', 'lodz'],
    ['smørrebrød', 'smorrebrod'],
    ['ﬁn', 'fin'],
    ['ＡＩ', 'ai'],
    ['Ёлка', 'елка'],
    ['서리', '서리'],
    ['हिन्दी', 'हिन्दी'],
  ])('makes %s %s', (word, folded) => {
    expect(foldWord(word)).toBe(folded);
  });

  it('leaves a folded word as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (word) => foldWord(foldWord(word)) === foldWord(word)),
    );
  });
});
