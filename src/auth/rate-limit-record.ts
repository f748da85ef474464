import type { ThrottlerStorage } from '@nestjs/throttler';

/** What counts the requests of each user. */
export type RateLimitStorage = ThrottlerStorage;

/** What a count means; times in whole seconds, at least 1. */
export type RateLimitRecord = Awaited<ReturnType<RateLimitStorage['increment']>>;

/** Makes a record of `hits` in a window that ends in `leftMs`. */
export function recordOf(hits: number, leftMs: number, limit: number): RateLimitRecord {
  const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
  return { totalHits: hits, timeToExpire: seconds, isBlocked: hits > limit, timeToBlockExpire: seconds };
}
