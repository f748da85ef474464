import fc from 'fast-check';
import { keyphrasesIn, leading } from './keyphrases.js';

const TEXT =
  'Rainwater harvesting on small roofs. Rainwater harvesting fills a cistern under the roof. The cistern feeds drip ' +
  'irrigation. Drip irrigation of tomatoes calls for ' +
  'filtered water, and filtered water is rare.';

describe('keyphrasesIn', () => {
  it('names what the text is about, best first', () => {
    const phrases = keyphrasesIn(TEXT, 10).map(({ text }) => text);
    expect(phrases[0]).toBe('Rainwater harvesting');
    expect(phrases).toEqual(expect.arrayContaining(['drip irrigation', 'filtered water']));
  });

  it('gives no more than were asked for', () => {
    expect(keyphrasesIn(TEXT, 3)).toHaveLength(3);
    expect(keyphrasesIn(TEXT, 0)).toEqual([]);
  });

  it.each(['', ' ', '!?', 'of the and', '東京都は雨です。', '😀😀', '\ud800', '| a | b |\n|---|---|'])(
    'stands "%s"',
    (text) => {
      expect(() => keyphrasesIn(text, 10)).not.toThrow();
    },
  );

  it('stands capitals throughout and a text without marks', () => {
    expect(keyphrasesIn('THE STOVE HEATS THE KITCHEN', 10).map(({ text }) => text)).toContain('KITCHEN');
    expect(
      keyphrasesIn('drip irrigation feeds the beds and drip irrigation feeds the trees', 1)[0]?.text,
    ).toBe('drip irrigation');
  });

  it('gives phrases that stand in the text, each once, best first and the same each time, for any text', () => {
    const word = fc.constantFrom(
      'Stove',
      'stove ',
      'tiled ',
      'the ',
      '. ',
      '\n',
      'of ',
      'é',
      '-',
      'mining ',
      'No ',
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 80 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const phrases = keyphrasesIn(text, 10);
        for (const { text: phrase, span } of phrases) expect(text.slice(span.start, span.end)).toBe(phrase);
        expect(new Set(phrases.map(({ stems }) => stems.join(' '))).size).toBe(phrases.length);
        expect(phrases.map(({ score }) => score)).toEqual(
          phrases.map(({ score }) => score).sort((a, b) => b - a),
        );
        expect(keyphrasesIn(text, 10)).toEqual(phrases);
      }),
    );
  });
});

describe('leading', () => {
  it('cuts the tail far behind the best, but gives four in any case', () => {
    const scores = (...list: number[]) => list.map((score) => ({ score }));
    expect(leading(scores(0, -3, -3, -3, -3, -3), 10)).toHaveLength(4);
    expect(leading(scores(0, -0.1, -0.2, -0.3, -1.6, -1.7), 10)).toHaveLength(5);
    expect(leading(scores(0, -0.1, -0.2, -0.3, -0.4, -0.5), 5)).toHaveLength(5);
  });
});
