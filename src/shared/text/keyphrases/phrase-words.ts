import { stemOf } from '../terms.js';
import { type ClassedWord, canBePredicate, classOf, isPredicate } from './word-class.js';

/** A word of a text with its place and its class. */
export interface PhraseWord extends ClassedWord {
  readonly text: string;
  readonly stem: string;
  /** Offsets in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Whether only a space parts it from the word before it. */
  readonly adjoins: boolean;
  /** Zero-based count of sentence marks and line breaks before it. */
  readonly sentence: number;
}

const WORD = /[\p{L}\p{N}]+(?:[-'’.&+][\p{L}\p{N}]+)*[+#]*/gu;
const ENDS_SENTENCE = /[.!?…\n。！？]/u;
/** What a longer text is about it says again before: later words are not read. */
const MAX_WORDS = 20_000;
/** No candidate holds a longer word. */
const MAX_STEMMED_CHARS = 64;

/** The words of a text in order, up to the first 20,000; a hyphenated word is one, a possessive ending is none. */
export function phraseWordsOf(text: string): readonly PhraseWord[] {
  const bare = bareWordsOf(text);
  const words: PhraseWord[] = [];
  let sentence = 0;
  for (let at = 0; at < bare.length; at++) {
    const { text: written, lower, start, end } = bare[at]!;
    const before = words[at - 1];
    const after = bare[at + 1];
    const adjoins = before !== undefined && isSpaceBetween(text, before.end, start);
    if (before !== undefined && !adjoins && ENDS_SENTENCE.test(text.slice(before.end, start))) sentence++;
    // A capital may open the next sentence, as behind a heading: it tells nothing of this one.
    const follows =
      after !== undefined &&
      isSpaceBetween(text, end, after.start) &&
      !isCapitalised(after.text, after.lower);
    const wordClass = classOf(written, lower, {
      before: adjoins ? before : undefined,
      after: follows ? after.lower : undefined,
    });
    words.push({
      text: written,
      lower,
      stem: stemOf(written.slice(0, MAX_STEMMED_CHARS)),
      start,
      end,
      adjoins,
      sentence,
      wordClass,
    });
  }
  return withPredicates(words);
}

/** Every clause has a verb: where none was found, the first word that can be one is. */
function withPredicates(words: readonly PhraseWord[]): readonly PhraseWord[] {
  const hasVerb = new Set(words.filter(isPredicate).map(({ sentence }) => sentence));
  return words.map((word, at) => {
    const before = words[at - 1];
    const after = words[at + 1];
    if (hasVerb.has(word.sentence) || !word.adjoins || !before || !after?.adjoins) return word;
    if (word.wordClass !== 'noun' || !canBePredicate(word, before, after)) return word;
    hasVerb.add(word.sentence);
    return { ...word, wordClass: 'verb' };
  });
}

interface BareWord {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

function bareWordsOf(text: string): readonly BareWord[] {
  const words: BareWord[] = [];
  for (const match of text.matchAll(WORD)) {
    if (words.length === MAX_WORDS) break;
    const isPossessive = /['’]s$/u.test(match[0]);
    const own = isPossessive ? match[0].slice(0, -2) : match[0];
    words.push({ text: own, lower: own.toLowerCase(), start: match.index, end: match.index + own.length });
  }
  return words;
}

function isSpaceBetween(text: string, end: number, start: number): boolean {
  return start === end + 1 && text[end] === ' ';
}

/** Whether it is written with one capital, at its start. */
function isCapitalised(text: string, lower: string): boolean {
  return text[0] !== lower[0] && text.length > 1 && text[1] === lower[1];
}

/** Whether a word can stand in a noun phrase before its end. */
export function isNominal({ wordClass }: ClassedWord): boolean {
  return wordClass === 'noun' || wordClass === 'adjective';
}
