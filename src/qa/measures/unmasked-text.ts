import type { Span } from '../../shared/index.js';
import { CONFUSABLES } from '../lexicon/confusables.js';

/** A text as a reader sees it, and where each of its characters came from. */
export interface UnmaskedText {
  readonly text: string;
  /** Whether anything was changed at all. */
  readonly changed: boolean;
  /** The piece of the original that a piece of the unmasked text stands for. */
  toOriginal(span: Span): Span;
}

const PLAIN = /^[\u0000-\u024F\u2010-\u2027\u2030-\u205E\p{Extended_Pictographic}]*$/u;
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;
const WORD = /[\p{L}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]+/gu;
const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN = /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Latin}/u;

/**
 * The text in Unicode form NFKC, without characters that nobody sees, and with look-alike letters of other scripts
 * read as Latin where a word mixes scripts (Unicode Technical Standard 39, mixed-script confusables).
 */
export function unmask(original: string): UnmaskedText {
  if (PLAIN.test(original)) return { text: original, changed: false, toOriginal: (span) => span };
  const mixed = mixedWords(original);
  let text = '';
  const origins: number[] = [];
  let at = 0;
  let word = 0;
  for (const character of original) {
    while (word < mixed.length && at >= mixed[word]!.end) word++;
    const isMixed = word < mixed.length && at >= mixed[word]!.start;
    const seen = INVISIBLE.test(character) ? '' : seenAs(character, isMixed);
    for (let i = 0; i < seen.length; i++) origins.push(at);
    text += seen;
    at += character.length;
  }
  origins.push(original.length);
  return {
    text,
    changed: text !== original,
    toOriginal: ({ start, end }) => ({ start: origins[start]!, end: endOf(original, origins, end) }),
  };
}

function seenAs(character: string, isMixed: boolean): string {
  const double = isMixed ? CONFUSABLES.get(character) : undefined;
  return double ?? (character > '\u007F' ? character.normalize('NFKC') : character);
}

/** The end of the last character, not the start of the next one: what is invisible between them belongs to neither. */
function endOf(original: string, origins: readonly number[], end: number): number {
  if (end === 0) return 0;
  const last = origins[end - 1]!;
  return last + String.fromCodePoint(original.codePointAt(last) ?? 0).length;
}

function mixedWords(text: string): Span[] {
  const words: Span[] = [];
  for (const match of text.matchAll(WORD)) {
    const letters = [...match[0].slice(0, 64)].filter((letter) => LOOKS_LATIN.test(letter));
    if (letters.some((letter) => LATIN.test(letter)) && letters.some((letter) => CONFUSABLES.has(letter)))
      words.push({ start: match.index, end: match.index + match[0].length });
  }
  return words;
}
