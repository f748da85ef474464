import { contentTermsOf } from '../../shared/index.js';

/**
 * Share of the prompt's concepts (its content stems) that a text speaks of, weighted by rarity, in 0..1; 1 where the
 * prompt names none. Our own measure, after the idf-weighted recall of information retrieval.
 */
export function measureCoverage(prompt: string, weights: ReadonlyMap<string, number>, text: string): number {
  const spoken = new Set(contentTermsOf(text).map((term) => term.stem));
  let total = 0;
  let found = 0;
  for (const stem of new Set(contentTermsOf(prompt).map((term) => term.stem))) {
    const weight = weights.get(stem) ?? 1;
    total += weight;
    if (spoken.has(stem)) found += weight;
  }
  return total === 0 ? 1 : found / total;
}
