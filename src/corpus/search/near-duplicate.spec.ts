import { termsOf } from '../../shared/index.js';
import { jaccardOf, TextSignature } from './near-duplicate.js';

const BASE =
  'We will meet in the old library at the harbour on the first day of the fair and bring the maps for everyone who walks along';

function same(a: string, b: string): boolean {
  return new TextSignature(a, termsOf(a)).isNearDuplicateOf(new TextSignature(b, termsOf(b)));
}

describe('TextSignature', () => {
  it('sees through case, punctuation, inflection and a changed word in many', () => {
    expect(same(BASE, `${BASE.toUpperCase()}!`)).toBe(true);
    expect(same(BASE, BASE.replace('maps', 'map'))).toBe(true);
    expect(same(BASE, BASE.replace('old', 'new'))).toBe(true);
  });

  it('keeps texts that a negation or a number sets apart', () => {
    expect(same(BASE, BASE.replace('will meet', 'will not meet'))).toBe(false);
    expect(same(BASE, BASE.replace('will meet', "don't meet"))).toBe(false);
    expect(same(`${BASE} at 5`, `${BASE} at 6`)).toBe(false);
  });

  it('keeps a text that says the same over and over', () => {
    expect(same(BASE, `${BASE}. ${BASE}`)).toBe(false);
  });

  it('keeps texts that differ in more than a tenth of their words', () => {
    expect(same('green tea is good', 'green tea was bad')).toBe(false);
  });
});

it('jaccardOf is the share of common members', () => {
  expect(jaccardOf(new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd']))).toBe(0.5);
  expect(jaccardOf(new Set(), new Set())).toBe(1);
  expect(jaccardOf(new Set(['a']), new Set())).toBe(0);
});
