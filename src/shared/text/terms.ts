import stem from 'wink-porter2-stemmer';
import { STOP_WORDS } from './stop-words.js';

/** A word of a text with its normalized form. */
export interface Term {
  /** Lower-cased, accent-free and stemmed (Porter2): what is compared and indexed. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’.][\p{L}\p{N}]+)*/gu;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const MAX_TERM_CHARS = 64;
const MAX_CACHED_STEMS = 50_000;
const stems = new Map<string, string>();

/** All words of a text in order, stop words included. Scripts written without spaces yield character pairs. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(WORD)) {
    if (IDEOGRAPHS.test(match[0])) pushPairs(match[0], match.index, terms);
    else terms.push({ stem: stemOf(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return terms;
}

/** The words that carry meaning: `termsOf` without stop words. */
export function contentTermsOf(text: string): Term[] {
  return termsOf(text).filter((term) => !isStopWord(term.stem));
}

/** The normalized, stemmed form of one word. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const plain = fold(word);
  const result = (/^[a-z]{3,64}$/.test(plain) ? stem(plain) : plain)
    .slice(0, MAX_TERM_CHARS)
    // The cut may fall into a surrogate pair, and half of one can neither be hashed nor stored.
    .toWellFormed();
  if (stems.size >= MAX_CACHED_STEMS) stems.clear();
  stems.set(word, result);
  return result;
}

/** Whether a word, as written or stemmed, is too common to carry meaning. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word.toLowerCase()) || STOPPED_STEMS.has(word);
}

function fold(word: string): string {
  const lower = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('’', "'");
  return lower.replace(/'s$/u, '').replaceAll("'", '');
}

function pushPairs(run: string, offset: number, terms: Term[]): void {
  const characters = [...run];
  let at = offset;
  for (let i = 0; i < characters.length; i++) {
    const first = characters[i]!;
    const second = characters[i + 1];
    if (second !== undefined)
      terms.push({ stem: (first + second).toLowerCase(), start: at, end: at + first.length + second.length });
    else if (characters.length === 1) terms.push({ stem: first, start: at, end: at + first.length });
    at += first.length;
  }
}

const STOPPED_STEMS = new Set([...STOP_WORDS].map((word) => stemOf(word)));
