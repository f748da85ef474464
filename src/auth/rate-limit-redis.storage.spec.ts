import { AppError, SystemClock } from '../shared/index.js';
import { MemoryRateLimitStorage } from './rate-limit-memory.storage.js';
import { RedisRateLimitStorage } from './rate-limit-redis.storage.js';

type Send = ConstructorParameters<typeof RedisRateLimitStorage>[0]['send'];

const unavailable = new AppError('redis.unavailable', 'unavailable', 'Redis does not answer.');

async function hits(send: Send, times: number): Promise<number[]> {
  const storage = new RedisRateLimitStorage({ send }, new MemoryRateLimitStorage(new SystemClock()));
  const found: number[] = [];
  for (let i = 0; i < times; i++)
    found.push((await storage.increment('ann', 60_000, 100, 60_000, 'default')).totalHits);
  return found;
}

describe('RedisRateLimitStorage', () => {
  it('takes the count and its end from Redis', async () => {
    const storage = new RedisRateLimitStorage(
      { send: async () => [101, 30_001] },
      new MemoryRateLimitStorage(new SystemClock()),
    );
    expect(await storage.increment('ann', 60_000, 100, 60_000, 'default')).toEqual({
      totalHits: 101,
      timeToExpire: 31,
      isBlocked: true,
      timeToBlockExpire: 31,
    });
  });

  it('counts here while Redis is away', async () => {
    expect(await hits(() => Promise.reject(unavailable), 3)).toEqual([1, 2, 3]);
  });

  it.each([[null], ['OK'], [[]], [['a', 'b']], [[1]], [[1.5, 2]]])(
    'counts here where Redis answers %j',
    async (reply) => {
      expect(await hits(async () => reply, 2)).toEqual([1, 2]);
    },
  );
});
