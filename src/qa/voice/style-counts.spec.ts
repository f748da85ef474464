import fc from 'fast-check';
import { VOICE_TRIGRAMS } from '../lexicon/voice-features.js';
import { addCounts, countStyle, NO_COUNTS, subtractCounts } from './style-counts.js';
import { type Block, placeOf, RANGES, STYLE_FEATURES } from './style-features.js';

const count = (text: string, block: Block, name: string) => countStyle(text).counts[placeOf(block, name)];

describe('countStyle', () => {
  it.each([
    ['comma', 'a, b, c', 2],
    ['full stop', 'One. Two... Three.', 2],
    ['ellipsis', 'One. Two... Three… four', 2],
    ['exclamation mark', 'Oh! No!!', 3],
    ['repeated mark', 'What?! No!!!', 3],
    ['hyphen', 'a well-known fact - or not', 1],
    ['dash', 'a well-known fact - or – not — but -- so', 4],
    ['bracket', 'one (two) and (three)', 2],
    ['double quote', '“yes” and "no"', 4],
    ['single quote', "he said 'yes' and it's done", 2],
    ['contraction', "I don’t think it's Anna's, she'll see", 4],
    ['emoji', 'great 🎉 and ❤️ so', 2],
    ['emoticon', 'see you :) and ;-) bye a:)', 2],
    ['word in capitals', 'NO WAY, IT IS NASA', 3 - 1],
    ['lower-case i', "i think i'm late, I said", 2],
    ['number', '3 apples and 4.5 pears in 2020', 4],
    ['lower-case start', 'one more. Two.', 1],
  ])('counts %s', (name, text, expected) => {
    expect(count(text, 'marks', name)).toBe(expected);
  });

  it('counts function words, the skeleton, lengths', () => {
    const text = 'The old man walked slowly, and the dogs of the village were barking.';
    expect(count(text, 'words', 'the')).toBe(3);
    expect(count(text, 'skeleton', '~ ~')).toBe(1);
    expect(count(text, 'skeleton', ', and')).toBe(1);
    expect(count(text, 'skeleton', 'of the')).toBe(1);
    expect(count(text, 'lengths', 'up to 15 words')).toBe(1);
    expect(count(text, 'lengths', '3 letters')).toBe(6);
    expect(countStyle(text)).toMatchObject({ words: 13, sentences: 1, characters: text.length - 2 });
  });

  it('counts the same trigrams as the plain way', () => {
    const places = new Map(VOICE_TRIGRAMS.map((run, at) => [run, RANGES.trigrams.start + at]));
    const words = fc.constantFrom(
      'the',
      'And',
      'of',
      ',',
      'ing',
      '  ',
      '\n\n',
      'é',
      '5',
      'Then.',
      'th',
      '漢字',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        const text = parts.join(' ');
        const flat = text.toLowerCase().replace(/\s+/gu, ' ');
        const expected = new Array<number>(STYLE_FEATURES.length).fill(0);
        for (let at = 0; at + 3 <= flat.length; at++) {
          const place = places.get(flat.slice(at, at + 3));
          if (place !== undefined) expected[place]!++;
        }
        const { start, end } = RANGES.trigrams;
        expect(countStyle(text).counts.slice(start, end)).toEqual(expected.slice(start, end));
      }),
    );
  });

  it('adds and subtracts', () => {
    const [one, other] = [countStyle('It is here, and so am I.'), countStyle("But that's all!")];
    expect(subtractCounts(addCounts(one, other), other)).toEqual(one);
    expect(addCounts(NO_COUNTS, one)).toEqual(one);
    expect(addCounts(one, other).words).toBe(10);
  });

  it('is finite and at least 0 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { counts, words, characters, sentences } = countStyle(text);
        expect(
          [...counts, words, characters, sentences].every((each) => Number.isInteger(each) && each >= 0),
        ).toBe(true);
      }),
    );
  });
});

it('names each feature once in its block', () => {
  expect(new Set(STYLE_FEATURES.map(({ block, name }) => `${block} ${name}`)).size).toBe(
    STYLE_FEATURES.length,
  );
  expect(() => placeOf('marks', 'none')).toThrow(TypeError);
});
