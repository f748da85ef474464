/** A text with the score a measure gave it and whether it truly is of the wanted kind. */
export interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * Area under the ROC curve (Hanley and McNeil 1982), 0..1: how often a positive scores above a negative, ties counted
 * half; null where one of the two kinds is missing.
 */
export function areaUnderCurve(items: readonly Scored[]): number | null {
  const sorted = items.toSorted((a, b) => a.score - b.score);
  const positives = items.filter((item) => item.positive).length;
  const negatives = items.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++;
    const rank = (from + to + 1) / 2;
    rankSum += rank * sorted.slice(from, to).filter((item) => item.positive).length;
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** What a threshold makes of the scores: an item at or above it is taken for positive. */
export interface Verdicts {
  /** Share of the positives taken for negatives, 0..1. */
  readonly missedPositives: number;
  /** Share of the negatives taken for positives, 0..1. */
  readonly missedNegatives: number;
  /** Mean of the shares of positives and of negatives that are judged rightly, 0..1. */
  readonly balancedAccuracy: number;
  /** F1 of finding the negatives (van Rijsbergen 1979), 0..1. */
  readonly f1OfNegatives: number;
}

/** Error rates at a threshold; NaN where a kind is missing. */
export function verdictsAt(items: readonly Scored[], threshold: number): Verdicts {
  const positives = items.filter((item) => item.positive);
  const negatives = items.filter((item) => !item.positive);
  const flagged = items.filter((item) => item.score < threshold);
  const found = flagged.filter((item) => !item.positive).length;
  const missedPositives = (flagged.length - found) / positives.length;
  const missedNegatives = 1 - found / negatives.length;
  return {
    missedPositives,
    missedNegatives,
    balancedAccuracy: 1 - (missedPositives + missedNegatives) / 2,
    f1OfNegatives:
      flagged.length + negatives.length === 0 ? 0 : (2 * found) / (flagged.length + negatives.length),
  };
}

/** The score, among those given, at which a figure of the verdicts is largest; the lowest of several. */
export function bestThreshold(items: readonly Scored[], figure: (verdicts: Verdicts) => number): number {
  let best = { threshold: 0, value: Number.NEGATIVE_INFINITY };
  for (const threshold of new Set(items.map((item) => item.score).toSorted((a, b) => a - b))) {
    const value = figure(verdictsAt(items, threshold));
    if (value > best.value) best = { threshold, value };
  }
  return best.threshold;
}

/**
 * Mean of a figure over two halves, each judged at the threshold that is best on the other: what a threshold is worth on
 * texts it was not chosen on. Items of one group, such as the summaries of one article, stay in one half.
 */
export function acrossHalves(
  items: readonly (Scored & { readonly group: string })[],
  figure: (verdicts: Verdicts) => number,
): number {
  const groups = [...new Set(items.map((item) => item.group))].sort();
  const halfOf = new Map(groups.map((group, index) => [group, index % 2]));
  const halves = [0, 1].map((half) => items.filter((item) => halfOf.get(item.group) === half));
  const [one, other] = [halves[0]!, halves[1]!];
  const judged = (chosen: readonly Scored[], tested: readonly Scored[]) =>
    figure(verdictsAt(tested, bestThreshold(chosen, figure)));
  return (judged(one, other) + judged(other, one)) / 2;
}

/** Pearson's correlation of two lists of equal length, -1..1; null where one does not vary. */
export function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  xs.forEach((x, index) => {
    const [dx, dy] = [x - meanX, ys[index]! - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
