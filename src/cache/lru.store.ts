import type { Clock } from '../shared/index.js';
import { namespaceOf } from './cache-key.js';
import type { Compressor } from './compressor.js';
import type { Found, Stored } from './found.js';
import type { KeptValue } from './kept-value.js';
import type { MemoryTier } from './memory-tier.js';

/** The memory tier as a store of Keyv. */
export class LruStore {
  /** Keyv looks at it; there is nothing to tell. */
  readonly opts = {};

  constructor(
    private readonly tier: MemoryTier,
    private readonly compressor: Compressor,
    private readonly clock: Clock,
  ) {}

  async get(key: string): Promise<Stored<Found> | undefined> {
    const kept = this.tier.find(key);
    return kept ? { value: { kept, backend: 'memory', expiresAtMs: 0 } } : undefined;
  }

  async set(key: string, { value: kept }: Stored<KeptValue>, ttlMs: number): Promise<boolean> {
    this.tier.put(key, kept, this.clock.elapsedMs() + ttlMs);
    void this.compressor
      .compress(namespaceOf(key), kept)
      ?.then((smaller) => smaller !== kept && this.tier.replace(key, kept, smaller));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.tier.drop(key);
  }

  async clear(): Promise<void> {
    this.tier.clear();
  }

  async disconnect(): Promise<void> {
    this.tier.stop();
  }

  on(): this {
    return this;
  }
}
