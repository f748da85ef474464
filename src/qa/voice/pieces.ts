import { splitSentences } from '../../shared/index.js';

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
/** What a piece may lack of its length: sentences are not cut. */
const MIN_SHARE = 0.8;

/**
 * Texts put together or cut apart into pieces of whole sentences with about `wordCount` words each. A rest that is too
 * short for a piece goes on in the next text; the last rest is left out.
 */
export function piecesOf(texts: readonly string[], wordCount: number): string[] {
  const pieces: string[] = [];
  let parts: string[] = [];
  let words = 0;
  const flush = () => {
    pieces.push(parts.join('\n'));
    parts = [];
    words = 0;
  };
  for (const text of texts) {
    let start: number | undefined;
    let end = 0;
    for (const span of splitSentences(text)) {
      start ??= span.start;
      end = span.end;
      words += wordsIn(text.slice(span.start, span.end));
      if (words < wordCount) continue;
      parts.push(text.slice(start, end));
      start = undefined;
      flush();
    }
    if (start === undefined) continue;
    parts.push(text.slice(start, end));
    if (words >= MIN_SHARE * wordCount) flush();
  }
  return pieces;
}

function wordsIn(text: string): number {
  return text.match(WORD)?.length ?? 0;
}
