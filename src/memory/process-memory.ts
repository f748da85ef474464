import { totalmem } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { containerLimitBytes } from './container-limit.js';
import { readHeap } from './heap-reading.js';
import { type EventLoopLag, MemoryProbe, type MemoryReading } from './memory-reading.js';

const RESOLUTION_MS = 10;
const NANOSECONDS_PER_MS = 1e6;

/** Asks Node, V8 and the kernel. */
export class ProcessMemory extends MemoryProbe {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /** `configuredBytes` narrows the container's limit and cannot widen it. */
  constructor(private readonly configuredBytes: number | null) {
    super();
    this.delay.enable();
  }

  read(): MemoryReading {
    const { rss, external, arrayBuffers } = process.memoryUsage();
    return {
      rssBytes: rss,
      ...readHeap(),
      externalBytes: external,
      arrayBufferBytes: arrayBuffers,
      // Read each time: a container can be resized while it runs.
      limitBytes: smallest([this.configuredBytes, containerLimitBytes(totalmem())]),
    };
  }

  eventLoopLag(): EventLoopLag {
    const { delay } = this;
    const lag = {
      p50Ms: lagMs(delay.percentile(50)),
      p99Ms: lagMs(delay.percentile(99)),
      maxMs: lagMs(delay.max),
    };
    delay.reset();
    return lag;
  }

  close(): void {
    this.delay.disable();
  }
}

/** The monitor counts its own interval too. */
function lagMs(delayNs: number): number {
  return Math.max(0, Math.round((delayNs / NANOSECONDS_PER_MS - RESOLUTION_MS) * 10) / 10);
}

function smallest(limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}
