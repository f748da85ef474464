import type { EventLoopLag, MemoryReading } from './memory-reading.js';
import type { Pressure } from './pressure.js';

/** Memory as last measured; sizes in bytes, shares 0..1. */
export interface MemorySnapshot extends MemoryReading {
  readonly pressure: Pressure;
  /** Of the memory or of V8's heap, whichever is tighter. */
  readonly usedShare: number;
  /** Freed but still resident, as estimated. */
  readonly reusableBytes: number;
  readonly lag: EventLoopLag;
  readonly measuredAt: Date;
  /** When the pressure last changed; the start at first. */
  readonly changedAt: Date;
  /** Times that `ok` was left. */
  readonly activations: number;
  /** Collections that pressure asked for, and how long the last paused the process. */
  readonly collections: number;
  readonly lastPauseMs: number | null;
}
