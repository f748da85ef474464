import stem from 'wink-porter2-stemmer';
import { foldWord } from './fold.js';
import { FUNCTION_WORDS } from './languages/function-words.js';
import { STEMMERS } from './languages/stemmers.js';
import { STOP_WORDS } from './stop-words.js';

/** A word of a text with its normalized form. */
export interface Term {
  /** Lower-cased, stemmed and accent-free: what is compared and indexed. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const MAX_TERM_CHARS = 64;
const MAX_CACHED_STEMS = 50_000;
const ENGLISH = 'en';
const stemsByLanguage = new Map<string, Map<string, string>>();

/**
 * All words of a text in order, stop words included. Scripts written without spaces yield character pairs. Words are
 * stemmed as in `language` (ISO 639-1); where that is unknown or has no stemmer, as in English.
 */
export function termsOf(text: string, language: string | null = ENGLISH): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(WORD)) {
    if (IDEOGRAPHS.test(match[0])) pushPairs(match[0], match.index, terms);
    else
      terms.push({
        stem: stemIn(match[0], language),
        start: match.index,
        end: match.index + match[0].length,
      });
  }
  return terms;
}

/** The words that carry meaning: `termsOf` without the stop words of the language. */
export function contentTermsOf(text: string, language: string | null = ENGLISH): Term[] {
  const words = functionWordsOf(language);
  if (words === null)
    return termsOf(text).filter((term) => !isSaidOften(term.stem, text.slice(term.start, term.end)));
  return termsOf(text, language).filter(({ start, end }) => !words.has(text.slice(start, end).toLowerCase()));
}

/** The normalized, stemmed form of one English word. */
export function stemOf(word: string): string {
  return stemIn(word, ENGLISH);
}

/** The normalized form of one word, stemmed as in `language` (ISO 639-1) or, where that has no stemmer, as in English. */
export function stemIn(word: string, language: string | null): string {
  const stemmer = language === null ? undefined : STEMMERS.get(language);
  const key = stemmer === undefined ? ENGLISH : language!;
  const stems = stemsByLanguage.get(key) ?? new Map<string, string>();
  const known = stems.get(word);
  if (known !== undefined) return known;
  const result = (stemmer === undefined ? englishStem(word) : foreignStem(word, stemmer))
    .slice(0, MAX_TERM_CHARS)
    // The cut may fall into a surrogate pair, and half of one can neither be hashed nor stored.
    .toWellFormed();
  if (stems.size >= MAX_CACHED_STEMS) stems.clear();
  stemsByLanguage.set(key, stems.set(word, result));
  return result;
}

/** Whether an English word, as written or stemmed, is too common to carry meaning. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.toLowerCase()) || STOPPED_STEMS.has(word);
}

/** Whether an English word of a text is a stop word, its form as written considered. */
function isSaidOften(stemmed: string, written: string): boolean {
  const word = written.toLowerCase().replaceAll('’', "'");
  if (STOP_WORDS.has(word)) return true;
  return STOPPED_STEMS.has(stemmed) && !HAS_OWN_MEANING.test(word);
}

function englishStem(word: string): string {
  const folded = foldWord(word).replaceAll('’', "'").replace(/'s$/u, '').replaceAll("'", '');
  return /^[a-z]{3,64}$/.test(folded) ? stem(folded) : folded;
}

/** Stemmed with its accents, which a stemmer reads, and folded after. */
function foreignStem(word: string, stemmer: (word: string) => string): string {
  const lower = word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  // What stands before an apostrophe is an article or a pronoun: l'arbre, dell'acqua.
  const base = lower.slice(lower.lastIndexOf("'", lower.length - 3) + 1).replaceAll("'", '');
  const folded = foldWord(base.length <= MAX_TERM_CHARS ? stemmer(base) : base);
  return folded === '' ? foldWord(base) : folded;
}

function functionWordsOf(language: string | null): ReadonlySet<string> | null {
  const words: Readonly<Record<string, ReadonlySet<string>>> = FUNCTION_WORDS;
  return language === null || language === ENGLISH ? null : (words[language] ?? null);
}

function pushPairs(run: string, offset: number, terms: Term[]): void {
  const characters = [...run];
  let at = offset;
  for (let i = 0; i < characters.length; i++) {
    const first = characters[i]!;
    const second = characters[i + 1];
    if (second !== undefined)
      terms.push({ stem: foldWord(first + second), start: at, end: at + first.length + second.length });
    else if (characters.length === 1)
      terms.push({ stem: foldWord(first), start: at, end: at + first.length });
    at += first.length;
  }
}

/** Words with the stem of a stop word that mean something else: kindness, overly, underlying, to quit. */
const HAS_OWN_MEANING =
  /(?:ness|ly|ful|lying|rance)$|^(?:quit(?:s|ting)?|own(?:s|ed|ing)|beings|will(?:s|ed|ing)|pleas(?:ed|es|ing)|wells|theses)$/u;
/** Only the apostrophe makes these stop words: I'll, we'd, I'd. */
const WORDS_OF_THEIR_OWN = new Set(['ill', 'wed', 'id']);
const STOPPED_STEMS = new Set(
  [...STOP_WORDS].map((word) => stemOf(word)).filter((each) => !WORDS_OF_THEIR_OWN.has(each)),
);
