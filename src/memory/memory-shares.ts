import type { MemoryReading } from './memory-reading.js';
import { PRESSURES, type Pressure } from './pressure.js';
import { nextPressure, type Thresholds } from './pressure-level.js';

/** How much of what limits a process is used, each 0..1. */
export interface MemoryShares {
  /** Of the memory or of V8's heap, whichever is tighter; without what the allocator can use again. */
  readonly used: number;
  /** Of the memory, with everything that is resident; 0 without a limit. */
  readonly resident: number;
}

/**
 * Estimates what was freed and stays resident. The C library keeps freed buffers for the next ones, and
 * nothing in Node makes it give them back, so RSS alone would hold a process at its limit for ever.
 */
export class ReusableMemory {
  private leastNativeBytes = Number.POSITIVE_INFINITY;
  private mostExternalBytes = 0;

  /** In bytes: no more than what native memory grew by, and no more than what was freed outside of the heap. */
  estimate({ rssBytes, heapResidentBytes, externalBytes }: MemoryReading): number {
    const nativeBytes = Math.max(0, rssBytes - heapResidentBytes - externalBytes);
    this.leastNativeBytes = Math.min(this.leastNativeBytes, nativeBytes);
    this.mostExternalBytes = Math.max(this.mostExternalBytes, externalBytes);
    return Math.min(nativeBytes - this.leastNativeBytes, this.mostExternalBytes - externalBytes);
  }
}

export function sharesOf(reading: MemoryReading, reusableBytes: number): MemoryShares {
  const { rssBytes, limitBytes, heapUsedBytes, heapLimitBytes } = reading;
  const heap = heapUsedBytes / heapLimitBytes;
  if (limitBytes === null) return { used: heap, resident: 0 };
  return { used: Math.max(heap, (rssBytes - reusableBytes) / limitBytes), resident: rssBytes / limitBytes };
}

/**
 * The level of both shares, each with a hysteresis of its own. Only buffers can use again what buffers freed,
 * while V8's heap grows on top of it: near the kernel's limit resident memory is a reason to be careful. It is
 * none to refuse work, for refusing would not make it less.
 */
export class PressureLevels {
  private used: Pressure = 'ok';
  private resident: Pressure = 'ok';
  private readonly residentThresholds: Thresholds;

  constructor(private readonly thresholds: Thresholds) {
    this.residentThresholds = { warn: (thresholds.limit + 1) / 2, limit: Number.POSITIVE_INFINITY };
  }

  /** What a measure would come to; changes nothing. */
  preview(shares: MemoryShares): Pressure {
    return higher(this.nextUsed(shares), this.nextResident(shares));
  }

  advance(shares: MemoryShares): Pressure {
    this.used = this.nextUsed(shares);
    this.resident = this.nextResident(shares);
    return higher(this.used, this.resident);
  }

  private nextUsed({ used }: MemoryShares): Pressure {
    return nextPressure(this.used, used, this.thresholds);
  }

  private nextResident({ resident }: MemoryShares): Pressure {
    return nextPressure(this.resident, resident, this.residentThresholds);
  }
}

function higher(one: Pressure, other: Pressure): Pressure {
  return levelOf(one) > levelOf(other) ? one : other;
}

/** 0 for ok, 1 for warn, 2 for limit. */
export function levelOf(pressure: Pressure): number {
  return PRESSURES.indexOf(pressure);
}
