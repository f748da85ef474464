import { LRUCache } from 'lru-cache';
import type { Clock } from '../shared/index.js';
import type { CacheNamespace } from './cache.port.js';
import type { CacheCounters } from './cache-counters.js';
import { namespaceOf } from './cache-key.js';
import type { KeptValue } from './kept-value.js';

/** What an entry costs beside its key and its value: its place in the list, and objects around it. */
const ENTRY_OVERHEAD_BYTES = 200;
/** One entry may take this share of all bytes, lest it empty the cache. */
const LARGEST_SHARE = 1 / 4;
const SWEEP_EVERY_MS = 1_000;
const SWEPT_AT_ONCE = 5_000;

interface Entry {
  readonly namespace: CacheNamespace;
  readonly kept: KeptValue;
  readonly size: number;
  /** On the monotonic clock. */
  readonly expiresAtMs: number;
}

/** Bounds of one process, over all namespaces. */
export interface MemoryBounds {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/** The entries of this process: at most so many and so large, the longest unused go first, none past its time. */
export class MemoryTier {
  private readonly lru: LRUCache<string, Entry>;
  private readonly timer: NodeJS.Timeout;
  private limitBytes: number;
  private sweeping: Iterator<string> | null = null;

  constructor(
    private readonly bounds: MemoryBounds,
    private readonly clock: Clock,
    counters: CacheCounters,
  ) {
    this.limitBytes = bounds.maxBytes;
    this.lru = new LRUCache<string, Entry>({
      max: bounds.maxItems,
      maxSize: bounds.maxBytes,
      sizeCalculation: ({ size }) => size,
      onInsert: ({ namespace, size }) => counters.sized(namespace, 1, size),
      dispose: ({ namespace, size }, _key, reason) => {
        counters.sized(namespace, -1, -size);
        if (reason === 'evict') counters.evicted(namespace);
      },
    });
    this.timer = setInterval(() => this.sweep(), SWEEP_EVERY_MS).unref();
  }

  /** Most bytes of one value now. */
  get largestBytes(): number {
    return largestBytes(this.limitBytes);
  }

  get bytes(): number {
    return this.lru.calculatedSize;
  }

  get items(): number {
    return this.lru.size;
  }

  find(key: string): KeptValue | null {
    const entry = this.lru.get(key);
    if (!entry) return null;
    if (this.clock.elapsedMs() < entry.expiresAtMs) return entry.kept;
    this.lru.delete(key);
    return null;
  }

  /** Keeps a value until `expiresAtMs` of the monotonic clock; what cannot be kept leaves nothing under its key. */
  put(key: string, kept: KeptValue, expiresAtMs: number): void {
    this.lru.delete(key);
    const size = kept.bytes + 2 * key.length + ENTRY_OVERHEAD_BYTES;
    if (size > this.largestBytes || expiresAtMs <= this.clock.elapsedMs()) return;
    this.shrinkTo(this.limitBytes - size);
    this.lru.set(key, { namespace: namespaceOf(key), kept, size, expiresAtMs });
  }

  /** Puts the same value in a smaller form in its place, if it is still there. */
  replace(key: string, from: KeptValue, to: KeptValue): void {
    const entry = this.lru.peek(key);
    if (entry?.kept === from) this.put(key, to, entry.expiresAtMs);
  }

  drop(key: string): boolean {
    return this.lru.delete(key);
  }

  /** Forgets a namespace, or all; the number of entries let go. */
  clear(namespace?: CacheNamespace): number {
    const before = this.lru.size;
    if (namespace === undefined) this.lru.clear();
    else
      for (const [key, entry] of [...this.lru.entries()])
        if (entry.namespace === namespace) this.lru.delete(key);
    return before - this.lru.size;
  }

  /** Makes do with a share (0..1) of the bytes, at once. */
  limitTo(share: number): void {
    this.limitBytes = Math.floor(this.bounds.maxBytes * share);
    this.shrinkTo(this.limitBytes);
  }

  /** Lets go of some entries whose time is over; a large cache is gone through in several goes. */
  sweep(): void {
    const keys = this.sweeping ?? this.lru.rkeys();
    this.sweeping = keys;
    const now = this.clock.elapsedMs();
    const expired: string[] = [];
    for (let looked = 0; looked < SWEPT_AT_ONCE; looked++) {
      const { done, value: key } = keys.next();
      if (done) {
        this.sweeping = null;
        break;
      }
      const entry = this.lru.peek(key);
      if (entry && entry.expiresAtMs <= now) expired.push(key);
    }
    for (const key of expired) this.lru.delete(key);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private shrinkTo(bytes: number): void {
    while (this.lru.calculatedSize > bytes && this.lru.pop() !== undefined);
  }
}

/** Most bytes that one entry may have in a cache of `maxBytes`. */
export function largestBytes(maxBytes: number): number {
  return Math.floor(maxBytes * LARGEST_SHARE);
}
