import type { Redis } from '../redis/index.js';
import { sha256Hex } from '../shared/index.js';
import { type RateLimitRecord, type RateLimitStorage, recordOf } from './rate-limit-record.js';

const KEY_PREFIX = 'mcg:rate:';
/** One step, so that no count is left without an end; a key that has none gets one. */
const COUNT = `local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {hits, left}`;

/** Counts requests over all replicas; while Redis is away, or refuses, each process counts its own. */
export class RedisRateLimitStorage implements RateLimitStorage {
  constructor(
    private readonly redis: Pick<Redis, 'send'>,
    private readonly local: RateLimitStorage,
    private readonly keyPrefix = KEY_PREFIX,
  ) {}

  /** Counts one request of `key`; `ttl` is the length of a window in milliseconds. */
  async increment(
    key: string,
    ttl: number,
    limit: number,
    blockDuration: number,
    name: string,
  ): Promise<RateLimitRecord> {
    const shared = await this.count(key, ttl).catch(() => null);
    if (shared === null) return this.local.increment(key, ttl, limit, blockDuration, name);
    return recordOf(shared.hits, shared.leftMs, limit);
  }

  /** Under a hash of the user's id, which may be an address. Null for an answer that is none. Rejects with the fault of Redis, which its module has logged. */
  private async count(key: string, ttl: number): Promise<{ hits: number; leftMs: number } | null> {
    const reply = await this.redis.send(['EVAL', COUNT, '1', this.keyPrefix + sha256Hex(key), String(ttl)]);
    const [hits, leftMs] = Array.isArray(reply) ? reply.map(Number) : [];
    if (!Number.isInteger(hits) || !Number.isInteger(leftMs)) return null;
    return { hits: hits as number, leftMs: leftMs as number };
  }
}
