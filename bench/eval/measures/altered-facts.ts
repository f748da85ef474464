import { splitSentences } from '../../../src/shared/index.js';

/** A sentence of a text with one hard fact changed. */
export interface AlteredSentence {
  readonly kind: 'number' | 'date' | 'name' | 'polarity';
  readonly original: string;
  readonly altered: string;
  /** Where the change stands in the altered sentence. */
  readonly start: number;
  readonly end: number;
}

const MONTHS = 'January February March April June July August September October November December'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const NUMBER = /(?<![\p{L}\p{N}.,:/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}:/-]|[.,]\d)/gu;
const NAME = /(?<=[a-z,] )\p{Lu}\p{Ll}{3,}(?:['’]s)?\b/gu;
const AUXILIARY =
  /\b(?:is|was|are|were|has|have|had|will|would|can|could|should)\b(?!['’]| (?:not|no|never|only|just|n['’]t)\b)/gu;
const NEGATED =
  /\b(is|was|are|were|has|have|had|will|would|could|should|did|does|do) not(?= \p{L})|\b(is|was|are|were|has|have|had|would|could|should|did|does|do)n['’]t\b/gu;
const TITLES = new Set(
  'Secretary President Minister Prime General Captain Judge Justice Sergeant Mayor Governor Professor Doctor Queen King Prince Princess Lord Lady Chief Director'.split(
    ' ',
  ),
);
const MIN_CHARS = 40;
const MAX_CHARS = 300;

/**
 * Every sentence of a text in which a fact of some kind can be changed, changed once for each kind; other numbers and
 * names are taken from `source`.
 */
export function alteredSentences(text: string, source: string = text): AlteredSentence[] {
  return splitSentences(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    if (sentence.length < MIN_CHARS || sentence.length > MAX_CHARS || sentence.includes('\n')) return [];
    return [
      swap('number', sentence, NUMBER, (old) => otherNumber(old, source)),
      swap('date', sentence, new RegExp(`\\b(?:${[...MONTHS, ...WEEKDAYS].join('|')})\\b`, 'gu'), otherDay),
      swap('name', sentence, NAME, (old) => otherName(old, sentence, source)),
      polarityOf(sentence),
    ].filter((altered) => altered !== null);
  });
}

function swap(
  kind: AlteredSentence['kind'],
  sentence: string,
  pattern: RegExp,
  other: (old: string) => string | null,
): AlteredSentence | null {
  for (const { 0: old, index } of sentence.matchAll(pattern)) {
    const changed = other(old);
    if (changed === null) continue;
    const altered = sentence.slice(0, index) + changed + sentence.slice(index + old.length);
    return { kind, original: sentence, altered, start: index, end: index + changed.length };
  }
  return null;
}

/** Another number of the same text where there is one: the harder case, for then nothing is new. */
function otherNumber(old: string, text: string): string {
  const others = [...text.matchAll(NUMBER)].map(([number]) => number);
  return others.find((number) => number !== old) ?? String(Number(old.replaceAll(',', '')) + 7);
}

function otherDay(old: string): string {
  const list = MONTHS.includes(old) ? MONTHS : WEEKDAYS;
  return list[(list.indexOf(old) + 3) % list.length]!;
}

/** Another name of the same text, one that the sentence does not hold. */
function otherName(old: string, sentence: string, text: string): string | null {
  const bare = old.replace(/['’]s$/u, '');
  if (!isName(bare, text)) return null;
  const others = [...text.matchAll(NAME)].map(([name]) => name.replace(/['’]s$/u, ''));
  const other = others.find((name) => !sentence.includes(name) && isName(name, text));
  return other === undefined ? null : other + old.slice(bare.length);
}

/** A capitalised word that the text never writes small: not a title, a day or a word of a heading. */
function isName(word: string, text: string): boolean {
  if (MONTHS.includes(word) || WEEKDAYS.includes(word) || TITLES.has(word)) return false;
  return !new RegExp(`\\b${word.toLowerCase()}`, 'u').test(text);
}

function polarityOf(sentence: string): AlteredSentence | null {
  const negated = swap('polarity', sentence, NEGATED, (old) => old.replace(/ not$|n['’]t$/u, ''));
  return negated ?? swap('polarity', sentence, AUXILIARY, (old) => `${old} not`);
}
