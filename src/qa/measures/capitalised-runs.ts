import type { Span } from '../../shared/index.js';
import { NAME_PARTICLES } from '../lexicon/name-cues.js';

/** Words with capitals that stand together, as names do. */
export interface CapitalisedRun extends Span {
  readonly words: readonly CapitalisedWord[];
}

export interface CapitalisedWord extends Span {
  readonly text: string;
  /** Lower case, without accents, possessive and points. */
  readonly folded: string;
}

const WORD = "\\p{Lu}[\\p{L}\\p{M}]*(?:['’-]\\p{L}[\\p{L}\\p{M}]+){0,3}";
const RUN = new RegExp(
  `(?<![\\p{L}\\p{N}_@/])${WORD}(?:\\.(?=[ ]\\p{Lu}))?(?:[ ]{1,2}(?:(?:${NAME_PARTICLES})[ ]){0,2}${WORD}(?:\\.(?=[ ]\\p{Lu}))?){0,5}(?![\\p{N}_@/])`,
  'gu',
);
const SINGLE = new RegExp(WORD, 'gu');

/** The runs of capitalised words on one line, with initials and the small words inside names. */
export function* capitalisedRuns(text: string): Generator<CapitalisedRun> {
  for (const match of text.matchAll(RUN)) {
    const words = [...match[0].matchAll(SINGLE)].map((word) => {
      const own = word[0].replace(/['’]s$/u, '');
      const start = match.index + word.index;
      return { text: own, folded: foldedName(own), start, end: start + own.length };
    });
    yield { words, start: match.index, end: words.at(-1)!.end };
  }
}

export function foldedName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}|\./gu, '')
    .toLowerCase();
}

/** Whether a place in a text is the beginning of a sentence, a line, a quotation or a list item. */
export function beginsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:…\n"“(>•|*-])\s{0,4}$/u.test(text.slice(Math.max(0, at - 6), at));
}
