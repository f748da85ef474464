import {
  automatedReadability,
  colemanLiau,
  fleschKincaidGrade,
  fleschReadingEase,
  gunningFog,
  measureReadability,
  readingCounts,
  smog,
  syllablesOf,
} from './readability.measure.js';
import { readTone } from './tone-reading.js';

const COUNTS = { sentences: 10, words: 150, characters: 700, syllables: 220, longWords: 12 };

it('follows the published formulas', () => {
  expect(fleschReadingEase(COUNTS)).toBeCloseTo(206.835 - 15.225 - 124.08);
  expect(fleschKincaidGrade(COUNTS)).toBeCloseTo(5.85 + 17.3067 - 15.59, 3);
  expect(gunningFog(COUNTS)).toBeCloseTo(9.2);
  expect(smog(COUNTS)).toBeCloseTo(1.043 * 6 + 3.1291);
  expect(colemanLiau(COUNTS)).toBeCloseTo(27.44 - 1.9733 - 15.8, 3);
  expect(automatedReadability(COUNTS)).toBeCloseTo(21.98 + 7.5 - 21.43);
});

it.each([
  ['the', 1],
  ['make', 1],
  ['table', 2],
  ['walked', 1],
  ['wanted', 2],
  ['horses', 2],
  ['tables', 2],
  ['something', 2],
  ['completely', 3],
  ['idea', 3],
  ['created', 3],
  ['going', 2],
  ["didn't", 2],
  ['various', 3],
  ['situation', 4],
  ['responsibility', 6],
  ['x', 1],
  ['漢字', 1],
  ['a'.repeat(100), 1],
])('counts the syllables of %s', (word, syllables) => {
  expect(syllablesOf(word)).toBe(syllables);
});

it('counts sentences, words, characters and long words', () => {
  expect(readingCounts(readTone('The responsibility was theirs. They went home.'))).toEqual({
    sentences: 2,
    words: 7,
    characters: 38,
    syllables: 12,
    longWords: 1,
  });
});

it('puts easy texts below hard ones and says nothing of a few words', () => {
  const easy = measureReadability(readTone('We go to the sea. The sun is hot. We swim and eat. '.repeat(4)))!;
  const hard = measureReadability(
    readTone(
      'Notwithstanding considerable administrative difficulties, the international organisation subsequently established comprehensive responsibilities regarding environmental sustainability. '.repeat(
        3,
      ),
    ),
  )!;
  expect(easy.grade).toBeLessThan(4);
  expect(hard.grade).toBeGreaterThan(16);
  expect(easy.fleschReadingEase).toBeGreaterThan(90);
  expect(hard.fleschReadingEase).toBeLessThan(0);
  expect(measureReadability(readTone('A few words only.'))).toBeNull();
  expect(measureReadability(readTone(''))).toBeNull();
});
