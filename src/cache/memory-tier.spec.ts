import fc from 'fast-check';
import { Clock } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import { CACHE_NAMESPACES } from './cache.port.js';
import { CacheCounters } from './cache-counters.js';
import { KeptValue } from './kept-value.js';
import { MemoryTier } from './memory-tier.js';

class TwoClocks extends Clock {
  wall = 1_000_000;
  elapsed = 0;

  now(): Date {
    return new Date(this.wall);
  }

  elapsedMs(): number {
    return this.elapsed;
  }
}

function openTier(maxItems = 1_000, maxBytes = 1024 ** 2) {
  const clock = new TwoClocks();
  const counters = new CacheCounters(new Metrics(), ['memory']);
  const tier = new MemoryTier({ maxItems, maxBytes }, clock, counters);
  opened.push(tier);
  const put = (key: string, value: unknown, ttlMs = 1_000) =>
    tier.put(`answers:${key}`, KeptValue.of(value, Number.MAX_SAFE_INTEGER)!, clock.elapsed + ttlMs);
  const find = (key: string) => tier.find(`answers:${key}`)?.value();
  return { clock, counters, tier, put, find };
}

const opened: MemoryTier[] = [];
afterEach(() => {
  for (const tier of opened.splice(0)) tier.stop();
});

const text = (bytes: number) => 'x'.repeat(bytes);
const OVERHEAD = 200;

describe('the memory tier', () => {
  it('serves until the time is over and not after, whatever the wall clock says', () => {
    const { clock, put, find } = openTier();
    put('a', 1, 50);
    clock.wall -= 10_000_000;
    clock.elapsed = 49.9;
    expect(find('a')).toBe(1);
    clock.elapsed = 50;
    expect(find('a')).toBeUndefined();
    put('b', 1, 50);
    clock.wall += 10_000_000_000;
    expect(find('b')).toBe(1);
  });

  it('lets the longest unused go first when there are too many, and counts them', () => {
    const { put, find, counters } = openTier(2);
    put('a', 1);
    put('b', 2);
    expect(find('a')).toBe(1);
    put('c', 3);
    expect([find('a'), find('b'), find('c')]).toEqual([1, undefined, 3]);
    const answers = counters.figures().find(({ namespace }) => namespace === 'answers')!;
    expect(answers).toMatchObject({ items: 2, evictions: 1 });
  });

  it('lets go of as many as a new one needs, over all namespaces', () => {
    const { tier, clock, put, find } = openTier(1_000, 4_000);
    const kept = KeptValue.of(text(700), 1_000)!;
    for (const namespace of ['searches', 'voices', 'answers'] as const)
      tier.put(`${namespace}:k`, kept, 1_000);
    expect(tier.items).toBe(3);
    put('a', text(750));
    put('b', text(750));
    expect(tier.find('searches:k')).toBeNull();
    expect(tier.bytes).toBeLessThanOrEqual(4_000);
    expect([find('a'), find('b')]).toEqual([text(750), text(750)]);
    expect(clock.elapsed).toBe(0);
  });

  it('keeps no entry that is larger than a quarter of all, nor what was under its key', () => {
    const { tier, put, find } = openTier(1_000, 4_000);
    const largest = 1_000 - OVERHEAD - 2 * 'answers:a'.length - 2;
    put('a', text(largest));
    expect(find('a')).toBe(text(largest));
    expect(tier.bytes).toBe(1_000);
    put('a', text(largest + 1));
    expect(find('a')).toBeUndefined();
    expect(tier.bytes).toBe(0);
  });

  it('shrinks at once to a share, and grows again', () => {
    const { tier, put } = openTier(1_000, 8_000);
    for (let index = 0; index < 20; index++) put(`k${index}`, text(500));
    const full = tier.items;
    tier.limitTo(0.5);
    expect(tier.bytes).toBeLessThanOrEqual(4_000);
    for (let index = 0; index < 20; index++) put(`k${index}`, text(500));
    expect(tier.bytes).toBeLessThanOrEqual(4_000);
    tier.limitTo(1);
    for (let index = 0; index < 20; index++) put(`k${index}`, text(500));
    expect(tier.items).toBe(full);
  });

  it('forgets a namespace and no other', () => {
    const { tier, put, find } = openTier();
    put('a', 1);
    put('b', 2);
    tier.put('voices:a', KeptValue.of(3, 100)!, 1_000);
    expect(tier.clear('answers')).toBe(2);
    expect(find('a')).toBeUndefined();
    expect(tier.find('voices:a')!.value()).toBe(3);
    expect(tier.clear()).toBe(1);
  });

  it('sweeps out all that is expired, however many and whatever happens between', () => {
    const { clock, tier, put, find } = openTier(20_000, 64 * 1024 ** 2);
    for (let index = 0; index < 12_000; index++) put(`k${index}`, index, index % 3 === 0 ? 10_000 : 100);
    clock.elapsed = 100;
    tier.sweep();
    expect(tier.items).toBeGreaterThan(4_000);
    for (let round = 0; round < 6; round++) {
      find('k0');
      put('k3', 'anew', 10_000);
      tier.sweep();
    }
    expect(tier.items).toBe(4_000);
  });

  it('puts a smaller form in the place of the same value only', () => {
    const { tier, clock } = openTier();
    const [one, other, small] = [1, 2, 3].map((value) => KeptValue.of(value, 100)!) as [
      KeptValue,
      KeptValue,
      KeptValue,
    ];
    tier.put('answers:a', one, 100);
    tier.replace('answers:a', other, small);
    expect(tier.find('answers:a')).toBe(one);
    tier.replace('answers:a', one, small);
    expect(tier.find('answers:a')).toBe(small);
    clock.elapsed = 100;
    expect(tier.find('answers:a')).toBeNull();
    tier.replace('answers:a', small, one);
    expect(tier.items).toBe(0);
  });
});

interface Step {
  readonly act: 'put' | 'find' | 'drop' | 'wait' | 'sweep' | 'share' | 'clear';
  readonly key: number;
  readonly amount: number;
}
const MAX_ITEMS = 6;
const MAX_BYTES = 6_000;
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom<Step['act']>(
    'put',
    'put',
    'put',
    'find',
    'find',
    'drop',
    'wait',
    'sweep',
    'share',
    'clear',
  ),
  key: fc.integer({ min: 0, max: 12 }),
  amount: fc.integer({ min: -20, max: 1_400 }),
});

/** The tier beside a plain map that forgets nothing by itself. */
class Both {
  readonly opened = openTier(MAX_ITEMS, MAX_BYTES);
  readonly model = new Map<string, { value: string; expiresAt: number }>();
  limit = MAX_BYTES;

  take({ act, key, amount }: Step): void {
    const { tier, clock } = this.opened;
    const namespace = CACHE_NAMESPACES[key % 5]!;
    const acts: Record<Step['act'], () => void> = {
      put: () => {
        const value = `${key} ${text(Math.max(amount, 0))}`;
        const expiresAt = clock.elapsed + amount;
        tier.put(nameOf(key), KeptValue.of(value, MAX_BYTES)!, expiresAt);
        this.model.set(nameOf(key), { value, expiresAt });
      },
      find: () => {},
      drop: () => {
        tier.drop(nameOf(key));
        this.model.delete(nameOf(key));
      },
      wait: () => {
        clock.elapsed += Math.abs(amount);
      },
      sweep: () => tier.sweep(),
      share: () => {
        this.limit = MAX_BYTES / (1 + (key % 2));
        tier.limitTo(this.limit / MAX_BYTES);
      },
      clear: () => {
        tier.clear(namespace);
        for (const name of this.model.keys()) if (name.startsWith(`${namespace}:`)) this.model.delete(name);
      },
    };
    acts[act]();
  }

  check(key: number): void {
    const { tier, clock, counters } = this.opened;
    const found = tier.find(nameOf(key))?.value();
    const known = this.model.get(nameOf(key));
    expect(found === undefined || (found === known?.value && clock.elapsed < known.expiresAt)).toBe(true);
    expect(tier.items).toBeLessThanOrEqual(MAX_ITEMS);
    expect(tier.bytes).toBeLessThanOrEqual(this.limit);
    const figures = counters.figures();
    expect(figures.reduce((sum, { items }) => sum + items!, 0)).toBe(tier.items);
    expect(figures.reduce((sum, { bytes }) => sum + bytes!, 0)).toBe(tier.bytes);
  }
}

const nameOf = (key: number) => `${CACHE_NAMESPACES[key % 5]!}:${key}`;

/** The keys that a cache of four must hold after these uses, the longest unused first. */
function recentAfter(uses: readonly (readonly [boolean, number])[]): number[] {
  return uses.reduce<number[]>((recent, [isPut, key]) => {
    const rest = recent.filter((each) => each !== key);
    return isPut || recent.includes(key) ? [...rest, key].slice(-4) : rest;
  }, []);
}

describe('whatever is done to the memory tier', () => {
  it('has no more items or bytes than it may, counts them rightly, and serves the last value in its time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const both = new Both();
        for (const each of steps) {
          both.take(each);
          both.check(each.key);
        }
        both.opened.tier.stop();
      }),
      { numRuns: 300 },
    );
  });

  it('keeps exactly the most recently used, where all are of one size', () => {
    const use = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(use, { maxLength: 80 }), (uses) => {
        const { tier, put, find } = openTier(4, 1024 ** 2);
        for (const [isPut, key] of uses) {
          if (isPut) put(`${key}`, key);
          else find(`${key}`);
        }
        const expected = recentAfter(uses);
        expect(tier.items).toBe(expected.length);
        for (const key of expected) expect(find(`${key}`)).toBe(key);
        tier.stop();
      }),
    );
  });
});
