import type { Clock } from '../shared/index.js';
import { type RateLimitRecord, type RateLimitStorage, recordOf } from './rate-limit-record.js';

const MAX_USERS = 100_000;

interface Window {
  readonly endMs: number;
  hits: number;
}

/**
 * Counts requests in this process: a window starts with a user's first request. The library's own storage keeps the
 * time of each request, walks over all of them at the next one, and has no bound.
 */
export class MemoryRateLimitStorage implements RateLimitStorage {
  /** In the order of their starts and, since all are equally long, of their ends. */
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly clock: Clock,
    private readonly maxUsers = MAX_USERS,
  ) {}

  /** Users with a window, ended ones that no request has come upon yet among them. */
  get size(): number {
    return this.windows.size;
  }

  /** Counts one request of `key`; `ttl` is the length of a window in milliseconds, the same for all. */
  async increment(key: string, ttl: number, limit: number): Promise<RateLimitRecord> {
    const nowMs = this.clock.elapsedMs();
    this.forgetEnded(nowMs);
    const window = this.windows.get(key) ?? this.start(key, nowMs + ttl);
    window.hits++;
    return recordOf(window.hits, window.endMs - nowMs, limit);
  }

  private start(key: string, endMs: number): Window {
    if (this.windows.size >= this.maxUsers) {
      const [oldest] = this.windows.keys();
      this.windows.delete(oldest!);
    }
    const window = { endMs, hits: 0 };
    this.windows.set(key, window);
    return window;
  }

  private forgetEnded(nowMs: number): void {
    for (const [key, { endMs }] of this.windows) {
      if (endMs > nowMs) return;
      this.windows.delete(key);
    }
  }
}
