const SHORTEST_GAP_MS = 2_000;
const LONGEST_GAP_MS = 60_000;
/** Collections take at most this share of the time. */
const MOST_SHARE = 0.02;
/** Once caches have let go: work is refused until what they held is given back. */
const MOST_SHARE_HASTENED = 0.2;

/** When the next collection is worth its pause: rarer each time that one did not lower the pressure. */
export class CollectionPace {
  private endedAtMs = Number.NEGATIVE_INFINITY;
  private pauseMs = 0;
  private gapMs = SHORTEST_GAP_MS;
  private isHastened = false;

  isDue(nowMs: number): boolean {
    const gapMs = this.isHastened
      ? this.pauseMs / MOST_SHARE_HASTENED
      : Math.max(this.gapMs, this.pauseMs / MOST_SHARE);
    return nowMs - this.endedAtMs >= gapMs;
  }

  collected(endedAtMs: number, pauseMs: number, helped: boolean): void {
    this.gapMs = helped ? SHORTEST_GAP_MS : Math.min(this.gapMs * 2, LONGEST_GAP_MS);
    this.endedAtMs = endedAtMs;
    this.pauseMs = pauseMs;
    this.isHastened = false;
  }

  /** There is something to collect: the next one may come early. */
  hasten(): void {
    this.isHastened = true;
    this.gapMs = SHORTEST_GAP_MS;
  }
}
