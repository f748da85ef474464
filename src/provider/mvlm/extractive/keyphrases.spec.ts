import { conceptsOf } from './concepts.js';
import { keyphrasesOf } from './keyphrases.js';

const SENTENCES = [
  'The solar collector on the shed warms the water tank.',
  'A solar collector needs a clean pane.',
  'The water tank is old, and its copper pipe is green.',
  'A state-of-the-art four-way mixing valve regulator unit guards the water tank.',
];
const NOTHING_ASKED = conceptsOf('', []);

describe('keyphrasesOf', () => {
  it('gives phrases of two to four words that stand in a sentence', () => {
    const phrases = keyphrasesOf(SENTENCES, NOTHING_ASKED, 10);
    expect(phrases).toEqual(expect.arrayContaining(['solar collector', 'water tank']));
    for (const phrase of phrases) {
      expect(SENTENCES.some((sentence) => sentence.includes(phrase))).toBe(true);
      expect(phrase.split(/[ -]/u).length).toBeGreaterThanOrEqual(2);
      expect(phrase.split(/[ -]/u).length).toBeLessThanOrEqual(4);
    }
  });

  it('puts first what was asked for', () => {
    const contexts = SENTENCES.map((sentence) => new Set(sentence.toLowerCase().split(/\W+/u)));
    expect(keyphrasesOf(SENTENCES, NOTHING_ASKED, 1)).not.toEqual(['copper pipe']);
    expect(keyphrasesOf(SENTENCES, conceptsOf('the copper pipe', contexts), 1)).toEqual(['copper pipe']);
  });

  it('says nothing twice', () => {
    const phrases = keyphrasesOf(
      ['The old water tank is full.', 'Nobody saw the water tank.'],
      NOTHING_ASKED,
      10,
    );
    expect(phrases).toHaveLength(1);
  });

  it('runs over no end of a sentence, marked or not', () => {
    expect(keyphrasesOf(['a red barn', 'door hinges'], NOTHING_ASKED, 10)).not.toContain('barn door');
  });
});
