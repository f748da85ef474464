import fc from 'fast-check';
import { unmask } from './unmasked-text.js';

it('changes nothing in plain text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const seen = unmask(text);
      expect([seen.text, seen.changed]).toEqual([text, false]);
    }),
  );
});

it.each([
  ['p\u0430ss', 'pass'],
  ['ｆｕｌｌ', 'full'],
  ['in\u200Bvisible\u{E0041}', 'invisible'],
  ['ﬁne', 'fine'],
])('reads %j as %j', (masked, plain) => {
  expect(unmask(masked).text).toBe(plain);
});

it.each(['Москва', 'Αθήνα', 'привет, мир', '漢字'])(
  'leaves a word of another script as it is: %s',
  (text) => {
    expect(unmask(text).text).toBe(text);
  },
);

it('leads every piece back into the text it came from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, from, length) => {
      const seen = unmask(text);
      const start = from % (seen.text.length + 1);
      const end = Math.min(seen.text.length, start + length);
      const span = seen.toOriginal({ start, end });
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }),
  );
});
