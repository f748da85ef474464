import { CACHE_NAMESPACES, type CacheNamespace } from './cache.port.js';
import { namespaceOf } from './cache-key.js';
import type { Compressor } from './compressor.js';
import type { Found, Stored } from './found.js';
import { KeptValue } from './kept-value.js';
import { largestBytes, type MemoryBounds } from './memory-tier.js';
import type { RedisTier } from './redis-tier.js';

/** The shared tier as a store of Keyv: values there are frames of bytes. */
export class RedisStore {
  /** Keyv looks at it; there is nothing to tell. */
  readonly opts = {};
  /** The last value that is on its way, by key; what is forgotten meanwhile does not arrive. */
  private readonly pending = new Map<string, KeptValue>();

  constructor(
    private readonly tier: RedisTier,
    private readonly compressor: Compressor,
    private readonly bounds: MemoryBounds,
  ) {}

  async get(key: string): Promise<Stored<Found> | undefined> {
    const entry = await this.tier.read(key);
    if (!entry) return undefined;
    const kept = KeptValue.fromFrame(
      entry.frame,
      largestBytes(this.bounds.maxBytes),
      this.compressor.isEnabled,
    );
    return kept ? { value: { kept, backend: 'redis', expiresAtMs: entry.expiresAtMs } } : undefined;
  }

  /** Done when the value is on its way, not when it has arrived. */
  async set(key: string, { value: kept }: Stored<KeptValue>, ttlMs: number): Promise<boolean> {
    const smaller = this.compressor.compress(namespaceOf(key), kept);
    this.pending.delete(key);
    if (!smaller) this.tier.write(key, kept.frame(), ttlMs);
    else {
      this.pending.set(key, kept);
      void smaller.then((packed) => {
        if (this.pending.get(key) !== kept) return;
        this.pending.delete(key);
        this.tier.write(key, packed.frame(), ttlMs);
      });
    }
    return true;
  }

  async delete(key: string): Promise<boolean> {
    this.pending.delete(key);
    return this.tier.delete(key);
  }

  /** Deletes in Redis alone, waiting for nothing: another value was set that is not kept. */
  discard(key: string): void {
    this.pending.delete(key);
    this.tier.discard(key);
  }

  /** Keyv would clear all namespaces; nobody asks it to. */
  async clear(): Promise<void> {
    await Promise.all(CACHE_NAMESPACES.map((namespace) => this.clearNamespace(namespace)));
  }

  /** Makes up for what Redis could not be told to forget. */
  settle(): Promise<void> {
    return this.tier.settle();
  }

  on(): this {
    return this;
  }

  async clearNamespace(namespace: CacheNamespace): Promise<boolean> {
    for (const key of [...this.pending.keys()]) if (namespaceOf(key) === namespace) this.pending.delete(key);
    return this.tier.clear(namespace);
  }
}
