import fc from 'fast-check';
import { phraseWordsOf } from './phrase-words.js';

const classesOf = (text: string) =>
  phraseWordsOf(text).map(({ text: word, wordClass }) => `${word}/${wordClass}`);

describe('phraseWordsOf', () => {
  it.each([
    ['We propose a new algorithm', 'We/function propose/verb a/function new/adjective algorithm/noun'],
    [
      'the tiled stove heats the studio',
      'the/function tiled/adjective stove/noun heats/verb the/function studio/noun',
    ],
    ['nodes used in networks', 'nodes/noun used/verb in/function networks/noun'],
    ['It uses data mining', 'It/function uses/verb data/noun mining/noun'],
    ['by finding the paths', 'by/function finding/verb the/function paths/noun'],
    ['to search logs', 'to/function search/verb logs/noun'],
    ['search engines', 'search/noun engines/noun'],
    ['she quickly saw 12 elk', 'she/function quickly/other saw/verb 12/number elk/noun'],
    ['a web-based anomaly', 'a/function web-based/adjective anomaly/noun'],
    ['group decision making', 'group/noun decision/noun making/noun'],
    ['she kept making cheese', 'she/function kept/verb making/verb cheese/noun'],
    ['The cistern feeds drip irrigation', 'The/function cistern/noun feeds/verb drip/noun irrigation/noun'],
    [
      'The search results page is old',
      'The/function search/noun results/noun page/noun is/function old/adjective',
    ],
    [
      'rivers describe arcs and are long',
      'rivers/noun describe/verb arcs/noun and/function are/function long/adjective',
    ],
    ['the hidden valleys', 'the/function hidden/adjective valleys/noun'],
  ])('classes the words of "%s"', (text, expected) => {
    expect(classesOf(text).join(' ')).toBe(expected);
  });

  it('reads a hyphenated word whole and a possessive without its ending', () => {
    expect(phraseWordsOf('my sister’s two-storey house').map(({ text }) => text)).toEqual([
      'my',
      'sister',
      'two-storey',
      'house',
    ]);
  });

  it('knows where one sentence ends and the next begins, and what stands side by side', () => {
    const words = phraseWordsOf('Elk came. Snow fell,\nfast');
    expect(words.map(({ sentence }) => sentence)).toEqual([0, 0, 1, 1, 2]);
    expect(words.map(({ adjoins }) => adjoins)).toEqual([false, true, false, true, false]);
  });

  it('gives ordered places, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let from = 0;
        for (const { text: word, start, end } of phraseWordsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(text.slice(start, end)).toBe(word);
          from = end;
        }
      }),
    );
  });

  it('reads the first 20,000 words of a text without end', () => {
    expect(phraseWordsOf('moss '.repeat(25_000))).toHaveLength(20_000);
  });
});
