import { candidatesIn } from './candidates.js';
import { phraseWordsOf } from './phrase-words.js';
import { rankPhrases } from './rank.js';

const candidates = (text: string) => candidatesIn(text, phraseWordsOf(text)).map(({ key }) => key);
const textsOf = (text: string) => rankPhrases(text).map((phrase) => phrase.text);

describe('candidatesIn', () => {
  it('takes noun phrases whole and in parts, over no mark and no function word', () => {
    expect(candidates('The old water mill, a museum of milling.')).toEqual(
      ['old water', 'old water mill', 'water', 'water mill', 'mill', 'museum', 'mill'].filter(
        (key, at, all) => all.indexOf(key) === at,
      ),
    );
  });

  it('counts the forms of a word as one phrase, as it first stands', () => {
    const text = 'Water mills grind. A water mill grinds.';
    const found = candidatesIn(text, phraseWordsOf(text)).find(({ key }) => key === 'water mill');
    expect(found?.text).toBe('Water mills');
    expect(found?.occurrences).toHaveLength(2);
  });

  it('leaves out what a text says it has none of', () => {
    expect(candidates('It has no running water')).toEqual([]);
  });

  it('takes nothing from a run that is no phrase', () => {
    expect(candidates(Array.from({ length: 13 }, (_, at) => `brik${at}`).join(' '))).toEqual([]);
    expect(candidates('brik mola')).toEqual(['brik', 'brik mola', 'mola']);
  });

  it('lets no phrase run out of a heading into the text', () => {
    expect(candidates('Keeping bees in cold valleys Beekeepers in the north wrap hives.')).not.toContain(
      'cold valley beekeep',
    );
    expect(candidates('Cold valleys\nBees live there.')).not.toContain('valley bee');
  });
});

describe('rankPhrases', () => {
  it('puts what is said early and often before what is said once', () => {
    const text =
      'Beaver dams slow a river. A beaver dam keeps water in summer. Where beaver dams stand, frogs return, says a report.';
    expect(textsOf(text)[0]).toBe('Beaver dams');
  });

  it('puts a part that never stands alone behind its phrase', () => {
    const ranked = textsOf('The tiled stove is old. Nobody repairs a tiled stove. Each tiled stove smokes.');
    expect(ranked.indexOf('stove')).toBeGreaterThan(ranked.indexOf('tiled stove'));
  });

  it('puts a word that stands only in a longer phrase behind one that stands alone', () => {
    const scores = new Map(
      rankPhrases('The tiled stove is old. The kitchen is old.').map(({ key, score }) => [key, score]),
    );
    expect(scores.get('stove')!).toBeLessThan(scores.get('kitchen')!);
  });

  it('puts words that name no subject last', () => {
    const ranked = textsOf('The paper treats otters. The result is a method for otters.');
    expect(ranked.at(-1)).toMatch(/paper|result|method/u);
    expect(ranked[0]).toBe('otters');
  });

  it('prefers single words where a text tells of persons', () => {
    const expository = 'Hydraulic accumulators store energy. Accumulators age.';
    const rankOf = (text: string) => textsOf(text).indexOf('Accumulators');
    const single = (text: string) => rankPhrases(text).find(({ key }) => key === 'accumul')!.score;
    expect(rankOf(expository)).not.toBe(0);
    expect(single(`${expository} I said so to her, and she said it to my boss.`)).toBeGreaterThan(
      single(expository),
    );
  });
});
