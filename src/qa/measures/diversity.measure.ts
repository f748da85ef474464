import type { Analysis } from '../analysis/analysis.js';

/** Repetition is near itself; a window keeps the cost of a long text linear. */
const WINDOW_SENTENCES = 200;

/** 1 − mean pairwise Jaccard similarity (Jaccard 1912) of the sentences' content stems; 1 for a single sentence. */
export function measureDiversity(sentences: readonly Analysis[]): number {
  let pairs = 0;
  let similarity = 0;
  for (let i = 0; i < sentences.length; i++) {
    for (let j = i + 1; j < Math.min(sentences.length, i + 1 + WINDOW_SENTENCES); j++) {
      similarity += jaccard(sentences[i]!.stems, sentences[j]!.stems);
      pairs++;
    }
  }
  return pairs === 0 ? 1 : 1 - similarity / pairs;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared++;
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}
