import type { Analysis } from './analysis.js';
import { lemmasOf } from './lemmas.js';
import type { TextAnalysis } from './text-analysis.js';
import { holds } from './words.js';

const MAX_POSTINGS_READ = 10_000;

/** A source sentence that shares content with another sentence. */
export interface Match {
  readonly sentence: Analysis;
  /** Number of content stems both hold. */
  readonly shared: number;
  /** Jaccard similarity of the two sets of content stems. */
  readonly similarity: number;
}

/** The texts an output may come from, read once: what words and facts they hold, and which sentence is nearest. */
export class SourceIndex {
  readonly sentences: readonly Analysis[];
  readonly words = new Set<string>();
  readonly numbers = new Set<string>();
  readonly urls = new Set<string>();
  /** Words as written that stand as names somewhere inside a source sentence. */
  readonly names = new Set<string>();
  /** Words that stand without a capital somewhere. */
  readonly smallWords = new Set<string>();
  private readonly quantities = new Set<string>();
  private readonly flatSentences: ReadonlySet<string>;
  private readonly flatTexts: readonly string[];
  private readonly postings = new Map<string, number[]>();
  private lemmas: Set<string> | undefined;
  private keyed: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(texts: readonly TextAnalysis[]) {
    this.flatTexts = texts.map((text) => text.flat);
    const sentences = new Map<string, Analysis>();
    for (const { analysis } of texts.flatMap((text) => text.sentences))
      sentences.set(analysis.text, analysis);
    this.sentences = [...sentences.values()];
    this.flatSentences = new Set(this.sentences.map((sentence) => sentence.flat));
    this.sentences.forEach((sentence, index) => {
      this.addFacts(sentence);
      addTo(this.postings, sentence.stems, index);
    });
  }

  /** Whether a text stands in a source word for word. */
  holdsVerbatim(flat: string): boolean {
    return this.flatTexts.some((text) => holds(text, flat));
  }

  /** Whether a sentence is, word for word, a whole sentence of a source. */
  holdsSentence(flat: string): boolean {
    return this.flatSentences.has(flat);
  }

  /** Whether a number occurs; where the sources give it units only, with this unit or where none is given. */
  holdsNumber(value: string, unit: string | null): boolean {
    if (unit === null) return this.numbers.has(value);
    return this.quantities.has(`${value} ${unit}`) || this.quantities.has(`${value} `);
  }

  /** Whether a folded word occurs, as it stands or in another form of its lemma. */
  holdsWord(folded: string): boolean {
    if (this.words.has(folded)) return true;
    this.lemmas ??= new Set([...this.words].flatMap((word) => [...lemmasOf(word)]));
    for (const lemma of lemmasOf(folded)) if (this.lemmas.has(lemma)) return true;
    return false;
  }

  /** Whether some source sentence holds all of these folded words. */
  holdsTogether(folded: readonly string[]): boolean {
    return this.sentences.some((sentence) => folded.every((word) => sentence.folded.has(word)));
  }

  /** The `count` source sentences that share most with another, weighted by rarity, whatever order the texts had. */
  nearest(sentence: Analysis, count: number): Analysis[] {
    const keyed = this.keysToSentences();
    const scores = new Map<number, number>();
    const keys = new Set(sentence.tokens.map((token) => token.key));
    for (const holding of rarestOf([...keys].map((key) => keyed.get(key) ?? []))) {
      const weight = Math.log(1 + this.sentences.length / (holding.length + 0.5));
      for (const index of holding) scores.set(index, (scores.get(index) ?? 0) + weight);
    }
    return [...scores]
      .map(([index, score]) => ({ found: this.sentences[index]!, score }))
      .sort((a, b) => b.score - a.score || (a.found.text < b.found.text ? -1 : 1))
      .slice(0, count)
      .map(({ found }) => found);
  }

  private addFacts(sentence: Analysis): void {
    for (const word of sentence.folded) this.words.add(word);
    for (const { value, unit } of sentence.numbers) {
      this.numbers.add(value);
      this.quantities.add(`${value} ${unit ?? ''}`);
    }
    for (const fact of sentence.urls) this.urls.add(fact.value);
    for (const { name, raw } of sentence.tokens) {
      if (name) this.names.add(raw);
      else if (/^\p{Ll}/u.test(raw)) this.smallWords.add(raw);
    }
  }

  private keysToSentences(): ReadonlyMap<string, readonly number[]> {
    if (this.keyed) return this.keyed;
    const keyed = new Map<string, number[]>();
    this.sentences.forEach(({ tokens }, index) => {
      addTo(keyed, new Set(tokens.map((token) => token.key)), index);
    });
    this.keyed = keyed;
    return keyed;
  }

  /** Source sentences that share at least `minShared` content stems, most similar first. */
  matches(sentence: Analysis, minShared: number): Match[] {
    const shared = new Map<number, number>();
    for (const holding of rarestOf([...sentence.stems].map((stem) => this.postings.get(stem) ?? []))) {
      for (const index of holding) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    const found: (Match & { index: number })[] = [];
    for (const [index, count] of shared) {
      if (count < minShared) continue;
      const other = this.sentences[index]!;
      const similarity = count / (sentence.stems.size + other.stems.size - count);
      found.push({ index, sentence: other, shared: count, similarity });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  }
}

/** The shortest lists first, as many as may be read: what stands in every sentence of a long text tells none apart. */
function rarestOf(lists: readonly (readonly number[])[]): (readonly number[])[] {
  let left = MAX_POSTINGS_READ;
  return lists
    .toSorted((a, b) => a.length - b.length)
    .filter((list) => {
      left -= list.length;
      return left >= 0;
    });
}

function addTo(lists: Map<string, number[]>, keys: Iterable<string>, index: number): void {
  for (const key of keys) {
    const list = lists.get(key);
    if (list) list.push(index);
    else lists.set(key, [index]);
  }
}
