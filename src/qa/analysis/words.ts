import { isStopWord, type Span, termsOf } from '../../shared/index.js';

/** One word of a text in the three forms in which measures compare words. */
export interface Word extends Span {
  readonly raw: string;
  /** Lower-cased, accent-free, straight apostrophes, without a possessive 's. */
  readonly folded: string;
  readonly stem: string;
  /** Carries meaning: neither a stop word nor a bare number. */
  readonly content: boolean;
}

export const BARE_NUMBER = /^\d+(?:[.,]\d+)*$/u;

/** The words of a text in order. */
export function wordsOf(text: string): Word[] {
  return termsOf(text).map(({ stem, start, end }) => {
    const raw = text.slice(start, end);
    const content = !isStopWord(stem) && !isStopWord(raw) && !BARE_NUMBER.test(raw);
    return { raw, folded: foldWord(raw), stem, start, end, content };
  });
}

function foldWord(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replace(/'s$/u, '');
}

/** A text for literal comparison: folded case, quotes and white space, no punctuation at either end. */
export function flatten(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘]/gu, "'")
    .replace(/[“”«»]/gu, '"')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s"'([*_-]{1,8}/u, '')
    .replace(/(?<![\s"')\].!?…,;:*_-])[\s"')\].!?…,;:*_-]+$/u, '');
}

/** Whether `part` stands in `whole` from a word's edge to a word's edge; both flattened. */
export function holds(whole: string, part: string): boolean {
  if (part === '') return false;
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1)) {
    const before = whole[at - 1] ?? ' ';
    const after = whole[at + part.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
