import fc from 'fast-check';
import { passesLuhn, passesMod11And10, passesVerhoeff, restBy97, weightedSum } from './checksums.js';

const checks = {
  luhn: passesLuhn,
  mod11And10: passesMod11And10,
  verhoeff: passesVerhoeff,
  mod97: (digits: string) => restBy97(digits) === 1,
};

it.each([
  ['luhn', '4111111111111111'],
  ['mod11And10', '86095742719'],
  ['verhoeff', '2363'],
  ['mod97', '3214282912345698765432161182'],
] as const)('%s passes %s', (name, digits) => {
  expect(checks[name](digits)).toBe(true);
});

it.each(Object.entries(checks))('%s notices every single wrong digit', (_name, passes) => {
  const digits = fc.stringMatching(/^\d{11}$/).filter(passes);
  fc.assert(
    fc.property(digits, fc.nat(10), fc.integer({ min: 1, max: 9 }), (valid, place, change) => {
      const wrong = String((Number(valid[place]) + change) % 10);
      expect(passes(valid.slice(0, place) + wrong + valid.slice(place + 1))).toBe(false);
    }),
    { numRuns: 30 },
  );
});

it('adds digits by their weights', () => {
  expect(weightedSum('123', [3, 2, 1])).toBe(10);
});
