import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { Clock } from '../shared/index.js';
import { MemoryRateLimitStorage } from './rate-limit-memory.storage.js';

const WINDOW_MS = 60_000;

class HandClock extends Clock {
  ms = 0;

  now(): Date {
    return new Date(-this.ms);
  }

  elapsedMs(): number {
    return this.ms;
  }
}

let clock: HandClock;
let storage: MemoryRateLimitStorage;

beforeEach(() => {
  clock = new HandClock();
  storage = new MemoryRateLimitStorage(clock);
});

describe('MemoryRateLimitStorage', () => {
  it('lets through as many as the limit, and says when there is more', async () => {
    expect(await storage.increment('ann', WINDOW_MS, 2)).toEqual({
      totalHits: 1,
      timeToExpire: 60,
      isBlocked: false,
      timeToBlockExpire: 60,
    });
    clock.ms = 20_500;
    expect(await storage.increment('ann', WINDOW_MS, 2)).toMatchObject({ totalHits: 2, isBlocked: false });
    expect(await storage.increment('ann', WINDOW_MS, 2)).toEqual({
      totalHits: 3,
      timeToExpire: 40,
      isBlocked: true,
      timeToBlockExpire: 40,
    });
    clock.ms = WINDOW_MS - 1;
    expect(await storage.increment('ann', WINDOW_MS, 2)).toMatchObject({ isBlocked: true, timeToExpire: 1 });
    clock.ms = WINDOW_MS;
    expect(await storage.increment('ann', WINDOW_MS, 2)).toMatchObject({ totalHits: 1, timeToExpire: 60 });
  });

  it('counts each user alone, whatever the name', async () => {
    for (const name of ['ann', 'Ann', '__proto__', 'constructor', ''])
      expect(await storage.increment(name, WINDOW_MS, 1)).toMatchObject({ totalHits: 1, isBlocked: false });
    expect(await storage.increment('__proto__', WINDOW_MS, 1)).toMatchObject({ isBlocked: true });
  });

  it('forgets users whose window has ended', async () => {
    for (let i = 0; i < 1_000; i++) await storage.increment(`user ${i}`, WINDOW_MS, 1);
    expect(storage.size).toBe(1_000);
    clock.ms = WINDOW_MS;
    await storage.increment('ann', WINDOW_MS, 1);
    expect(storage.size).toBe(1);
  });

  it('keeps at most so many users, and forgets the oldest window for a new one', async () => {
    storage = new MemoryRateLimitStorage(clock, 2);
    for (const name of ['ann', 'ben', 'ann', 'cem']) await storage.increment(name, WINDOW_MS, 1);
    expect(storage.size).toBe(2);
    expect(await storage.increment('ben', WINDOW_MS, 1)).toMatchObject({ totalHits: 2 });
    expect(await storage.increment('ann', WINDOW_MS, 1)).toMatchObject({ totalHits: 1 });
  });

  it('passes at most the limit in a window of each user, whenever requests come', async () => {
    const request = record({
      user: constantFrom('ann', 'ben', 'cem'),
      afterMs: integer({ min: 0, max: 40_000 }),
    });
    const limits = integer({ min: 1, max: 5 });
    await assert(
      asyncProperty(limits, array(request, { maxLength: 80 }), async (limit, requests) => {
        clock = new HandClock();
        storage = new MemoryRateLimitStorage(clock);
        const passed = new Map<string, { startMs: number; count: number }>();
        for (const { user, afterMs } of requests) {
          clock.ms += afterMs;
          const own = passed.get(user);
          const window = own && clock.ms - own.startMs < WINDOW_MS ? own : { startMs: clock.ms, count: 0 };
          passed.set(user, window);
          const { isBlocked } = await storage.increment(user, WINDOW_MS, limit);
          expect(isBlocked).toBe(++window.count > limit);
        }
      }),
    );
  });
});
