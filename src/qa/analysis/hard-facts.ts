import type { Span } from '../../shared/index.js';
import { MONTHS, NUMBER_WORDS, WEEKDAYS } from '../lexicon/connectors.js';
import { SCALES, UNITS } from '../lexicon/fact-words.js';
import { plainNumber } from './word-keys.js';
import { listNumberEnd, type Word } from './words.js';

/** A thing in a text that is either right or wrong, in a form that two ways of writing it share. */
export interface Fact {
  readonly value: string;
  readonly span: Span;
}

/** A number with what it counts, where a unit of measure stands beside it. */
export interface NumberFact extends Fact {
  readonly unit: string | null;
}

export interface DateFact {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
  readonly span: Span;
}

const NUMBER = /(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*/gu;
const URL_SHAPE = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<>"'”’)\]]+/giu;
const QUOTATION = /"([^"\n]{1,400})"|“([^”\n]{1,400})”|«([^»\n]{1,400})»/gu;
const MONTH = MONTHS.map((name) => name[0]!.toUpperCase() + name.slice(1)).join('|');
const ISO_DATE = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/gu;
const MONTH_FIRST = new RegExp(
  `\\b(${MONTH})\\s(?:(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d)(?:,?\\s(\\d{4})\\b)?|(\\d{4})\\b)`,
  'gu',
);
const DAY_FIRST = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?(${MONTH})\\b(?:,?\\s(\\d{4})\\b)?`,
  'gu',
);

const SCALE_AFTER = new RegExp(`^[\\s-]?(${[...SCALES.keys()].join('|')})(?![\\p{L}\\p{N}])`, 'iu');
const UNIT_AFTER = /^(?:[\s-]?(\p{L}{1,12})(?![\p{L}\p{N}])|\s?(%))/u;
const PER_CENT = /^\sper\scent(?!\p{L})/iu;
const CURRENCY_BEFORE = /[$€£¥]\s?$/u;
const LONGEST_UNIT_CHARS = 16;

/** Numbers in digits and words, with units. `1,000` and `1000`, `three` and `3`, `2 million` and `2,000,000` have the same value. */
export function numbersOf(text: string, words: readonly Word[]): NumberFact[] {
  const facts: NumberFact[] = [];
  const listEnd = listNumberEnd(text);
  for (const match of text.matchAll(NUMBER)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (span.end <= listEnd) continue;
    facts.push(numberAt(text, plainNumber(match[0]), span));
  }
  let end = 0;
  const scaledEnds = new Set(facts.map(({ span }) => span.end));
  for (const word of words) {
    const value = NUMBER_WORDS.get(word.folded);
    if (value === undefined || word.start < end || scaledEnds.has(word.end)) continue;
    const fact = numberAt(text, value, { start: word.start, end: word.end });
    end = fact.span.end;
    facts.push(fact);
  }
  return facts;
}

function numberAt(text: string, value: string, span: Span): NumberFact {
  const scale = SCALE_AFTER.exec(text.slice(span.end, span.end + LONGEST_UNIT_CHARS));
  const factor = scale ? SCALES.get(scale[1]!.toLowerCase()) : undefined;
  const isScaled = scale !== null && factor !== undefined && Number.isFinite(Number(value));
  const end = isScaled ? span.end + scale[0].length : span.end;
  return {
    value: isScaled ? String(Number((Number(value) * factor).toPrecision(15))) : value,
    span: { start: span.start, end },
    unit: unitAround(text, span.start, end),
  };
}

function unitAround(text: string, start: number, end: number): string | null {
  const currency = CURRENCY_BEFORE.exec(text.slice(Math.max(0, start - 2), start))?.[0].trim();
  if (currency !== undefined) return UNITS.get(currency) ?? null;
  const after = text.slice(end, end + LONGEST_UNIT_CHARS);
  if (PER_CENT.test(after)) return '%';
  const unit = UNIT_AFTER.exec(after);
  return UNITS.get((unit?.[1] ?? unit?.[2] ?? '').toLowerCase()) ?? null;
}

export function urlsOf(text: string): Fact[] {
  return [...text.matchAll(URL_SHAPE)].map((match) => {
    const value = match[0].replace(/[.,;:!?]{1,4}$/u, '');
    return { value: value.toLowerCase(), span: { start: match.index, end: match.index + value.length } };
  });
}

/** What stands between double quotation marks. */
export function quotationsOf(text: string): Fact[] {
  return [...text.matchAll(QUOTATION)].map((match) => ({
    value: match[1] ?? match[2] ?? match[3] ?? '',
    span: { start: match.index, end: match.index + match[0].length },
  }));
}

/** Calendar dates with a month and a day or a year. */
export function datesOf(text: string): DateFact[] {
  const dates: DateFact[] = [];
  const push = (match: RegExpExecArray, year: string | undefined, month: number, day: string | undefined) =>
    dates.push({
      year: year ? Number(year) : null,
      month,
      day: day ? Number(day) : null,
      span: { start: match.index, end: match.index + match[0].length },
    });
  for (const match of text.matchAll(ISO_DATE)) push(match, match[1], Number(match[2]), match[3]);
  for (const match of text.matchAll(MONTH_FIRST)) {
    push(match, match[3] ?? match[4], MONTHS.indexOf(match[1]!.toLowerCase()) + 1, match[2]);
  }
  for (const match of text.matchAll(DAY_FIRST)) {
    push(match, match[3], MONTHS.indexOf(match[2]!.toLowerCase()) + 1, match[1]);
  }
  return dates;
}

/** Whether a source's date says all that the other date says. */
export function coversDate(source: DateFact, date: DateFact): boolean {
  return (
    source.month === date.month &&
    (date.day === null || source.day === date.day) &&
    (date.year === null || source.year === date.year)
  );
}

const CALENDAR = new Set([...MONTHS, ...WEEKDAYS]);

/** Names of months and weekdays, capitalised as such. */
export function isCalendarWord(word: Word): boolean {
  return /^\p{Lu}/u.test(word.raw) && CALENDAR.has(word.folded);
}
