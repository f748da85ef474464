import fc from 'fast-check';
import type { Snippet } from '../../shared/index.js';
import { AnalysisMemo } from '../analysis/analysis-memo.js';
import { measureGrounding, supportOfWhole } from './grounding.measure.js';

const snippet = (id: string, text: string): Snippet => ({
  id,
  text,
  score: 1,
  attribution: {
    documentId: id,
    corpus: 'personal',
    source: 'markdown',
    externalId: id,
    threadId: null,
    authorRole: 'self',
    title: null,
    url: null,
    timestamp: null,
    span: { start: 0, end: text.length },
    documentHash: '0'.repeat(64),
  },
});

const SOURCE =
  'In April we moved the greenhouse budget to 1,200 euros. Nina Albrecht did not approve the second pump, for it was ' +
  'loud. The Royal Garden Society (RGS) will visit the greenhouse on Tuesday with 14 guests.';

const ground = (sentences: readonly string[], ...sources: string[]) => {
  const snippets = sources.map((text, index) => snippet(`s${index}`, text));
  const output = sentences.map((text) => ({ text, snippetIds: snippets.map(({ id }) => id), paragraph: 0 }));
  const memo = new AnalysisMemo();
  return measureGrounding(
    output,
    sentences.map((sentence) => memo.sentence(sentence)),
    snippets,
  );
};
const score = (sentence: string, ...sources: string[]) => ground([sentence], ...sources).score;

describe('the score of a sentence', () => {
  it('is 1 for what stands there word for word, whatever it is', () => {
    expect(score('Nina Albrecht did not approve the second pump', SOURCE)).toBe(1);
    expect(score('greenhouse', SOURCE)).toBe(1);
    expect(score('水をやる', '庭に水をやる。')).toBe(1);
  });

  it('is high for the same in other order, form and words', () => {
    expect(score('We moved the budget of the greenhouse to 1200 euros in April.', SOURCE)).toBeGreaterThan(
      0.75,
    );
    expect(score('Fourteen guests visit the greenhouse on Tuesday.', SOURCE)).toBeGreaterThan(0.8);
    expect(score('The RGS will visit the greenhouse on Tuesday.', SOURCE)).toBeGreaterThan(0.8);
  });

  it('falls with each thing that is new', () => {
    const known = score('Nina Albrecht approved the loud pump.', SOURCE);
    const one = score('Nina Albrecht approved the loud ladder.', SOURCE);
    const two = score('Nina Albrecht approved the wooden ladder.', SOURCE);
    expect(known).toBeGreaterThan(one);
    expect(one).toBeGreaterThan(two);
    expect(two).toBeLessThan(0.6);
  });

  it('falls where known words are put together anew', () => {
    const kept = score('The Royal Garden Society will visit the greenhouse.', SOURCE);
    expect(score('The Royal Garden Society moved the second budget.', SOURCE)).toBeLessThan(kept);
  });

  it('is 0 where nothing is shared, and where nothing is cited', () => {
    expect(score('Ferries leave at noon.', SOURCE)).toBe(0);
    expect(ground(['The greenhouse.']).score).toBe(0);
  });

  it('is directed: a short sentence may come from a long source, not the reverse', () => {
    expect(score('The pump was loud.', SOURCE)).toBeGreaterThan(0.8);
    expect(score(SOURCE, 'The pump was loud.')).toBeLessThan(0.3);
  });
});

it('counts a new thing once in a text', () => {
  const sentence = 'Nina Albrecht did not approve the second pump and the ladder, for it was loud.';
  const twice = ground(['The ladder is in the greenhouse.', sentence], SOURCE).support;
  expect(twice[1]!.score).toBeGreaterThan(ground([sentence], SOURCE).score);
});

it('doubts neighbours that no source puts close together', () => {
  expect(score('Albrecht approves.', SOURCE)).toBeGreaterThan(score('Budget approves.', SOURCE));
});

describe('the supporting spans', () => {
  it('are the source sentences that say it, the best first', () => {
    const sources = [SOURCE, 'The pump costs 90 euros.'];
    const [support] = ground(
      ['The second pump, which Nina Albrecht did not approve, costs 90 euros.'],
      ...sources,
    ).support;
    const texts = support!.spans.map(({ snippetId, start, end }) =>
      sources[Number(snippetId.slice(1))]!.slice(start, end),
    );
    expect(texts).toEqual([
      'Nina Albrecht did not approve the second pump, for it was loud.',
      'The pump costs 90 euros.',
    ]);
  });

  it('are none where nothing is shared', () => {
    expect(ground(['Ferries leave at noon.'], SOURCE).support[0]!.spans).toEqual([]);
  });
});

describe('the support of a text as a whole', () => {
  const whole = (...scores: number[]) => supportOfWhole(scores.map((each) => ({ score: each })));

  it('is 1 where every sentence is, and for an empty text', () => {
    expect(whole(1, 1, 1)).toBe(1);
    expect(whole()).toBe(1);
  });

  it('is no better than the weakest sentence, and falls with every further doubt', () => {
    expect(whole(1, 0.4, 1)).toBeCloseTo(0.4);
    expect(whole(0.4, 0.4)).toBeCloseTo(0.4 ** Math.cbrt(2));
    expect(whole(0)).toBeLessThan(0.01);
  });
});

it('is the same whatever order the snippets have, whatever was read before, and never out of bounds', () => {
  const word = fc.constantFrom(
    'pump',
    'Nina',
    'not',
    '12',
    'May',
    'the',
    'and',
    '🎉',
    '水',
    'RGS',
    'loud',
    '3,000',
    "didn't",
  );
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.uniqueArray(text, { minLength: 1, maxLength: 4 }), (sentence, sources) => {
      const snippets = sources.map((each) => snippet(each, each));
      const output = [{ text: sentence, snippetIds: sources, paragraph: 0 }];
      const memo = new AnalysisMemo();
      const first = measureGrounding(output, [memo.sentence(sentence)], snippets, memo);
      expect(measureGrounding(output, [memo.sentence(sentence)], snippets.toReversed(), memo)).toEqual(first);
      expect(first.score).toBeGreaterThanOrEqual(0);
      expect(first.score).toBeLessThanOrEqual(1);
    }),
    { seed: 5 },
  );
});
