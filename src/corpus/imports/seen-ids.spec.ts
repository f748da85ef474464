import fc from 'fast-check';
import { SeenIds } from './seen-ids.js';

describe('SeenIds', () => {
  it('tells what a set of texts would tell, whatever is added', () => {
    const id = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'c', ''));
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (added, asked) => {
        const seen = new SeenIds();
        const expected = new Set<string>();
        for (const each of added) {
          expect(seen.add(each)).toBe(!expected.has(each));
          expected.add(each);
        }
        expect(seen.size).toBe(expected.size);
        for (const each of [...asked, ...added]) expect(seen.has(each)).toBe(expected.has(each));
      }),
    );
  });

  it('keeps every id while it grows', () => {
    const seen = new SeenIds();
    for (let n = 0; n < 50_000; n++) expect(seen.add(`message-${n}`)).toBe(true);
    for (let n = 0; n < 50_000; n++) expect(seen.add(`message-${n}`)).toBe(false);
    expect(seen.has('message-50000')).toBe(false);
    expect(seen.size).toBe(50_000);
  });
});
