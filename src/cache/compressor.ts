import type { Metrics } from '../telemetry/index.js';
import type { CacheNamespace } from './cache.port.js';
import type { KeptValue } from './kept-value.js';

/** Below it a value is found and parsed faster than it is inflated, and little is saved. */
const WORTHWHILE_BYTES = 4 * 1024;
const MOST_AT_ONCE = 32;

/** Makes large values smaller, off the event loop. */
export class Compressor {
  private readonly underway = new WeakMap<KeptValue, Promise<KeptValue>>();
  private running = 0;

  constructor(
    readonly isEnabled: boolean,
    private readonly metrics: Metrics,
  ) {}

  /** The value in its smaller form once that is made; null where it stays as it is. */
  compress(namespace: CacheNamespace, kept: KeptValue): Promise<KeptValue> | null {
    if (!this.isEnabled || kept.isCompressed || kept.bytes <= WORTHWHILE_BYTES) return null;
    const begun = this.underway.get(kept);
    if (begun || this.running >= MOST_AT_ONCE) return begun ?? null;
    const work = this.run(namespace, kept);
    this.underway.set(kept, work);
    return work;
  }

  private async run(namespace: CacheNamespace, kept: KeptValue): Promise<KeptValue> {
    this.running++;
    try {
      const smaller = await kept.compressed();
      this.metrics.cacheCompressed(namespace, smaller.bytes / kept.bytes);
      return smaller;
    } catch {
      return kept;
    } finally {
      this.running--;
    }
  }
}
