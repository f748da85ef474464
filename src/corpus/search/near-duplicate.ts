import type { Term } from '../../shared/index.js';

const NEAR_DUPLICATE_SIMILARITY = 0.9;
const LIKE_LENGTH = 0.8;
/** Two texts that differ in one of these say different things, however alike their other words are. */
const TELLING =
  /^(?:no|not|never|none|nor|neither|without|cannot|(?:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has|had)nt|\p{N}.*)$/u;

/** A text as its duplicates are told by; made once, compared with many. */
export class TextSignature {
  private words: { readonly stems: ReadonlySet<string>; readonly telling: string } | null = null;

  constructor(
    private readonly text: string,
    private readonly terms: readonly Term[],
  ) {}

  /**
   * Whether the two are of like length, have at least nine tenths of their distinct words in common, function words
   * included, and agree in negations and numbers.
   */
  isNearDuplicateOf(other: TextSignature): boolean {
    // Most pairs end here, before any word is compared.
    const [shorter, longer] = [this.text.length, other.text.length].sort((a, b) => a - b);
    if (shorter! < LIKE_LENGTH * longer!) return false;
    const [mine, its] = [this.distinct(), other.distinct()];
    return mine.telling === its.telling && jaccardOf(mine.stems, its.stems) >= NEAR_DUPLICATE_SIMILARITY;
  }

  private distinct() {
    if (this.words === null) {
      const stems = new Set(this.terms.map((term) => term.stem));
      this.words = {
        stems,
        telling: [...stems]
          .filter((stem) => TELLING.test(stem))
          .sort()
          .join(' '),
      };
    }
    return this.words;
  }
}

/** Jaccard similarity of two sets, 0..1; two empty sets are equal. */
export function jaccardOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (large.size === 0) return 1;
  let common = 0;
  for (const each of small) if (large.has(each)) common++;
  return common / (small.size + large.size - common);
}
