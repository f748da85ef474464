import { SystemClock } from '../../shared/index.js';
import { RateLimiter } from './rate-limiter.js';

const FOREVER_MS = Number.POSITIVE_INFINITY;
/** One token a millisecond. */
const TOKENS = 60_000;

describe('RateLimiter', () => {
  const { signal } = new AbortController();
  const limiter = (tokensPerMinute: number | null, requestsPerMinute: number | null = null) =>
    new RateLimiter({ tokensPerMinute, requestsPerMinute }, new SystemClock());

  it('holds nobody back without limits', async () => {
    const free = limiter(null);
    for (let count = 0; count < 1000; count++) await free.admit(1_000_000, signal, 0.001);
  });

  it('lets a minute’s worth of requests through, and tells the next when to come', async () => {
    const limited = limiter(null, 3);
    for (let count = 0; count < 3; count++) await limited.admit(1, signal, 1);
    await expect(limited.admit(1, signal, 1_000)).rejects.toMatchObject({
      code: 'provider.rate_limited',
      kind: 'unavailable',
      retryAfterSeconds: 20,
    });
  });

  it('counts those who wait before', async () => {
    const limited = limiter(null, 60);
    for (let count = 0; count < 60; count++) await limited.admit(1, signal, 1);
    const abort = new AbortController();
    const waiting = limited.admit(1, abort.signal, FOREVER_MS);
    await expect(limited.admit(1, signal, 1_500)).rejects.toMatchObject({ retryAfterSeconds: 2 });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'provider.aborted' });
    await expect(limited.admit(1, signal, 500)).rejects.toMatchObject({ retryAfterSeconds: 1 });
  });

  it('lets them in in the order in which they came, a small one not before a large one', async () => {
    const limited = limiter(TOKENS);
    await limited.admit(TOKENS, signal, 1);
    const order: string[] = [];
    const enter = async (name: string, tokens: number) => {
      await limited.admit(tokens, signal, FOREVER_MS);
      order.push(name);
    };
    await Promise.all([enter('large', 60), enter('small', 1), enter('middle', 20)]);
    expect(order).toEqual(['large', 'small', 'middle']);
  });

  it('lets in who comes after one that gave up', async () => {
    const limited = limiter(TOKENS);
    await limited.admit(TOKENS, signal, 1);
    const abort = new AbortController();
    const large = limited.admit(TOKENS, abort.signal, FOREVER_MS);
    const small = limited.admit(5, signal, FOREVER_MS);
    abort.abort();
    await expect(large).rejects.toMatchObject({ code: 'provider.aborted' });
    await small;
  });

  it('takes what a call really used, and gives back what it did not', async () => {
    const limited = limiter(TOKENS);
    await limited.admit(TOKENS, signal, 1);
    limited.settle(TOKENS, 100);
    await limited.admit(TOKENS - 200, signal, 1);
    limited.settle(TOKENS - 200, 2 * TOKENS);
    await expect(limited.admit(1, signal, 50_000)).rejects.toMatchObject({ code: 'provider.rate_limited' });
  });

  it('lets a call through that is larger than a minute’s worth, once that is there', async () => {
    await limiter(10).admit(1_000_000, signal, 1);
  });
});
