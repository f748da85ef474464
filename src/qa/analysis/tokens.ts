import type { Span } from '../../shared/index.js';
import { MONTHS, NEGATIONS, WEEKDAYS } from '../lexicon/connectors.js';
import { FACT_WORDS, SCALES, SOURCE_WORDS, TITLES } from '../lexicon/fact-words.js';
import { numberValueOf, plainNumber, senseOf } from './word-keys.js';
import { listNumberEnd, type Word } from './words.js';

/** One thing a sentence says, in a form in which two ways of saying it are equal. */
export interface Token extends Span {
  /** Equal for equal things: `#3` for three, the sense of a word, `not` for every negation. */
  readonly key: string;
  readonly raw: string;
  readonly stem: string;
  /** Carries meaning of its own. */
  readonly content: boolean;
  readonly number: boolean;
  /** A month or a weekday, capitalised. */
  readonly calendar: boolean;
  /** A number, a span of time, an order, a degree or a direction. */
  readonly fact: boolean;
  /** A capitalised content word that is no title and does not only begin the sentence. */
  readonly name: boolean;
  readonly negation: boolean;
  /** Speaks of the sources and not of the world. */
  readonly aside: boolean;
}

const CLITICS = new Set(['s', 're', 'll', 've', 'm', 'd']);
const CONTRACTION = /^(.{1,20}?)(?:n't|'(?:re|ll|ve|m|d))$/u;
const FUSED_UNIT = /^(\d+(?:[.,]\d+)*)([a-z]{1,12})$/u;
const ORDINAL_ENDING = /^(?:st|nd|rd|th|s)$/u;
const CALENDAR = new Set([...MONTHS, ...WEEKDAYS]);
const AMBIGUOUS_MONTHS = new Set(['may', 'march']);
const BASES: ReadonlyMap<string, string> = new Map([
  ['ca', 'can'],
  ['wo', 'will'],
  ['sha', 'shall'],
  ['ai', 'be'],
]);
/** From this share of capitalised words on, capitals mark a heading and no names. */
const HEADING_FROM = 0.7;

/** The words of a sentence as tokens: contractions taken apart, numbers brought to their value. */
export function tokensOf(text: string, words: readonly Word[]): Token[] {
  const tokens: Token[] = [];
  const capitals = words.filter(({ raw }) => /^\p{Lu}/u.test(raw)).length;
  const isHeading = words.length > 2 && capitals / words.length >= HEADING_FROM;
  const listEnd = listNumberEnd(text);
  words.forEach((word, index) => {
    if (word.end <= listEnd || isCliticAt(text, word)) return;
    const number = tokens.at(-1);
    const whole = number?.number ? continued(text, number, word) : null;
    if (number && whole !== null) {
      const raw = text.slice(number.start, word.end);
      tokens.splice(-1, 1, { ...number, key: `#${whole}`, end: word.end, raw });
      return;
    }
    const fused = FUSED_UNIT.exec(word.folded);
    if (fused && !ORDINAL_ENDING.test(fused[2]!)) pushFused(word, fused[1]!, fused[2]!, tokens);
    else pushWord(word, index > 0 && !isHeading, tokens);
  });
  return tokens;
}

function isCliticAt(text: string, word: Word): boolean {
  return CLITICS.has(word.folded) && /['’`]/u.test(text[word.start - 1] ?? '');
}

/** `1,500` and `1.5 million` are one number: its value; null where the word does not continue the number before it. */
function continued(text: string, number: Token, word: Word): string | null {
  const between = text.slice(number.end, word.start);
  if (
    between === ',' &&
    /^\d{3}(?:\.\d{1,9})?$/u.test(word.folded) &&
    /^\d{1,3}(?:,\d{3})*$/u.test(number.raw)
  ) {
    return plainNumber(`${number.raw},${word.folded}`);
  }
  const factor = SCALES.get(word.folded);
  const value = Number(number.key.slice(1));
  if (factor === undefined || !/^[\s-]$/u.test(between) || !Number.isFinite(value)) return null;
  return scaled(value, factor);
}

function scaled(value: number, factor: number): string {
  return String(Number((value * factor).toPrecision(15)));
}

function pushFused(word: Word, digits: string, unit: string, tokens: Token[]): void {
  const middle = word.start + digits.length;
  const factor = SCALES.get(unit);
  const value = plainNumber(digits);
  const key = `#${factor === undefined ? value : scaled(Number(value), factor)}`;
  const shape = {
    raw: word.raw,
    stem: word.stem,
    name: false,
    negation: false,
    aside: false,
    calendar: false,
  };
  const end = factor === undefined ? middle : word.end;
  tokens.push({
    ...shape,
    key,
    start: word.start,
    end,
    content: true,
    number: true,
    fact: true,
  });
  if (factor !== undefined) return;
  tokens.push({
    ...shape,
    key: unit,
    start: middle,
    end: word.end,
    content: false,
    number: false,
    fact: false,
  });
}

function pushWord(word: Word, mayBeName: boolean, tokens: Token[]): void {
  const { folded, raw, start, end } = word;
  const base = baseOf(folded);
  const isNegated = folded === 'cannot' || folded.endsWith("n't");
  if (folded !== "n't") tokens.push(plainToken(word, base, mayBeName));
  if (!isNegated) return;
  const plain = { content: false, number: false, calendar: false, fact: false, name: false, aside: false };
  tokens.push({ key: 'not', raw, stem: 'not', start, end, ...plain, negation: true });
}

/** A word without what is drawn together with it: `didn't` → `did`, `we'll` → `we`, `cannot` → `can`. */
function baseOf(folded: string): string {
  if (folded === 'cannot') return 'can';
  const base = CONTRACTION.exec(folded)?.[1];
  return base === undefined ? folded : (BASES.get(base) ?? base);
}

function plainToken(word: Word, base: string, mayBeName: boolean): Token {
  const { folded, raw, start, end } = word;
  const isWhole = base === folded;
  const negation = isWhole && NEGATIONS.has(folded);
  const value = numberValueOf(base);
  const number = value !== null;
  const capital = /^\p{Lu}/u.test(raw);
  const calendar = capital && CALENDAR.has(base) && (mayBeName || !AMBIGUOUS_MONTHS.has(base));
  const content = (number || word.content) && isWhole && !negation;
  const stem = isWhole ? word.stem : base;
  const named = mayBeName && capital && content && !number && !calendar;
  return {
    key: negation ? 'not' : number ? `#${value}` : senseOf(stem),
    raw,
    stem,
    start,
    end,
    content,
    number,
    calendar,
    fact: number || calendar || FACT_WORDS.has(base),
    name: named && !TITLES.has(base),
    negation,
    aside: SOURCE_WORDS.has(base),
  };
}
