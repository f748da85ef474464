import { Injectable } from '@nestjs/common';
import { Cache } from '../cache/index.js';
import { OptimizerConfig } from '../config/index.js';
import { MemoryManager } from '../memory/index.js';
import { Clock } from '../shared/index.js';

/** A result past its time may still stand in for one that cannot be had, until this many times its time. */
const GRACE_FACTOR = 4;

/** A result as it lies in the cache. */
interface Kept<T> {
  readonly value: T;
  /** Of the wall clock, which replicas share. */
  readonly storedAtMs: number;
  /** Of how many alternatives it was the best. */
  readonly candidates: number;
}

/** How old a kept result may be: within its time, or within its grace time too. */
export type Horizon = 'fresh' | 'grace';

/** Keeps results for those who ask the same again. At the memory's limit it is not there. */
@Injectable()
export class ResponseStore {
  constructor(
    private readonly config: OptimizerConfig,
    private readonly cache: Cache,
    private readonly memory: MemoryManager,
    private readonly clock: Clock,
  ) {}

  /** The result under a key, if it is young enough and the best of at least `candidates`; else null. */
  async find<T>(
    key: string,
    read: (found: unknown) => T,
    horizon: Horizon,
    candidates: number,
  ): Promise<{ readonly value: T } | null> {
    if (!this.isOpen()) return null;
    const kept = await this.cache.get('responses', key, (found) => readKept(found, read));
    if (kept === null || kept.candidates < candidates) return null;
    const ageMs = this.clock.now().getTime() - kept.storedAtMs;
    const mostMs = this.config.cacheTtlMs * (horizon === 'grace' ? GRACE_FACTOR : 1);
    // One from the future was kept before the clock went back: its age is unknown.
    return ageMs >= 0 && ageMs < mostMs ? { value: kept.value } : null;
  }

  async keep(key: string, value: unknown, candidates: number): Promise<void> {
    if (!this.isOpen()) return;
    const kept: Kept<unknown> = { value, storedAtMs: this.clock.now().getTime(), candidates };
    await this.cache.set('responses', key, kept, this.config.cacheTtlMs * GRACE_FACTOR);
  }

  async forget(key: string): Promise<void> {
    await this.cache.delete('responses', key);
  }

  private isOpen(): boolean {
    return this.config.cacheEnabled && this.config.cacheTtlMs > 0 && this.memory.pressure() !== 'limit';
  }
}

function readKept<T>(found: unknown, read: (found: unknown) => T): Kept<T> {
  const { value, storedAtMs, candidates } = (found ?? {}) as Partial<Kept<unknown>>;
  if (!Number.isFinite(storedAtMs) || !Number.isInteger(candidates))
    throw new TypeError('not a kept response');
  return { value: read(value), storedAtMs: storedAtMs as number, candidates: candidates as number };
}
