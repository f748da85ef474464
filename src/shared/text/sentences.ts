/** A piece of a text: offsets in UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof sr jr st vs etc e.g i.e eg ie cf al approx dept est fig no nos vol pp ca inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m u.s u.k'.split(
    ' ',
  ),
);
/** Looks behind so that a long run of dots is tried once, not once a dot. */
const TERMINATOR = /(?<![.!?…])[.!?…]+["'”’)\]*_]*(?=\s|$)|[。！？]+/gu;
const LIST_OR_HEADING = /^\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#{1,6}\s|>|\||```|~~~)/u;
/** A line at least this long that ends without a terminator is taken as hard-wrapped prose. */
const WRAPPED_LINE_CHARS = 60;

/**
 * Splits a text into sentences: verbatim spans, trimmed of white space, in order and without overlap.
 * Line breaks end a sentence except inside hard-wrapped prose; abbreviations, initials and decimals do not.
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  // Who writes without capitals begins sentences without them too.
  const isCased = /\p{Lu}/u.test(text);
  for (const block of blocks(text)) splitBlock(text, block, isCased, spans);
  return spans;
}

/** Runs of lines that belong together: a paragraph of prose, or a single list item, heading or short line. */
function* blocks(text: string): Generator<Span> {
  let start = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const next = text.slice(lineEnd + 1, lineEnd + 41);
    const line = text.slice(lineStart, lineEnd).trimEnd();
    const wrapped =
      newline !== -1 &&
      line.length >= WRAPPED_LINE_CHARS &&
      !/[.!?:;…。！？]["'”’)\]]*$/u.test(line) &&
      /^\S/u.test(next) &&
      !LIST_OR_HEADING.test(next);
    lineStart = lineEnd + 1;
    if (wrapped) continue;
    yield { start, end: lineEnd };
    start = lineStart;
  }
}

function splitBlock(text: string, block: Span, isCased: boolean, spans: Span[]): void {
  const content = text.slice(block.start, block.end);
  let from = 0;
  for (const match of content.matchAll(TERMINATOR)) {
    const end = match.index + match[0].length;
    if (match[0][0] === '.' && !endsSentence(content, match.index, end, isCased)) continue;
    pushTrimmed(text, block.start + from, block.start + end, spans);
    from = end;
  }
  pushTrimmed(text, block.start + from, block.end, spans);
}

function endsSentence(content: string, dot: number, end: number, isCased: boolean): boolean {
  const before = content.slice(Math.max(0, dot - 12), dot);
  const word = /(?:^|[\s("'“])([\p{L}.]+)$/u.exec(before)?.[1]?.toLowerCase();
  const after = /^\s+(\S)/u.exec(content.slice(end, end + 8))?.[1];
  if (after === undefined) return true;
  if (isCased && /\p{Ll}/u.test(after)) return false;
  if (word === undefined) return !/^\s*\d{1,3}$/u.test(before);
  return !(ABBREVIATIONS.has(word) || (word.length === 1 && word !== 'i'));
}

function pushTrimmed(text: string, start: number, end: number, spans: Span[]): void {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(text[from]!)) from++;
  while (to > from && /\s/u.test(text[to - 1]!)) to--;
  if (to > from && /[\p{L}\p{N}]/u.test(text.slice(from, to))) spans.push({ start: from, end: to });
}
