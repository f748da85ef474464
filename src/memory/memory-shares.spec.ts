import fc from 'fast-check';
import type { MemoryReading } from './memory-reading.js';
import { PressureLevels, ReusableMemory, sharesOf } from './memory-shares.js';

const MEBIBYTE = 1024 ** 2;

/** In MiB: native memory, V8's heap, buffers. */
function reading(native: number, heap: number, external: number, limit: number | null = 512): MemoryReading {
  return {
    rssBytes: (native + heap + external) * MEBIBYTE,
    heapUsedBytes: heap * MEBIBYTE,
    heapResidentBytes: heap * MEBIBYTE,
    heapLimitBytes: 400 * MEBIBYTE,
    externalBytes: external * MEBIBYTE,
    arrayBufferBytes: external * MEBIBYTE,
    limitBytes: limit === null ? null : limit * MEBIBYTE,
  };
}
const mebibytes = fc.integer({ min: 0, max: 1_000 });

describe('ReusableMemory', () => {
  it('is what buffers left behind: gone from external memory, still resident', () => {
    const reusable = new ReusableMemory();
    expect(reusable.estimate(reading(40, 50, 2))).toBe(0);
    expect(reusable.estimate(reading(60, 80, 252))).toBe(0);
    expect(reusable.estimate(reading(290, 20, 2))).toBe(250 * MEBIBYTE);
    // Half of it is used again.
    expect(reusable.estimate(reading(165, 20, 127))).toBe(125 * MEBIBYTE);
  });

  it('counts no native memory that grew by itself, and none that the system got back', () => {
    const reusable = new ReusableMemory();
    reusable.estimate(reading(40, 50, 2));
    expect(reusable.estimate(reading(400, 50, 2))).toBe(0);
    const other = new ReusableMemory();
    other.estimate(reading(40, 50, 250));
    expect(other.estimate(reading(40, 50, 2))).toBe(0);
  });

  it('is never negative, and never more than was seen outside of the heap', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mebibytes, mebibytes, mebibytes), { minLength: 1 }), (all) => {
        const reusable = new ReusableMemory();
        let most = 0;
        for (const [native, heap, external] of all) {
          most = Math.max(most, external * MEBIBYTE);
          const bytes = reusable.estimate(reading(native, heap, external));
          expect(bytes).toBeGreaterThanOrEqual(0);
          expect(bytes).toBeLessThanOrEqual(most - external * MEBIBYTE);
        }
      }),
    );
  });
});

describe('sharesOf', () => {
  it('takes the tighter of memory and heap', () => {
    expect(sharesOf(reading(100, 100, 56), 0)).toEqual({ used: 0.5, resident: 0.5 });
    expect(sharesOf(reading(0, 360, 0), 0).used).toBe(0.9);
  });

  it('leaves out what can be used again, but not from what is resident', () => {
    expect(sharesOf(reading(350, 50, 112), 256 * MEBIBYTE)).toEqual({ used: 0.5, resident: 1 });
  });

  it('is that of the heap alone without a limit', () => {
    expect(sharesOf(reading(900, 100, 900, null), 0)).toEqual({ used: 0.25, resident: 0 });
  });
});

describe('PressureLevels', () => {
  const set = { warn: 0.8, limit: 0.9 };

  it('lets resident memory go half the way from the threshold to the end, then warns', () => {
    const levels = new PressureLevels(set);
    expect(levels.advance({ used: 0.5, resident: 0.94 })).toBe('ok');
    expect(levels.advance({ used: 0.5, resident: 0.95 })).toBe('warn');
    expect(levels.advance({ used: 0.5, resident: 1 })).toBe('warn');
    expect(levels.advance({ used: 0.5, resident: 0.91 })).toBe('warn');
    expect(levels.advance({ used: 0.5, resident: 0.89 })).toBe('ok');
  });

  it('comes back from the limit while buffers that were freed stay resident', () => {
    const levels = new PressureLevels(set);
    expect(levels.advance({ used: 0.92, resident: 0.92 })).toBe('limit');
    expect(levels.advance({ used: 0.3, resident: 0.92 })).toBe('ok');
  });

  it('refuses for nothing but used memory', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 0.89, noNaN: true }),
            fc.double({ min: 0, max: 1.5, noNaN: true }),
          ),
        ),
        (all) => {
          const levels = new PressureLevels(set);
          for (const [used, resident] of all) expect(levels.advance({ used, resident })).not.toBe('limit');
        },
      ),
    );
  });

  it('previews without a change', () => {
    const levels = new PressureLevels(set);
    expect(levels.preview({ used: 0.91, resident: 0.91 })).toBe('limit');
    expect(levels.advance({ used: 0.86, resident: 0.86 })).toBe('warn');
  });
});
