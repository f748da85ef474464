import fc from 'fast-check';
import { POLITENESS_STRATEGIES } from '../lexicon/politeness-strategies.js';
import { measurePoliteness } from './politeness.measure.js';

const score = (text: string) => measurePoliteness(text).score;
const strategies = (text: string) => measurePoliteness(text).strategies.map(({ strategy }) => strategy);

it.each([
  [
    'Hi! Thanks for the quick answer. Could you please show me where the file is?',
    'Where is the file? Why did you not say?',
  ],
  [
    'Sorry to bother you, but would you mind if I changed this? I wonder what you think.',
    "Why don't you just change it yourself?",
  ],
  [
    'Great work! I would be happy to help, if you like.',
    'So this is wrong again. You clearly never even read it, did you?',
  ],
])('takes "%s" for politer than "%s"', (polite, rude) => {
  expect(score(polite)).toBeGreaterThan(0.6);
  expect(score(rude)).toBeLessThan(0.4);
});

it.each([
  ['gratitude', 'Thank you for this.'],
  ['greeting', 'Hello Anna, how are you?'],
  ['apology', 'I am sorry about it.'],
  ['please at the start', '@anna, please look here.'],
  ['please', 'Can you please look?'],
  ['counterfactual modal', 'Would you look?'],
  ['indicative modal', 'Can you look?'],
  ['hedge', 'I think it may be so, perhaps.'],
  ['by the way', 'By the way, is it new?'],
  ['first person start', "I've seen it."],
  ['second person start', "You're late."],
  ['direct start', 'So where is it?'],
  ['factuality', 'In fact it is not.'],
  ['why not', "Why didn't you look?"],
  ['smile', 'See you :)'],
  ['negation', 'It doesn’t work.'],
])('finds %s', (strategy, text) => {
  expect(strategies(text)).toContain(strategy);
});

it('minds where a word stands', () => {
  expect(strategies('Please look.')).not.toContain('please');
  expect(strategies('And you may go, I say.')).not.toContain('second person start');
  expect(strategies('Nothing is whyever.')).not.toContain('why');
});

it('gives spans of what it found', () => {
  const text = 'Look here. Thanks a lot, and thank you again.';
  const found = measurePoliteness(text).strategies.find(({ strategy }) => strategy === 'gratitude')!;
  expect(found.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['Thanks', 'thank you']);
});

it('stays in 0..1 with spans inside of any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.constantFrom('Thanks! ', 'Why? ', ''),
      (text, start) => {
        const found = measurePoliteness(start + text);
        expect(found.score).toBeGreaterThan(0);
        expect(found.score).toBeLessThan(1);
        for (const { spans } of found.strategies)
          for (const { start: from, end } of spans)
            expect(from < end && end <= start.length + text.length).toBe(true);
      },
    ),
  );
});

it('has one small set of weights', () => {
  expect(POLITENESS_STRATEGIES.length).toBeLessThanOrEqual(38);
  expect(new Set(POLITENESS_STRATEGIES.map(({ name }) => name)).size).toBe(POLITENESS_STRATEGIES.length);
});
