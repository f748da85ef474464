import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** The only source of new ids. */
export abstract class Ids {
  /** A UUID, unique and, in `SystemIds`, ordered by time (RFC 9562 version 7). */
  abstract next(): string;
}

const RANDOM_BYTES = 16;
/** Asking the system for random bytes costs more than all the rest of an id, so many are asked for at once. */
const POOLED_IDS = 256;

export class SystemIds extends Ids {
  private readonly pool = new Uint8Array(RANDOM_BYTES * POOLED_IDS);
  private used = this.pool.length;
  private lastMs = Number.NEGATIVE_INFINITY;
  private sequence = 0;

  next(): string {
    const random = this.random();
    const nowMs = Date.now();
    if (nowMs > this.lastMs) {
      this.lastMs = nowMs;
      // Starts low enough to count up for as long as a millisecond, or a clock that was set back, may last.
      this.sequence = ((random[6]! & 0x3f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!;
    } else {
      this.sequence += 1;
    }
    return v7({ random, msecs: this.lastMs, seq: this.sequence });
  }

  private random(): Uint8Array {
    if (this.used === this.pool.length) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const start = this.used;
    this.used += RANDOM_BYTES;
    return this.pool.subarray(start, this.used);
  }
}
