import { type Analysis, analyze } from './analysis.js';
import { TextAnalysis } from './text-analysis.js';

const DEFAULT_MAX_CHARS = 2_000_000;

/**
 * The one shared analysis of a run: each sentence and each text is read once, whichever measures ask. It belongs to
 * whoever makes it and keeps at most `maxChars` UTF-16 code units of each kind; the oldest go first.
 */
export class AnalysisMemo {
  private readonly sentences: Shelf<Analysis>;
  private readonly texts: Shelf<TextAnalysis>;

  constructor(maxChars: number = DEFAULT_MAX_CHARS) {
    this.sentences = new Shelf(maxChars);
    this.texts = new Shelf(maxChars);
  }

  sentence(text: string): Analysis {
    return this.sentences.get(text, () => analyze(text));
  }

  text(text: string): TextAnalysis {
    return this.texts.get(text, () => new TextAnalysis(text, (sentence) => this.sentence(sentence)));
  }
}

class Shelf<T> {
  private readonly known = new Map<string, T>();
  private chars = 0;

  constructor(private readonly maxChars: number) {}

  get(text: string, read: () => T): T {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const value = read();
    if (text.length > this.maxChars) return value;
    this.known.set(text, value);
    this.chars += text.length;
    for (const oldest of this.known.keys()) {
      if (this.chars <= this.maxChars) break;
      this.known.delete(oldest);
      this.chars -= oldest.length;
    }
    return value;
  }
}
