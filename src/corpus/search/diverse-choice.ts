import { isStopWord, type Term, termsOf } from '../../shared/index.js';
import { jaccardOf, TextSignature } from './near-duplicate.js';
import { inMillionths, type RankedDocument, scoreOf } from './ranker.port.js';

const LIKE_LENGTH = 0.9;

/** Documents in order, each held back as much as it repeats a better one; near-duplicates are left out. */
export function chooseDiverse(
  ranked: readonly RankedDocument[],
  count: number,
  weight: number,
): RankedDocument[] {
  let open = ranked.map((document) => new Candidate(document, weight));
  const chosen: Candidate[] = [];
  while (chosen.length < count) {
    const { best, copies } = nextOf(open, chosen);
    if (best === null) break;
    chosen.push(best);
    open = open.filter((candidate) => candidate !== best && !copies.has(candidate));
  }
  return chosen.map((candidate) => candidate.heldBack());
}

/** The best of the open ones beside those chosen, and what was seen to be a copy on the way. */
function nextOf(open: readonly Candidate[], chosen: readonly Candidate[]) {
  let best: Candidate | null = null;
  const copies = new Set<Candidate>();
  for (const candidate of open) {
    // Nothing below this can do better: holding back only lowers a score.
    if (best !== null && candidate.document.score <= best.score) break;
    if (candidate.repeats(chosen)) copies.add(candidate);
    else if (best === null || candidate.score > best.score) best = candidate;
  }
  return { best, copies };
}

/** A document with what it is compared by, made when it is first needed. */
class Candidate {
  score: number;
  private factor = 1;
  private compared = 0;
  private words: { readonly signature: TextSignature; readonly stems: ReadonlySet<string> } | null = null;

  constructor(
    readonly document: RankedDocument,
    private readonly weight: number,
  ) {
    this.score = document.score;
  }

  /** Compares it with those chosen since the last time; true where one of them says the same. */
  repeats(chosen: readonly Candidate[]): boolean {
    for (; this.compared < chosen.length; this.compared++) {
      const other = chosen[this.compared]!;
      if (this.isCopyOf(other)) return true;
      if (this.weight === 0) continue;
      const likeness = jaccardOf(this.compare().stems, other.compare().stems);
      this.factor = Math.min(this.factor, inMillionths(1 - this.weight * likeness));
      this.score = scoreOf(this.document, this.factors());
    }
    return false;
  }

  heldBack(): RankedDocument {
    return { ...this.document, factors: this.factors(), score: this.score };
  }

  private factors(): RankedDocument['factors'] {
    const { factors } = this.document;
    return this.factor === 1 ? factors : [...factors, { name: 'diversity', value: this.factor }];
  }

  /** Of a text that is cut, its length must agree too: long ones may begin alike. */
  private isCopyOf(other: Candidate): boolean {
    const [a, b] = [this.document, other.document];
    const [less, more] = [a.token_count, b.token_count].sort((x, y) => x - y);
    if ((a.is_cut || b.is_cut) && less! < LIKE_LENGTH * more!) return false;
    return this.compare().signature.isNearDuplicateOf(other.compare().signature);
  }

  private compare() {
    if (this.words === null) {
      const { text, language } = this.document;
      const terms: Term[] = termsOf(text, language);
      const stems = new Set(terms.map((term) => term.stem).filter((stem) => !isStopWord(stem)));
      this.words = { signature: new TextSignature(text, terms), stems };
    }
    return this.words;
  }
}
