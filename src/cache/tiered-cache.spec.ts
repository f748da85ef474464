import { jest } from '@jest/globals';
import { MovedClock, type OpenCache, openCache } from '../../test/support/open-cache.js';

const asItIs = (found: unknown): unknown => found;
const config = { backend: 'memory', ttlMs: 1_000, maxItems: 100, maxBytes: 40_000, compress: false } as const;

describe('the cache in memory', () => {
  let clock: MovedClock;
  let opened: OpenCache;

  beforeEach(() => {
    clock = new MovedClock();
    opened = openCache({ config, clock });
  });

  afterEach(async () => {
    await opened.close();
  });

  const answers = () => opened.cache.figures().find(({ namespace }) => namespace === 'answers')!;

  it('hands out one object, and reads it each time', async () => {
    await opened.cache.set('answers', 'a', { text: 'one' });
    const [one, other] = [
      await opened.cache.get('answers', 'a', asItIs),
      await opened.cache.get('answers', 'a', asItIs),
    ];
    expect(one).toBe(other);
    expect(await opened.cache.get('answers', 'a', (found) => Object.keys(found as object))).toEqual(['text']);
  });

  it('lets go of what the reader does not take, and counts it as a miss', async () => {
    await opened.cache.set('answers', 'a', 1);
    const read = (): never => {
      throw new Error('no such thing');
    };
    expect(await opened.cache.get('answers', 'a', read)).toBeNull();
    expect(answers()).toMatchObject({ items: 0, bytes: 0, hits: 0, misses: 1 });
  });

  it('keeps nothing by default where the configured time is 0', async () => {
    const none = openCache({ config: { ...config, ttlMs: 0 }, clock });
    await none.cache.set('answers', 'a', 1);
    none.cache.local('answers').set('b', 1);
    expect(await none.cache.get('answers', 'a', asItIs)).toBeNull();
    expect(none.cache.local('answers').get('b')).toBeNull();
    await none.cache.set('answers', 'a', 1, 10);
    expect(await none.cache.get('answers', 'a', asItIs)).toBe(1);
    await none.close();
  });

  it('says how many entries a clear let go', async () => {
    for (const key of ['a', 'b', 'c']) await opened.cache.set('answers', key, key);
    await opened.cache.set('voices', 'a', 'a');
    expect(await opened.cache.clear('answers')).toBe(3);
    expect(await opened.cache.clear('answers')).toBe(0);
  });

  it('tells its figures as metrics, with namespace and backend', async () => {
    for (let index = 0; index < 120; index++) await opened.cache.set('answers', `${index}`, index);
    await opened.cache.get('answers', '119', asItIs);
    await opened.cache.get('answers', '0', asItIs);
    await new Promise(setImmediate);
    const text = await opened.metrics.text();
    const labels = '{namespace="answers",backend="memory"}';
    const { bytes } = answers();
    for (const line of [
      `mcg_cache_hits_total${labels} 1`,
      `mcg_cache_misses_total${labels} 1`,
      `mcg_cache_evictions_total${labels} 20`,
      `mcg_cache_items${labels} 100`,
      `mcg_cache_bytes${labels} ${bytes}`,
    ])
      expect(text).toContain(line);
    expect(answers()).toMatchObject({ items: 100, hits: 1, misses: 1, evictions: 20 });
    expect(text).not.toContain('redis');
  });

  it('cleans up in the background, until it is closed', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    const watched = openCache({ config, clock });
    await watched.cache.set('answers', 'a', 1, 10);
    clock.goneMs += 10;
    jest.advanceTimersByTime(1_000);
    expect(watched.tiers.memory.items).toBe(0);
    await watched.close();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('works without waiting, on the same entries', async () => {
    const local = opened.cache.local('decisions');
    expect(local.get('a')).toBeNull();
    local.set('a', { permit: true }, 50);
    expect(local.get('a')).toEqual({ permit: true });
    expect(Object.isFrozen(local.get('a'))).toBe(true);
    expect(await opened.cache.get('decisions', 'a', asItIs)).toBe(local.get('a'));
    clock.goneMs += 50;
    expect(local.get('a')).toBeNull();
    for (const ttlMs of [0, -1, Number.NaN]) {
      local.set('b', 1);
      local.set('b', 2, ttlMs);
      expect(local.get('b')).toBeNull();
    }
    local.set('b', undefined);
    local.set('b', 'x'.repeat(10_000));
    expect(local.get('b')).toBeNull();
    local.set('c', 1);
    await opened.cache.clear('decisions');
    expect(local.get('c')).toBeNull();
  });

  it('misses what no longer fits the stack when it is read', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 3_000; level++) deep = [deep];
    const local = opened.cache.local('decisions');
    expect(() => {
      local.set('a', deep);
      local.get('a');
    }).not.toThrow();
  });

  describe('under pressure', () => {
    const fill = async (count: number) => {
      for (let index = 0; index < count; index++)
        await opened.cache.set('searches', `${index}`, 'x'.repeat(1_000));
    };

    it('shrinks at warn and cuts the time of new entries', async () => {
      await opened.cache.set('voices', 'before', 1, 1_000);
      await fill(25);
      await opened.cache.get('voices', 'before', asItIs);
      expect(opened.tiers.memory.bytes).toBeGreaterThan(20_000);
      opened.pressure.set('warn');
      expect(opened.tiers.memory.bytes).toBeLessThanOrEqual(20_000);
      await fill(50);
      expect(opened.tiers.memory.bytes).toBeLessThanOrEqual(20_000);
      await opened.cache.set('answers', 'a', 'one', 1_000);
      opened.cache.local('decisions').set('a', 'one', 1_000);
      clock.goneMs += 249;
      expect(await opened.cache.get('answers', 'a', asItIs)).toBe('one');
      clock.goneMs += 1;
      expect(await opened.cache.get('answers', 'a', asItIs)).toBeNull();
      expect(opened.cache.local('decisions').get('a')).toBeNull();
    });

    it('clears all at limit, and neither reads nor writes answers and responses', async () => {
      await fill(5);
      await opened.cache.set('answers', 'a', 'one');
      opened.pressure.set('limit');
      expect(opened.tiers.memory.items).toBe(0);
      for (const namespace of ['answers', 'responses'] as const) {
        await opened.cache.set(namespace, 'a', 'one');
        opened.cache.local(namespace).set('b', 'one');
        expect(await opened.cache.get(namespace, 'a', asItIs)).toBeNull();
        expect(opened.cache.local(namespace).get('b')).toBeNull();
      }
      expect(opened.tiers.memory.items).toBe(0);
      await opened.cache.set('decisions', 'a', 'one');
      expect(await opened.cache.get('decisions', 'a', asItIs)).toBe('one');
    });

    it('is as before when it is over', async () => {
      opened.pressure.set('limit');
      opened.pressure.set('ok');
      await opened.cache.set('answers', 'a', 'one', 1_000);
      clock.goneMs += 999;
      expect(await opened.cache.get('answers', 'a', asItIs)).toBe('one');
      await fill(30);
      expect(opened.tiers.memory.bytes).toBeGreaterThan(20_000);
    });

    it('hears no more once it is closed', async () => {
      await opened.cache.set('answers', 'a', 'one');
      await opened.close();
      opened.pressure.set('limit');
      expect(opened.tiers.memory.items).toBe(1);
    });
  });
});
