import { CONDITIONS, NEGATIONS } from '../lexicon/connectors.js';
import { BOUNDS, HEDGE_WORDS } from '../lexicon/fact-words.js';
import {
  type DateFact,
  datesOf,
  type Fact,
  isCalendarWord,
  type NumberFact,
  numbersOf,
  quotationsOf,
  urlsOf,
} from './hard-facts.js';
import { type Token, tokensOf } from './tokens.js';
import { numberValueOf } from './word-keys.js';
import { flatten, type Word, wordsOf } from './words.js';

/** A word that changes what another says. */
export interface Modifier {
  readonly word: Word;
  /** Stem of the content word it bears on: the next one, else the one before; null where there is none. */
  readonly head: string | null;
}

export type Negation = Modifier;

/** One sentence, read once for all measures. */
export interface Analysis {
  readonly text: string;
  readonly flat: string;
  readonly words: readonly Word[];
  /** The words as what they say: contractions taken apart, numbers by value, synonyms and negations alike. */
  readonly tokens: readonly Token[];
  readonly folded: ReadonlySet<string>;
  /** Stems of content words, without months and weekdays: what the sentence is about. */
  readonly stems: ReadonlySet<string>;
  /** Neighbouring content stems, in order. */
  readonly bigrams: ReadonlySet<string>;
  readonly numbers: readonly NumberFact[];
  readonly dates: readonly DateFact[];
  readonly urls: readonly Fact[];
  readonly quotations: readonly Fact[];
  readonly negations: readonly Negation[];
  readonly conditions: readonly Word[];
  /** Words that make the statement less than certain, or a number less than exact. */
  readonly hedges: readonly Modifier[];
  /** Numbers, months and weekdays: what must agree when two sentences say the same. */
  readonly values: ReadonlySet<string>;
}

const HEAD_WITHIN_WORDS = 5;
const BOUND_WORDS = new Set([...BOUNDS].flatMap((pair) => pair.split(' ')));

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
    tokens: tokensOf(text, words),
    folded: new Set(words.map((word) => word.folded)),
    stems: new Set(content.map((word) => word.stem)),
    bigrams: new Set(content.slice(1).map((word, index) => `${content[index]!.stem} ${word.stem}`)),
    numbers,
    dates: datesOf(text),
    urls: urlsOf(text),
    quotations: quotationsOf(text),
    negations: modifiersOf(words, isNegationAt),
    conditions: words.filter((word) => CONDITIONS.has(word.folded)),
    hedges: modifiersOf(words, isHedge),
    values: new Set([...numbers.map((fact) => fact.value), ...calendar]),
  };
}

export function isNegation(word: Word): boolean {
  return NEGATIONS.has(word.folded) || word.folded.endsWith("n't");
}

function isNegationAt(words: readonly Word[], index: number): boolean {
  return isNegation(words[index]!) && !['only', 'just'].includes(words[index + 1]?.folded ?? '');
}

/** `may` is a month where it is capitalised inside a sentence. */
function isHedge(words: readonly Word[], index: number): boolean {
  const word = words[index]!;
  if (index > 0 && isCalendarWord(word)) return false;
  return HEDGE_WORDS.has(word.folded) || isBound(words, index);
}

/** `more than`, `at least`, `up to` before a number. */
function isBound(words: readonly Word[], index: number): boolean {
  const pair = `${words[index]!.folded} ${words[index + 1]?.folded ?? ''}`;
  const number = words[index + 2]?.folded;
  return number !== undefined && BOUNDS.has(pair) && numberValueOf(number) !== null;
}

function modifiersOf(
  words: readonly Word[],
  isModifier: (words: readonly Word[], index: number) => boolean,
): Modifier[] {
  const found: Modifier[] = [];
  words.forEach((word, index) => {
    if (!isModifier(words, index)) return;
    const isHead = (other: Word) => other.content && !isNegation(other) && !BOUND_WORDS.has(other.folded);
    const after = words.slice(index + 1, index + 1 + HEAD_WITHIN_WORDS).find(isHead);
    const before = words.slice(Math.max(0, index - HEAD_WITHIN_WORDS), index).findLast(isHead);
    found.push({ word, head: (after ?? before)?.stem ?? null });
  });
  return found;
}
