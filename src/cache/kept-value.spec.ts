import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { KeptValue } from './kept-value.js';

const MAX = 1024 ** 2;
const keep = (value: unknown, max = MAX) => KeptValue.of(value, max);

describe('a kept value', () => {
  it('comes back as JSON would give it, plain and compressed, here and from its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const kept = keep(value)!;
        const frame = kept.frame();
        const expected: unknown = JSON.parse(JSON.stringify(value));
        expect(kept.value()).toEqual(expected);
        expect(kept.frame()).toEqual(frame);
        const smaller = await kept.compressed();
        expect(smaller.bytes).toBeLessThanOrEqual(kept.bytes);
        for (const bytes of [frame, smaller.frame()])
          for (const keepCompressed of [true, false])
            expect(KeptValue.fromFrame(bytes, MAX, keepCompressed)!.value()).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same frozen object each time, and not the one that was given', () => {
    const given = { list: [{ text: 'a' }] };
    const kept = keep(given)!;
    given.list[0]!.text = 'changed';
    const value = kept.value() as typeof given;
    expect(value.list[0]!.text).toBe('a');
    expect(kept.value()).toBe(value);
    expect(() => {
      value.list[0]!.text = 'b';
    }).toThrow(TypeError);
    expect(() => value.list.push({ text: 'c' })).toThrow(TypeError);
  });

  it('is none where there is no JSON form', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const failing = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    for (const value of [undefined, () => 1, Symbol('a'), 1n, circular, failing])
      expect(keep(value)).toBeNull();
    expect(keep(null)!.value()).toBeNull();
  });

  it('counts bytes, not characters, against the most it may have', () => {
    expect(keep('ab', 4)!.bytes).toBe(4);
    expect(keep('äb', 4)).toBeNull();
    expect(KeptValue.fromFrame(keep('äb')!.frame(), 4, true)).toBeNull();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['bytes of another program', Buffer.from('O:8:"stdClass":0:{}')],
    ['a frame that is cut off', Buffer.concat([Buffer.of(1), Buffer.from('{"a":')])],
    ['a frame of an unknown kind', Buffer.concat([Buffer.of(9), Buffer.from('1')])],
    ['what does not inflate', Buffer.concat([Buffer.of(2), Buffer.from('nonsense')])],
    ['what inflates to no JSON', Buffer.concat([Buffer.of(2), deflateRawSync('nonsense')])],
    ['what inflates to more than it may', Buffer.concat([Buffer.of(2), deflateRawSync('1'.repeat(4 * MAX))])],
    [
      'brackets without end',
      Buffer.concat([Buffer.of(1), Buffer.from('['.repeat(MAX / 4) + ']'.repeat(MAX / 4))]),
    ],
  ])('is none or throws for %s', (_what, frame) => {
    for (const keepCompressed of [true, false]) {
      const value = () => {
        const kept = KeptValue.fromFrame(frame, MAX, keepCompressed);
        if (!kept) throw new Error('none');
        return kept.value();
      };
      expect(value).toThrow();
    }
  });

  it('inflates no further than its bound', () => {
    const bomb = Buffer.concat([Buffer.of(2), deflateRawSync('1'.repeat(4 * MAX))]);
    expect(bomb.length).toBeLessThan(MAX / 50);
    expect(() => KeptValue.fromFrame(bomb, MAX, true)!.value()).toThrow(/larger than/);
    expect(() => KeptValue.fromFrame(bomb, 5 * MAX, true)!.value()).not.toThrow();
  });
});
