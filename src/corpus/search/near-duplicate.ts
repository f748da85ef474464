import type { Term } from '../../shared/index.js';

const NEAR_DUPLICATE_SIMILARITY = 0.9;
/** Two texts that differ in one of these say different things, however alike their other words are. */
const TELLING =
  /^(?:no|not|never|none|nor|neither|without|cannot|(?:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has|had)nt|\p{N}.*)$/u;

/** The words of a text as its duplicates are told by: function words included. */
export interface TextSignature {
  readonly stems: ReadonlySet<string>;
  /** Its negations and numbers. */
  readonly telling: string;
}

export function signatureOf(terms: readonly Term[]): TextSignature {
  const stems = new Set(terms.map((term) => term.stem));
  const telling = [...stems].filter((stem) => TELLING.test(stem)).sort();
  return { stems, telling: telling.join(' ') };
}

/** Whether two texts have at least nine tenths of their distinct words in common, and the same negations and numbers. */
export function isNearDuplicate(a: TextSignature, b: TextSignature): boolean {
  return a.telling === b.telling && jaccardOf(a.stems, b.stems) >= NEAR_DUPLICATE_SIMILARITY;
}

/** Jaccard similarity of two sets, 0..1; two empty sets are equal. */
export function jaccardOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (large.size === 0) return 1;
  let common = 0;
  for (const each of small) if (large.has(each)) common++;
  return common / (small.size + large.size - common);
}
