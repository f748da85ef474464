import type { RankWeights } from './rank-weights.js';
import type { Neighbour } from './search.repository.js';

/**
 * What the turns around each document lend it: a share of their own scores, the larger the nearer they stand. Also for
 * documents without a score of their own: the answer that repeats no word of the question it answers.
 */
export function threadScoresOf(
  scores: ReadonlyMap<number, number>,
  neighbours: readonly Neighbour[],
  weights: RankWeights,
): Map<number, number> {
  // Told from both sides where both are among the best; and a reply may stand next to what it answers as well.
  const shares = new Map<string, { readonly to: number; readonly from: number; readonly share: number }>();
  const lend = (from: number, to: number, step: number) => {
    const share = shareOf(step, weights);
    const key = `${from}:${to}`;
    if (share > (shares.get(key)?.share ?? 0)) shares.set(key, { from, to, share });
  };
  for (const { id, near, step } of neighbours) {
    lend(near, id, step);
    lend(id, near, -step);
  }
  const lent = new Map<number, number>();
  for (const { from, to, share } of shares.values()) {
    const score = Math.round(share * (scores.get(from) ?? 0));
    if (score > 0) lent.set(to, (lent.get(to) ?? 0) + score);
  }
  return lent;
}

/** `step` is where the lender stands: below zero before the borrower. */
function shareOf(step: number, weights: RankWeights): number {
  if (step === -1) return weights.turnBefore;
  return step === 1 ? weights.turnAfter : weights.turnsTwoAway;
}
