import type { SearchedWord } from './query-plan.js';

/** Further apart than this, two words stand in different statements. */
const MAX_DISTANCE = 8;
/** Words in the other order than in the query. */
const TURNED_ROUND_SHARE = 0.5;

/**
 * How near the query's neighbouring words stand to each other in a text, 0..1: 1 where all of them stand side by side
 * in the query's order. Each pair counts by its less telling word. `order` numbers the words as the query has them;
 * `stems` are the text's words in order.
 */
export function nearnessOf(
  words: readonly SearchedWord[],
  order: readonly number[],
  stems: readonly string[],
): number {
  const numbers = new Map(words.flatMap((word, number) => word.stems.map((stem) => [stem, number] as const)));
  const best = new Float64Array(Math.max(0, order.length - 1));
  const placeOf = new Map(order.map((number, place) => [number, place]));
  const lastAt = new Array<number>(order.length).fill(Number.NEGATIVE_INFINITY);
  stems.forEach((stem, at) => {
    const number = numbers.get(stem);
    const place = number === undefined ? undefined : placeOf.get(number);
    if (place === undefined) return;
    if (place > 0) best[place - 1] = Math.max(best[place - 1]!, closenessOf(at - lastAt[place - 1]!, 1));
    if (place + 1 < order.length)
      best[place] = Math.max(best[place]!, closenessOf(at - lastAt[place + 1]!, TURNED_ROUND_SHARE));
    lastAt[place] = at;
  });
  let sum = 0;
  let total = 0;
  best.forEach((closeness, pair) => {
    const weight = Math.min(words[order[pair]!]!.weight, words[order[pair + 1]!]!.weight);
    sum += weight * closeness;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

function closenessOf(distance: number, share: number): number {
  return distance <= MAX_DISTANCE ? share / distance : 0;
}
