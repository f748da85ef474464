import { CONDITIONS, NEGATIONS } from '../lexicon/connectors.js';
import {
  type DateFact,
  datesOf,
  type Fact,
  isCalendarWord,
  numbersOf,
  quotationsOf,
  urlsOf,
} from './hard-facts.js';
import { flatten, type Word, wordsOf } from './words.js';

export interface Negation {
  readonly word: Word;
  /** Stem of the content word it turns round: the next one, else the one before; null where there is none. */
  readonly head: string | null;
}

/** One sentence, read once for all measures. */
export interface Analysis {
  readonly text: string;
  readonly flat: string;
  readonly words: readonly Word[];
  readonly folded: ReadonlySet<string>;
  /** Stems of content words, without months and weekdays: what the sentence is about. */
  readonly stems: ReadonlySet<string>;
  /** Neighbouring content stems, in order. */
  readonly bigrams: ReadonlySet<string>;
  readonly numbers: readonly Fact[];
  readonly dates: readonly DateFact[];
  readonly urls: readonly Fact[];
  readonly quotations: readonly Fact[];
  readonly negations: readonly Negation[];
  readonly conditions: readonly Word[];
  /** Numbers, months and weekdays: what must agree when two sentences say the same. */
  readonly values: ReadonlySet<string>;
}

const HEAD_WITHIN_WORDS = 5;

export function analyze(text: string): Analysis {
  const words = wordsOf(text);
  const numbers = numbersOf(text, words);
  const content = words.filter((word) => word.content && !isCalendarWord(word) && !isNegation(word));
  const calendar = words
    .filter((word, index) => index > 0 && isCalendarWord(word))
    .map((word) => word.folded);
  return {
    text,
    flat: flatten(text),
    words,
    folded: new Set(words.map((word) => word.folded)),
    stems: new Set(content.map((word) => word.stem)),
    bigrams: new Set(content.slice(1).map((word, index) => `${content[index]!.stem} ${word.stem}`)),
    numbers,
    dates: datesOf(text),
    urls: urlsOf(text),
    quotations: quotationsOf(text),
    negations: negationsOf(words),
    conditions: words.filter((word) => CONDITIONS.has(word.folded)),
    values: new Set([...numbers.map((fact) => fact.value), ...calendar]),
  };
}

export function isNegation(word: Word): boolean {
  return NEGATIONS.has(word.folded) || word.folded.endsWith("n't");
}

function negationsOf(words: readonly Word[]): Negation[] {
  const found: Negation[] = [];
  words.forEach((word, index) => {
    if (!isNegation(word) || ['only', 'just'].includes(words[index + 1]?.folded ?? '')) return;
    const isHead = (other: Word) => other.content && !isNegation(other);
    const after = words.slice(index + 1, index + 1 + HEAD_WITHIN_WORDS).find(isHead);
    const before = words.slice(Math.max(0, index - HEAD_WITHIN_WORDS), index).findLast(isHead);
    found.push({ word, head: (after ?? before)?.stem ?? null });
  });
  return found;
}
