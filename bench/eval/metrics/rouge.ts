/** ROUGE-1 F1 (Lin 2004): words in common, counted as often as both texts have them; lower-cased, not stemmed. */
export function rouge1(candidate: string, reference: string): number {
  const written = countsOf(candidate);
  const wanted = countsOf(reference);
  let common = 0;
  for (const [word, count] of written) common += Math.min(count, wanted.get(word) ?? 0);
  if (common === 0) return 0;
  const precision = common / total(written);
  const recall = common / total(wanted);
  return (2 * precision * recall) / (precision + recall);
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[a-z0-9]+/g))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
