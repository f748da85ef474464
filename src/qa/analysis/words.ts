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

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const PARTICLE = /^[\p{Script=Hiragana}]$/u;
/** A longer run without any mark is no prose, and its words would cost more than they tell. */
const MAX_RUN_CHARS = 400;
let segmenter: Intl.Segmenter | undefined;

/** The words of a text in order; where a script has no spaces, the words that Unicode's word breaking finds. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let segmentedEnd = 0;
  let longRunEnd = 0;
  const terms = termsOf(text);
  for (const [index, { stem, start, end }] of terms.entries()) {
    if (start < segmentedEnd) continue;
    const raw = text.slice(start, end);
    const isUnspaced = UNSPACED.test(raw) || (terms[index + 1]?.start ?? end) < end;
    if (start >= longRunEnd && isUnspaced) {
      const runEnd = endOfRun(terms, index);
      if (runEnd - start <= MAX_RUN_CHARS) {
        pushSegments(text.slice(start, runEnd), start, words);
        segmentedEnd = runEnd;
        continue;
      }
      longRunEnd = runEnd;
    }
    const content = !isStopWord(stem) && !isStopWord(raw) && !BARE_NUMBER.test(raw);
    words.push({ raw, folded: foldWord(raw), stem, start, end, content });
  }
  return words;
}

/** Terms of a script without spaces are pairs of characters that overlap. */
function endOfRun(terms: readonly Span[], first: number): number {
  let { end } = terms[first]!;
  for (let i = first + 1; i < terms.length && terms[i]!.start < end; i++) end = terms[i]!.end;
  return end;
}

function pushSegments(run: string, offset: number, words: Word[]): void {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  for (const { segment, index, isWordLike } of segmenter.segment(run)) {
    if (!isWordLike) continue;
    const start = offset + index;
    const content = !PARTICLE.test(segment) && !BARE_NUMBER.test(segment);
    const folded = foldWord(segment);
    words.push({ raw: segment, folded, stem: folded, start, end: start + segment.length, content });
  }
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

/** Where the number of a list item at the beginning of a text ends, as in `3. Stir.`; 0 where there is none. */
export function listNumberEnd(text: string): number {
  return /^\s{0,8}\d{1,3}[.)](?=\s)/u.exec(text)?.[0].length ?? 0;
}
