import { type Clock, SystemClock } from '../../shared/index.js';
import { clipped, oneLine } from './text-columns.js';

/** A terminal need not be told more often. */
const SHORTEST_PAUSE_MS = 80;

/** One line on standard error that rewrites itself; says nothing where that is no terminal. */
export class ProgressLine {
  private readonly clock: Clock = new SystemClock();
  private lastMs = Number.NEGATIVE_INFINITY;
  private isShown = false;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  get isSeen(): boolean {
    return this.stream.isTTY === true;
  }

  show(text: string): void {
    const nowMs = this.clock.elapsedMs();
    if (!this.isSeen || nowMs - this.lastMs < SHORTEST_PAUSE_MS) return;
    this.lastMs = nowMs;
    this.isShown = true;
    this.stream.write(`\r\u001B[K${clipped(oneLine(text), Math.max(1, (this.stream.columns || 80) - 1))}`);
  }

  clear(): void {
    if (this.isShown) this.stream.write('\r\u001B[K');
    this.isShown = false;
    this.lastMs = Number.NEGATIVE_INFINITY;
  }
}
