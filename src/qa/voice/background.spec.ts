import { backgroundOf, populationOf, ratesOf } from './background.js';
import { ENGLISH_POPULATIONS, ENGLISH_PROSE } from './english-prose.js';
import { countStyle } from './style-counts.js';
import { placeOf, RANGES, STYLE_FEATURES } from './style-features.js';

const THE = placeOf('words', 'the');
const texts = (...all: string[]) => all.map(countStyle);

it('is the mean and deviation of rates', () => {
  const { mean, deviation } = populationOf(texts('the cat', 'cats see cats too'));
  expect(mean[THE]).toBeCloseTo(0.25);
  expect(deviation[THE]).toBeCloseTo(0.25);
});

it('weighs sources, not texts, and mixes as if all texts were one population', () => {
  const one = texts('the cat', 'the dog and the cat');
  const other = texts('cats see cats', 'all of it');
  const mixed = backgroundOf([populationOf(one), populationOf(other)]);
  const whole = populationOf([...one, ...other]);
  expect(mixed.mean[THE]).toBeCloseTo(whole.mean[THE]!, 10);
  expect(mixed.deviation[THE]).toBeCloseTo(whole.deviation[THE]!, 10);
  const twice = backgroundOf([populationOf([...one, ...one]), populationOf(other)]);
  expect(twice.mean[THE]).toBeCloseTo(mixed.mean[THE]!, 10);
});

it('has no deviation of 0, even for one text or none', () => {
  for (const sources of [[], [populationOf(texts('the cat'))], [populationOf([])]])
    expect(backgroundOf(sources).deviation.every((each) => each > 0)).toBe(true);
});

it('ships numbers for each feature', () => {
  for (const { mean, deviation } of [...Object.values(ENGLISH_POPULATIONS), ENGLISH_PROSE]) {
    expect(mean).toHaveLength(STYLE_FEATURES.length);
    expect(deviation).toHaveLength(STYLE_FEATURES.length);
    expect([...mean, ...deviation].every((each) => each >= 0 && each <= 1)).toBe(true);
    const functionWords = mean
      .slice(RANGES.words.start, RANGES.words.end)
      .reduce((sum, rate) => sum + rate, 0);
    expect(functionWords).toBeGreaterThan(0.4);
    expect(functionWords).toBeLessThan(0.65);
  }
});

it('gives rates by word, character and sentence', () => {
  const rates = ratesOf(countStyle('the end of the road. so it is.'));
  expect(rates[THE]).toBeCloseTo(2 / 8);
  expect(rates[placeOf('marks', 'lower-case start')]).toBe(1);
  expect(rates[placeOf('trigrams', 'the')]).toBeCloseTo(2 / 28);
});
