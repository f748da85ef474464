import { splitSentences } from '../../shared/index.js';
import { type Analysis, analyze } from './analysis.js';
import { SupportIndex } from './support-index.js';
import { flatten } from './words.js';

/** A sentence of a text with the place where it begins, in UTF-16 code units. */
export interface PlacedSentence {
  readonly analysis: Analysis;
  readonly start: number;
}

/** A text read once: its sentences, and what it holds for others to be taken from. */
export class TextAnalysis {
  readonly flat: string;
  readonly sentences: readonly PlacedSentence[];
  private index: SupportIndex | undefined;

  constructor(
    readonly text: string,
    read: (sentence: string) => Analysis = analyze,
  ) {
    this.flat = flatten(text);
    this.sentences = splitSentences(text).map(({ start, end }) => ({
      analysis: read(text.slice(start, end)),
      start,
    }));
  }

  get support(): SupportIndex {
    this.index ??= new SupportIndex(this.sentences.map(({ analysis }) => analysis.tokens));
    return this.index;
  }
}
