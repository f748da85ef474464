/** V8's heap at one moment. */
export interface HeapReading {
  /** What objects of the old generation take, garbage included. */
  readonly heapUsedBytes: number;
  /** What the old generation may take; beyond it V8 ends the process. */
  readonly heapLimitBytes: number;
  /** What both generations hold of the process's memory. */
  readonly heapResidentBytes: number;
}

/** What the system says at one moment. */
export interface MemoryReading extends HeapReading {
  readonly rssBytes: number;
  /** Of objects outside of V8's heap; holds `arrayBufferBytes`. */
  readonly externalBytes: number;
  readonly arrayBufferBytes: number;
  /** What this process may use; null where only its heap is limited. */
  readonly limitBytes: number | null;
}

/** How late the event loop was since the sample before, in milliseconds. */
export interface EventLoopLag {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Reads the memory of this process. */
export abstract class MemoryProbe {
  abstract read(): MemoryReading;
  /** Lag since the call before. */
  abstract eventLoopLag(): EventLoopLag;
  abstract close(): void;
}
