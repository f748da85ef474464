import fc from 'fast-check';
import { findPersonNames } from './person-name.measure.js';
import { detectPersonalData } from './personal-data.measure.js';
import { findPlaces } from './place.measure.js';

const people = (text: string) => findPersonNames(text).map(({ start, end }) => text.slice(start, end));
const places = (text: string) => findPlaces(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ['My name is Klara Winter.', ['Klara Winter']],
  ['Mr. Osterhagen flew home.', ['Osterhagen']],
  ['Hi Freddy, all well?', ['Freddy']],
  ['The Thomas Becker version is shorter.', ['Thomas Becker']],
  ['We met Anna, Bolko and Peter there.', ['Anna', 'Bolko', 'Peter']],
  ['They saw Jón H. Snider twice. Snider waved.', ['Jón H. Snider', 'Snider']],
  ["It was María's idea.", ['María']],
  ['i asked magdalena and she agreed', ['magdalena']],
])('finds the persons in: %s', (text, names) => {
  expect(people(text)).toEqual(names);
});

it.each([
  'The National Bank of Commerce closed on Monday.',
  'We read the New York Times in Paris.',
  'Will May be warm? I hope so.',
  'This Machine Learning course starts in March.',
  'Write to the Thomas Cook Group.',
  'Yesterday was a long day. Everybody slept.',
])('finds no person in: %s', (text) => {
  expect(people(text)).toEqual([]);
});

it.each([
  ['She moved to Lisbon from New Zealand.', ['Lisbon', 'New Zealand']],
  ['He grew up in Villaobscura.', ['Villaobscura']],
  ['they came from switzerland', ['switzerland']],
  ['BERLIN IS COLD', ['BERLIN']],
])('finds the places in: %s', (text, names) => {
  expect(places(text)).toEqual(names);
});

it.each([
  'We met in May, in English.',
  'Paris Hilton sang.',
  'Boston University is old.',
  'It is in Maria’s bag.',
])('finds other places than the list’s nowhere in: %s', (text) => {
  expect(places(text).filter((name) => name !== 'Paris')).toEqual([]);
});

it('tells each by its type, and leaves nothing of it out', () => {
  const text = 'Klara Winter, 14 Mill Lane, Lisbon, klara@mail.example, card 4111 1111 1111 1111';
  const masked = detectPersonalData(text).reduceRight(
    (rest, { type, span }) => `${rest.slice(0, span.start)}[${type}]${rest.slice(span.end)}`,
    text,
  );
  expect(masked).toBe('[person], [postal_address], [place], [email], card [payment_card]');
});

it('gives pieces in order and without overlap, whatever the text', () => {
  const piece = fc.constantFrom(
    'Klara Winter ',
    'in Lisbon ',
    '14 Mill Lane ',
    'a@b.example ',
    'Dr. ',
    "O'",
    '\ud800',
    ', and ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const { span } of detectPersonalData(text)) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
