import { FUNCTION_WORDS } from './function-words.js';

/** The beginning of a text tells its language; a long one is not read whole. */
const MAX_CHARS = 800;
const WORD = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
/** One function word alone may be a name or a word of another language. */
const MIN_FUNCTION_WORDS = 2;
/** Prose has a third of function words or more; a list of names with two of them is no prose. */
const MIN_SHARE = 0.1;
/** The first script that a text holds much of decides, where a script belongs to one language. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];
const MIN_SCRIPT_SHARE = 0.3;
const OTHER_SCRIPT = /[^\p{Script=Latin}\P{L}]/u;

const LANGUAGES_OF_WORD = new Map<string, readonly string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS))
  for (const word of words) LANGUAGES_OF_WORD.set(word, [...(LANGUAGES_OF_WORD.get(word) ?? []), language]);

/**
 * The language of a text (ISO 639-1) by its script and its function words (after Grefenstette 1995, "Comparing two
 * language identification schemes"); null where it is too short to tell or could be two.
 */
export function detectLanguage(text: string): string | null {
  const start = text.slice(0, MAX_CHARS).normalize('NFC');
  return languageOfScript(start) ?? languageOfWords(start);
}

function languageOfScript(text: string): string | null {
  if (!OTHER_SCRIPT.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const found = SCRIPTS.find(([, script]) => (text.match(script)?.length ?? 0) >= MIN_SCRIPT_SHARE * letters);
  return found?.[0] ?? null;
}

function languageOfWords(text: string): string | null {
  const counts = new Map<string, number>();
  const seen = new Map<string, Set<string>>();
  let words = 0;
  for (const [match] of text.matchAll(WORD)) {
    words++;
    const word = match.toLowerCase().replaceAll('’', "'");
    for (const language of LANGUAGES_OF_WORD.get(word) ?? []) {
      counts.set(language, (counts.get(language) ?? 0) + 1);
      if (word.length > 1) seen.set(language, (seen.get(language) ?? new Set()).add(word));
    }
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!first || first[1] === second?.[1]) return null;
  const isTold = (seen.get(first[0])?.size ?? 0) >= MIN_FUNCTION_WORDS && first[1] >= MIN_SHARE * words;
  return isTold ? first[0] : null;
}
