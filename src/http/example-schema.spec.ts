import fc from 'fast-check';
import { mismatches, schemaOf } from './example-schema.js';

it('fits what it was told from', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(mismatches(value, schemaOf(value))).toEqual([]);
    }),
  );
});

it.each([
  [{ a: 1 }, { a: '1' }, ['$.a is string, not number']],
  [{ a: 1 }, {}, ['$.a is missing']],
  [{ a: 1 }, { a: 2, b: 3 }, ['$.b is not described']],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }, { b: true }] }, ['$.a[1].b is boolean, not number']],
  [{ a: [{ b: 1 }, { b: 1, c: 1 }] }, { a: [{ b: 2 }] }, []],
  [[], [1, 'a'], []],
  [{ a: null }, { a: { any: 1 } }, []],
  [{ a: 1 }, { a: null }, []],
  [{ by_source: { chatgpt: 1 } }, { by_source: { mail: 2 } }, []],
  [{ a: [] }, { a: {} }, ['$.a is object, not array']],
])('%j and %j', (example, answer, found) => {
  expect(mismatches(answer, schemaOf(example))).toEqual(found);
});
