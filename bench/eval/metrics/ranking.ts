/** Share of the relevant documents among the first `depth` of a ranking, 0..1; null where nothing is relevant. */
export function recallAt(
  ranking: readonly string[],
  relevant: ReadonlySet<string>,
  depth: number,
): number | null {
  if (relevant.size === 0) return null;
  const found = new Set(ranking.slice(0, depth).filter((id) => relevant.has(id)));
  return found.size / relevant.size;
}

/**
 * Normalized discounted cumulative gain with binary gain (Järvelin and Kekäläinen 2002), 0..1; null where nothing is
 * relevant.
 */
export function ndcgAt(
  ranking: readonly string[],
  relevant: ReadonlySet<string>,
  depth: number,
): number | null {
  if (relevant.size === 0) return null;
  const discount = (place: number) => 1 / Math.log2(place + 2);
  const gain = ranking
    .slice(0, depth)
    .reduce((sum, id, place) => sum + (relevant.has(id) ? discount(place) : 0), 0);
  let ideal = 0;
  for (let place = 0; place < Math.min(depth, relevant.size); place++) ideal += discount(place);
  return gain / ideal;
}

/** Mean of the precision at each relevant document found (TREC average precision), 0..1. */
export function averagePrecision(ranking: readonly string[], relevant: ReadonlySet<string>): number | null {
  if (relevant.size === 0) return null;
  let found = 0;
  let total = 0;
  ranking.forEach((id, place) => {
    if (relevant.has(id)) total += ++found / (place + 1);
  });
  return total / relevant.size;
}

/** The mean of what could be measured. */
export function meanOf(values: readonly (number | null)[]): number {
  const measured = values.filter((value) => value !== null);
  return measured.reduce((sum, value) => sum + value, 0) / measured.length;
}
