import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Cache as CacheManager } from 'cache-manager';
import type { CacheConfig } from '../config/index.js';
import type { MemoryManager, Pressure } from '../memory/index.js';
import type { Clock } from '../shared/index.js';
import {
  CACHE_NAMESPACES,
  Cache,
  type CacheNamespace,
  type LocalCache,
  type NamespaceFigures,
  type Reader,
} from './cache.port.js';
import { fullKey } from './cache-key.js';
import type { Found } from './found.js';
import { KeptValue } from './kept-value.js';
import type { Tiers } from './open-tiers.js';
import { POSTURES } from './pressure-posture.js';

/** Longest that anything is kept. */
const MAX_TTL_MS = 30 * 24 * 60 * 60 * 1_000;

/** Memory before Redis, where there is one: the stores are reached through Nest's cache manager. */
export class TieredCache extends Cache implements OnModuleInit, OnApplicationShutdown {
  /** Counts what was forgotten, so that an answer of Redis from before is not copied into memory after. */
  private readonly epochs = new Map<CacheNamespace, number>();
  private posture = POSTURES.ok;
  private unsubscribe: () => void = () => {};

  constructor(
    private readonly manager: CacheManager,
    private readonly tiers: Tiers,
    private readonly config: CacheConfig,
    private readonly pressure: Pick<MemoryManager, 'pressure' | 'subscribe'>,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.unsubscribe = this.pressure.subscribe((now) => this.adapt(now));
    this.adapt(this.pressure.pressure());
    this.tiers.invalidations?.listen(
      ({ namespace, key }) => this.forget(namespace, key),
      () => this.forgetAll(),
    );
  }

  onApplicationShutdown(): void {
    this.unsubscribe();
  }

  async get<T>(namespace: CacheNamespace, key: string, read: Reader<T>): Promise<T | null> {
    if (this.posture.bypassed.has(namespace)) return null;
    const full = fullKey(namespace, key);
    const epoch = this.epochs.get(namespace);
    const found = (await this.manager.get<Found>(full)) ?? null;
    const outcome = found && outcomeOf(found.kept, read);
    const backend = found?.backend ?? 'redis';
    if (backend === 'redis') this.tiers.counters.looked(namespace, 'memory', false);
    this.tiers.counters.looked(namespace, backend, outcome !== null);
    if (!found || !outcome) {
      if (found?.backend === 'memory') this.tiers.memory.drop(full);
      return null;
    }
    const isNews = found.backend === 'redis' && this.tiers.memory.find(full) === null;
    if (isNews && epoch === this.epochs.get(namespace)) this.copy(full, found);
    return outcome.value;
  }

  async set(
    namespace: CacheNamespace,
    key: string,
    value: unknown,
    ttlMs = this.config.ttlMs,
  ): Promise<void> {
    if (this.posture.bypassed.has(namespace)) return;
    const full = fullKey(namespace, key);
    const usedMs = this.usedTtl(ttlMs);
    const kept = usedMs > 0 ? KeptValue.of(value, this.tiers.memory.largestBytes) : null;
    if (kept) await this.manager.set(full, kept, usedMs);
    else {
      this.forget(namespace, key);
      this.tiers.redis?.discard(full);
    }
  }

  async delete(namespace: CacheNamespace, key: string): Promise<void> {
    this.forget(namespace, key);
    await this.manager.del(fullKey(namespace, key));
  }

  async clear(namespace: CacheNamespace): Promise<number> {
    const count = this.forget(namespace, null);
    await this.tiers.redis?.clearNamespace(namespace);
    return count;
  }

  local(namespace: CacheNamespace): LocalCache {
    const { memory, counters } = this.tiers;
    return {
      get: (key) => {
        if (this.posture.bypassed.has(namespace)) return null;
        const kept = memory.find(fullKey(namespace, key));
        const outcome = kept && outcomeOf(kept, asItIs);
        counters.looked(namespace, 'memory', outcome !== null);
        return outcome ? outcome.value : null;
      },
      set: (key, value, ttlMs = this.config.ttlMs) => {
        if (this.posture.bypassed.has(namespace)) return;
        const usedMs = this.usedTtl(ttlMs);
        const kept = usedMs > 0 ? KeptValue.of(value, memory.largestBytes) : null;
        if (kept) memory.put(fullKey(namespace, key), kept, this.clock.elapsedMs() + usedMs);
        else memory.drop(fullKey(namespace, key));
      },
    };
  }

  figures(): readonly NamespaceFigures[] {
    return this.tiers.counters.figures();
  }

  private usedTtl(ttlMs: number): number {
    // Not a number is not above zero either.
    return ttlMs > 0 ? Math.min(ttlMs, MAX_TTL_MS) * this.posture.ttlShare : 0;
  }

  private copy(full: string, { kept, expiresAtMs }: Found): void {
    const now = this.clock.elapsedMs();
    this.tiers.memory.put(full, kept, now + (expiresAtMs - now) * this.posture.ttlShare);
  }

  private adapt(pressure: Pressure): void {
    this.posture = POSTURES[pressure];
    this.tiers.memory.limitTo(this.posture.byteShare);
    if (pressure === 'limit') this.tiers.memory.clear();
  }

  private forget(namespace: CacheNamespace, key: string | null): number {
    this.epochs.set(namespace, (this.epochs.get(namespace) ?? 0) + 1);
    if (key === null) return this.tiers.memory.clear(namespace);
    return this.tiers.memory.drop(fullKey(namespace, key)) ? 1 : 0;
  }

  private forgetAll(): void {
    for (const namespace of CACHE_NAMESPACES) this.forget(namespace, null);
    void this.tiers.redis?.settle();
  }
}

/** What the reader made of it; null where it is no such value. */
function outcomeOf<T>(kept: KeptValue, read: Reader<T>): { readonly value: T } | null {
  try {
    return { value: read(kept.value()) };
  } catch {
    return null;
  }
}

function asItIs(found: unknown): unknown {
  return found;
}
