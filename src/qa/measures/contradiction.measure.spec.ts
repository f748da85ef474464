import fc from 'fast-check';
import { AnalysisMemo } from '../analysis/analysis-memo.js';
import { SourceIndex } from '../analysis/source-index.js';
import { findContradictions } from './contradiction.measure.js';

const found = (sentence: string, ...sources: string[]) => {
  const memo = new AnalysisMemo();
  const index = new SourceIndex(sources.map((source) => memo.text(source)));
  return findContradictions([memo.sentence(sentence)], index);
};
const evidence = (sentence: string, ...sources: string[]) =>
  found(sentence, ...sources).map((each) => each.evidence);

const SALE = 'Jonas Weber sold the old pump to Marta Klein for 90 euros on Tuesday.';

it.each([
  ['a number', 'Jonas Weber sold the old pump to Marta Klein for 80 euros on Tuesday.', ['80']],
  ['a day', 'Jonas Weber sold the old pump to Marta Klein for 90 euros on Friday.', ['Friday']],
  ['a name', 'Jonas Weber sold the old pump to Oskar Klein for 90 euros on Tuesday.', ['Oskar']],
  [
    'names that changed places',
    'Marta Klein sold the old pump to Jonas Weber for 90 euros on Tuesday.',
    ['Marta', 'Jonas'],
  ],
  ['a negation', 'Jonas Weber never sold the old pump to Marta Klein for 90 euros on Tuesday.', ['never']],
  ['an opposite', 'Jonas Weber bought the old pump to Marta Klein for 90 euros on Tuesday.', ['bought']],
  ['a number in a part of the sentence', 'Jonas Weber sold the old pump for 70 euros.', ['70']],
])('finds %s', (_name, sentence, expected) => {
  expect(evidence(sentence, SALE)).toEqual(expected);
});

it.each([
  ['the same', SALE],
  ['a part', 'Jonas Weber sold the old pump.'],
  ['the same in other words', 'Jonas Weber sold the old pump to Marta Klein for ninety euros on Tuesday.'],
  ['a title for a first name', 'Mr Weber sold the old pump to Mrs Klein for 90 euros on Tuesday.'],
  ['something else', 'The garden has 14 beds and Oskar waters them on Friday.'],
  ['no words', '…'],
])('is silent about %s', (_name, sentence) => {
  expect(evidence(sentence, SALE)).toEqual([]);
});

it('is silent where another source sentence is as near and agrees', () => {
  const other = 'Jonas Weber sold the old pump to Marta Klein for 80 euros on Tuesday, he said.';
  expect(
    evidence('Jonas Weber sold the old pump to Marta Klein for 80 euros on Tuesday.', SALE, other),
  ).toEqual([]);
});

it('says what the source says instead', () => {
  const [finding] = found('Jonas Weber sold the old pump to Marta Klein for 80 euros on Tuesday.', SALE);
  expect(finding).toMatchObject({ sentence: 0, message: 'says "80" where the nearest source says "90"' });
});

it('is silent about a list number', () => {
  expect(evidence('3. Stir the beans with a spoon.', '2. Stir the beans with a spoon.')).toEqual([]);
});

it('finds any other number, and any negation that is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99_999 }), (one, other) => {
      const says = (number: number) => `The gardeners planted ${number} tulips along the northern wall.`;
      expect(evidence(says(one), says(other))).toEqual(one === other ? [] : [String(one)]);
      const denies = says(one).replace('planted', 'did not plant');
      expect(evidence(says(one).replace('planted', 'did plant'), denies)).toHaveLength(1);
    }),
    { seed: 3 },
  );
});
