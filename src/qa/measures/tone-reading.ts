import { type Span, splitSentences } from '../../shared/index.js';

/** A word of a text as the rules of tone see it. */
export interface ToneWord extends Span {
  readonly raw: string;
  /** Lower case, straight apostrophes. */
  readonly folded: string;
}

/** A text, read once for all rules of tone and style. */
export interface ToneReading {
  readonly text: string;
  readonly sentences: readonly Span[];
  readonly words: readonly ToneWord[];
}

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

export function readTone(text: string): ToneReading {
  const words: ToneWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    const lower = raw.toLowerCase();
    const folded = lower.includes('’') ? lower.replaceAll('’', "'") : lower;
    words.push({ raw, folded, start: match.index, end: match.index + raw.length });
  }
  return { text, sentences: splitSentences(text), words };
}

/** The number of words in each sentence. */
export function sentenceLengths({ sentences, words }: ToneReading): number[] {
  const lengths = sentences.map(() => 0);
  let at = 0;
  for (const { start } of words) {
    while (at < sentences.length && sentences[at]!.end <= start) at++;
    if (at < sentences.length && sentences[at]!.start <= start) lengths[at]!++;
  }
  return lengths;
}
