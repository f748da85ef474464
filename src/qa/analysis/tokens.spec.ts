import { tokensOf } from './tokens.js';
import { wordsOf } from './words.js';

const keys = (text: string) => tokensOf(text, wordsOf(text)).map((token) => token.key);
const raws = (text: string, kind: 'name' | 'number' | 'calendar' | 'negation') =>
  tokensOf(text, wordsOf(text))
    .filter((token) => token[kind])
    .map((token) => token.raw);

it.each([
  ['three pumps', '3 pumps'],
  ['1,500 euros', '1500 euros'],
  ['1.5 million trees', '1,500,000 trees'],
  ['5bn', '5 billion'],
  ['the third pump', 'the 3rd pump'],
  ["it didn't run", 'it did not run'],
  ["it does n't run", 'it does not run'],
  ['we cannot stay', 'we can not stay'],
  ["the gardener's tools", "the gardener 's tools"],
  ['they bought seeds', 'they purchase seeds'],
  ['8pm', '8 pm'],
  ['2. Water the beds.', 'Water the beds.'],
])('reads %j as %j', (one, other) => {
  expect(keys(one)).toEqual(keys(other));
});

it.each([
  ['12 pumps', '13 pumps'],
  ['1.5 million', '1.5 billion'],
  ['it runs', 'it never runs'],
  ['the men', 'the women'],
])('keeps %j apart from %j', (one, other) => {
  expect(keys(one)).not.toEqual(keys(other));
});

it('knows names, days and numbers', () => {
  const text = 'Police told Dr Nina Albrecht on Tuesday that 14 pumps may run in May.';
  expect(raws(text, 'name')).toEqual(['Nina', 'Albrecht']);
  expect(raws(text, 'calendar')).toEqual(['Tuesday', 'May']);
  expect(raws(text, 'number')).toEqual(['14']);
});

it('takes capitals for no names in a heading', () => {
  expect(raws('Pump Fails In Garden', 'name')).toEqual([]);
  expect(raws('NINA WENT HOME', 'name')).toEqual([]);
});

it('splits scripts without spaces into words', () => {
  expect(wordsOf('東京都に行く').map((word) => word.raw)).not.toContain('京都');
  expect(wordsOf('AI研究').map(({ raw, start, end }) => [raw, start, end])).toEqual([
    ['AI', 0, 2],
    ['研究', 2, 4],
  ]);
  const long = wordsOf('漢字'.repeat(300));
  expect(long).toHaveLength(599);
});

it('gives places inside the text', () => {
  for (const text of ['\ud800 a 1,0', 'x'.repeat(300), '1,000,000,000 million', "'s n't"]) {
    for (const { start, end } of tokensOf(text, wordsOf(text))) {
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
});
