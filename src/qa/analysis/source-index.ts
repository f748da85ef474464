import { splitSentences } from '../../shared/index.js';
import { type Analysis, analyze } from './analysis.js';
import { lemmasOf } from './lemmas.js';
import { flatten, holds } from './words.js';

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
  private readonly flatSentences: ReadonlySet<string>;
  private readonly flatTexts: readonly string[];
  private readonly postings = new Map<string, number[]>();
  private lemmas: Set<string> | undefined;

  constructor(texts: readonly string[]) {
    this.flatTexts = texts.map(flatten);
    this.sentences = texts.flatMap((text) =>
      splitSentences(text).map(({ start, end }) => analyze(text.slice(start, end))),
    );
    this.flatSentences = new Set(this.sentences.map((sentence) => sentence.flat));
    this.sentences.forEach((sentence, index) => {
      for (const word of sentence.folded) this.words.add(word);
      for (const fact of sentence.numbers) this.numbers.add(fact.value);
      for (const fact of sentence.urls) this.urls.add(fact.value);
      for (const stem of sentence.stems) {
        const list = this.postings.get(stem);
        if (list) list.push(index);
        else this.postings.set(stem, [index]);
      }
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

  /** Source sentences that share at least `minShared` content stems, most similar first. */
  matches(sentence: Analysis, minShared: number): Match[] {
    const shared = new Map<number, number>();
    for (const stem of sentence.stems) {
      for (const index of this.postings.get(stem) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
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
