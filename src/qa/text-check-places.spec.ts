import type { MannerFault } from './report.js';
import { faultInText, secretMask } from './text-check-places.js';

const TEXT = 'One two.\n\n\n  Three.   Four five.';
const SENTENCES = [
  { start: 0, end: 8 },
  { start: 13, end: 19 },
  { start: 22, end: 32 },
];
/** What rules of manner read: a sentence a line. */
const LINES = 'One two.\nThree.\nFour five.';

function placesOf(sentence: number, start: number, end: number) {
  const fault: MannerFault = {
    rule: 'repeated marks',
    of: 'tone',
    penalty: 0.1,
    value: 2,
    tolerance: 1,
    unit: 'per 100 words',
    places: [{ sentence, span: { start, end }, fix: null }],
  };
  return faultInText(fault, SENTENCES).places.map(({ span }) => TEXT.slice(span.start, span.end));
}

it.each([
  [0, 'One', 'One'],
  [0, 'One two.', 'One two.'],
  [0, 'One two.\n', 'One two.'],
  [0, 'two.\nThree', 'two.\n\n\n  Three'],
  [0, 'two.\nThree.\nFour', 'two.\n\n\n  Three.   Four'],
  [1, 'Three.\nFour five.', 'Three.   Four five.'],
])('a fault that begins in sentence %i with %j is %j in the text', (sentence, read, found) => {
  const begin = LINES.split('\n').slice(0, sentence).join('\n').length + (sentence > 0 ? 1 : 0);
  const start = LINES.indexOf(read) - begin;
  expect(placesOf(sentence, start, start + read.length)).toEqual([found]);
});

it('never leads past the end', () => {
  expect(placesOf(2, 5, 5_000)).toEqual(['five.']);
});

it('masks pieces of secrets only', () => {
  const mask = secretMask(['Charge 4111 1111 1111 1111 and go.']);
  expect(mask('4111')).toBe('[payment_card]');
  expect(mask('paid 4111 1111 1111 1111 to go')).toBe('paid [payment_card] to go');
  expect(mask('Charge 80 and go.')).toBe('Charge 80 and go.');
  expect(secretMask(['nothing here'])('4111 1111')).toBe('4111 1111');
});
