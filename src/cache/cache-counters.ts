import type { Metrics } from '../telemetry/index.js';
import {
  CACHE_NAMESPACES,
  type CacheBackend,
  type CacheNamespace,
  type NamespaceFigures,
} from './cache.port.js';

interface Counts {
  items: number;
  bytes: number;
  hits: number;
  misses: number;
  evictions: number;
}

/** Counts what the tiers do, for the figures and the metrics. */
export class CacheCounters {
  private readonly counts = new Map<CacheBackend, Map<CacheNamespace, Counts>>();
  private readonly resized = new Set<CacheNamespace>();

  constructor(
    private readonly metrics: Metrics,
    backends: readonly CacheBackend[],
  ) {
    const none = { items: 0, bytes: 0, hits: 0, misses: 0, evictions: 0 };
    for (const backend of backends)
      this.counts.set(backend, new Map(CACHE_NAMESPACES.map((name) => [name, { ...none }])));
  }

  /** A look-up in a backend that is not there counts nowhere. */
  looked(namespace: CacheNamespace, backend: CacheBackend, found: boolean): void {
    const counts = this.counts.get(backend)?.get(namespace);
    if (!counts) return;
    if (found) {
      counts.hits++;
      this.metrics.cacheHit(namespace, backend);
    } else {
      counts.misses++;
      this.metrics.cacheMissed(namespace, backend);
    }
  }

  /** Entries and bytes that came (or, negative, went) in memory. */
  sized(namespace: CacheNamespace, items: number, bytes: number): void {
    const counts = this.counts.get('memory')!.get(namespace)!;
    counts.items += items;
    counts.bytes += bytes;
    // Gauges once a turn of the event loop: thousands of entries may come within one.
    if (this.resized.size === 0) setImmediate(() => this.publish()).unref();
    this.resized.add(namespace);
  }

  evicted(namespace: CacheNamespace): void {
    this.counts.get('memory')!.get(namespace)!.evictions++;
    this.metrics.cacheEvicted(namespace, 'memory');
  }

  figures(): readonly NamespaceFigures[] {
    return [...this.counts].flatMap(([backend, namespaces]) =>
      [...namespaces].map(([namespace, { items, bytes, hits, misses, evictions }]) => ({
        namespace,
        backend,
        items: backend === 'memory' ? items : null,
        bytes: backend === 'memory' ? bytes : null,
        hits,
        misses,
        evictions,
      })),
    );
  }

  private publish(): void {
    for (const namespace of this.resized) {
      const { items, bytes } = this.counts.get('memory')!.get(namespace)!;
      this.metrics.cacheSized(namespace, 'memory', items, bytes);
    }
    this.resized.clear();
  }
}
