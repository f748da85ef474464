import { FUNCTION_WORDS } from '../../shared/index.js';

export type Language = 'en' | 'other' | 'unknown';

const LETTER = /\p{L}/gu;
const LATIN = /\p{Script=Latin}/gu;
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;
/** The beginning of a text tells its language; a long one is not read whole. */
const MAX_CHARS = 4_000;
const MIN_LETTERS = 2;
const MIN_LATIN_SHARE = 0.5;
/** English prose has some 40 % function words; below this a text of this many words is no English prose. */
const MIN_ENGLISH_SHARE = 0.08;
const MIN_WORDS_TO_REFUSE = 12;

/**
 * Whether a text is English, by script and by the share of common function words (after Grefenstette 1995, "Comparing
 * two language identification schemes"); `unknown` where it is too short, or no prose, to tell.
 */
export function languageOf(text: string): Language {
  const start = text.slice(0, MAX_CHARS);
  const letters = start.match(LETTER)?.length ?? 0;
  if (letters < MIN_LETTERS) return 'unknown';
  if ((start.match(LATIN)?.length ?? 0) / letters < MIN_LATIN_SHARE) return 'other';
  const words = (start.toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll('’', "'"));
  const english = countOf(words, FUNCTION_WORDS.en);
  const others = Object.entries(FUNCTION_WORDS)
    .filter(([language]) => language !== 'en')
    .map(([, list]) => countOf(words, list));
  const other = Math.max(0, ...others);
  if (other > english && (other > 1 || words.length < MIN_WORDS_TO_REFUSE)) return 'other';
  if (english > other) {
    // Single letters stand in tables and formulas too.
    if (!words.some((word) => word.length > 1 && FUNCTION_WORDS.en.has(word))) return 'unknown';
    const isProse = words.length < MIN_WORDS_TO_REFUSE || english / words.length >= MIN_ENGLISH_SHARE;
    return isProse ? 'en' : 'unknown';
  }
  return 'unknown';
}

function countOf(words: readonly string[], list: ReadonlySet<string>): number {
  return words.filter((word) => list.has(word)).length;
}
