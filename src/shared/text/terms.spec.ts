import fc from 'fast-check';
import { contentTermsOf, isStopWord, stemIn, stemOf, termsOf } from './terms.js';

const stemsOf = (text: string) => termsOf(text).map((term) => term.stem);

describe('termsOf', () => {
  it('gives each word with its place', () => {
    const text = 'Two  apple-trees!';
    expect(termsOf(text).map(({ stem, start, end }) => [stem, text.slice(start, end)])).toEqual([
      ['two', 'Two'],
      ['appl', 'apple'],
      ['tree', 'trees'],
    ]);
  });

  it.each([
    ['planting', 'planted'],
    ['CAFÉ', 'cafe'],
    ['Nina’s', 'nina'],
    ["don't", 'don’t'],
    ['gardens', 'Garden'],
  ])('takes %s and %s for the same word', (one, other) => {
    expect(stemsOf(one)).toEqual(stemsOf(other));
  });

  it('takes an accent for part of its letter, however it is written', () => {
    expect(stemsOf('cafe\u0301s')).toEqual(stemsOf('cafés'));
    expect(termsOf('cafe\u0301s')).toHaveLength(1);
  });

  it('keeps numbers and versions whole', () => {
    expect(stemsOf('v1.2.3 costs 3.50')).toEqual(['v1.2.3', 'cost', '3.50']);
  });

  it('gives pairs of characters where a script has no spaces', () => {
    expect(stemsOf('東京都')).toEqual(['東京', '京都']);
    expect(stemsOf('水')).toEqual(['水']);
    expect(stemsOf('AI研究')).toEqual(stemsOf('ai研究'));
  });

  it('bounds a term, whatever it is made of', () => {
    expect(stemOf('x9'.repeat(500))).toHaveLength(64);
  });

  it('gives ordered places inside the text, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let from = 0;
        for (const { stem, start, end } of termsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThan(start);
          expect(stem.length).toBeLessThanOrEqual(64);
          from = start;
        }
      }),
    );
  });
});

describe('contentTermsOf', () => {
  it('leaves out how something is asked and keeps what about', () => {
    expect(contentTermsOf('What did I say about the heat pump?').map((term) => term.stem)).toEqual([
      'heat',
      'pump',
    ]);
  });

  it.each(['the', 'The', "don't", 'having', 'does'])('takes %s for a stop word', (word) => {
    expect(isStopWord(word)).toBe(true);
    expect(contentTermsOf(word)).toEqual([]);
  });

  it.each(['heat', 'will.i.am', 'us1'])('takes %s for no stop word', (word) => {
    expect(isStopWord(word)).toBe(false);
  });
});

it('never cuts a word in the middle of a character', () => {
  expect(stemOf(`a${'\u{1E900}'.repeat(40)}`).isWellFormed()).toBe(true);
});

describe('other languages', () => {
  it.each([
    ['de', 'Häuser', 'Haus'],
    ['de', 'Wärmepumpen', 'Wärmepumpe'],
    ['fr', 'l’arbre', 'arbres'],
    ['it', 'dell’albero', 'alberi'],
    ['es', 'jardines', 'jardín'],
    ['ru', 'садов', 'сад'],
    ['sv', 'trädgårdar', 'trädgård'],
  ])('%s: takes %s and %s for the same word', (language, one, other) => {
    expect(stemIn(one, language)).toBe(stemIn(other, language));
  });

  it('finds the same stem without accents', () => {
    expect(stemIn('Wärmepumpe', 'de')).toBe(stemIn('Warmepumpe', 'de'));
  });

  it('stems as in English where a language is not known or has no stemmer', () => {
    expect(stemIn('gardens', null)).toBe(stemOf('gardens'));
    expect(stemIn('gardens', 'xx')).toBe(stemOf('gardens'));
  });

  it('leaves out the function words of that language, and only those', () => {
    expect(contentTermsOf('Die Häuser sind mit dem Garten', 'de').map((term) => term.stem)).toEqual([
      'haus',
      'gart',
    ]);
  });

  it('gives a stem for any word in any language', () => {
    const language = fc.constantFrom('de', 'fr', 'fi', 'hu', 'ru', 'tr', 'ro');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), language, (word, each) => {
        const stem = stemIn(word, each);
        return stem.length <= 64 && stem.isWellFormed();
      }),
    );
  });
});

it.each(['ill', 'wed', 'ID'])('takes %s for a word, and its contraction for none', (word) => {
  expect(contentTermsOf(word)).toHaveLength(1);
  expect(contentTermsOf("I'll wed him, and we'd go; I’d not").map((term) => term.stem)).toEqual([
    'wed',
    'go',
  ]);
});

it.each(['kindness', 'willing', 'overly', 'underlying', 'quit', 'owned'])('takes %s for a word', (word) => {
  expect(contentTermsOf(word)).toHaveLength(1);
});

it.each(['making', 'others', 'quite', 'giving', "we'll"])('takes %s for a form of a stop word', (word) => {
  expect(contentTermsOf(word)).toEqual([]);
});
