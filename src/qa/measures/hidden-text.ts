import type { Span } from '../../shared/index.js';

export type HidingPlace =
  | 'tag_characters'
  | 'zero_width_code'
  | 'encoded_text'
  | 'markup'
  | 'spaced_letters'
  | 'bidi_override';

/** A piece of text that a reader of the page would not see or could not read, and what it says. */
export interface HiddenText {
  readonly place: HidingPlace;
  readonly span: Span;
  /** What it says, as far as it can be read; empty where only the hiding itself is known. */
  readonly says: string;
}

/** Flags are an emoji followed by tag letters and are seen as one picture. */
const TAGS = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,8})[\u{E0020}-\u{E007E}]{2,4000}/gu;
const ZERO_WIDTH = /[\u200B\u200C\u2060\uFEFF\u180E]{8,4000}/gu;
const BASE64 = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{24,4000}={0,2}(?![A-Za-z0-9+/=_-])/gu;
const HEX = /(?<![0-9A-Za-z])(?:[0-9a-f]{2}){16,2000}(?![0-9A-Za-z])/giu;
const MAX_COMMENT_CHARS = 4_000;
const UNSEEN_ELEMENT =
  /<[a-z][^<>]{0,300}(?:display\s{0,2}:\s{0,2}none|visibility\s{0,2}:\s{0,2}hidden|font-size\s{0,2}:\s{0,2}[01](?:px|pt|em)?\s{0,2}[;"']|opacity\s{0,2}:\s{0,2}0\s{0,2}[;"']|color\s{0,2}:\s{0,2}(?:white|#fff(?:fff)?)|\shidden[\s>=])[^<>]{0,300}>([^<]{4,2000})/giu;
const SPACED = /(?<!(?<![\p{L}\p{N}])\p{L} )(?<![\p{L}\p{N}])\p{L}(?: \p{L}){11,400}(?![\p{L}\p{N}])/gu;
const OVERRIDE = /[\u202D\u202E][^\n\u202C]{1,200}/gu;

/** Text hidden in invisible characters, codes or markup (OWASP LLM01, Unicode Technical Report 36). */
export function* findHiddenText(text: string): Generator<HiddenText> {
  for (const match of text.matchAll(TAGS)) yield found('tag_characters', match, tagsAsAscii(match[0]));
  for (const match of text.matchAll(ZERO_WIDTH)) yield found('zero_width_code', match, '');
  for (const match of text.matchAll(SPACED))
    yield found('spaced_letters', match, match[0].replaceAll(' ', ''));
  for (const match of text.matchAll(OVERRIDE)) {
    if (/\p{Script=Latin}{3}/u.test(match[0])) yield found('bidi_override', match, '');
  }
  yield* findEncoded(text);
  yield* findComments(text);
  for (const match of text.matchAll(UNSEEN_ELEMENT)) yield found('markup', match, match[1]!);
}

function* findEncoded(text: string): Generator<HiddenText> {
  for (const match of text.matchAll(BASE64)) {
    const isMixed = /[A-Z]/.test(match[0]) && /[a-z]/.test(match[0]);
    const says = isMixed ? readable(Buffer.from(match[0], 'base64').toString('utf8')) : null;
    if (says !== null) yield found('encoded_text', match, says);
  }
  for (const match of text.matchAll(HEX)) {
    const says = readable(Buffer.from(match[0], 'hex').toString('utf8'));
    if (says !== null) yield found('encoded_text', match, says);
  }
}

/** By hand: an expression would look for each end once more from every beginning. */
function* findComments(text: string): Generator<HiddenText> {
  for (let start = text.indexOf('<!--'); start !== -1; ) {
    const close = text.indexOf('-->', start + 4);
    if (close === -1) return;
    const says = text.slice(start + 4, Math.min(close, start + 4 + MAX_COMMENT_CHARS));
    yield { place: 'markup', span: { start, end: close + 3 }, says };
    start = text.indexOf('<!--', close + 3);
  }
}

function found(place: HidingPlace, match: RegExpExecArray, says: string): HiddenText {
  return { place, span: { start: match.index, end: match.index + match[0].length }, says };
}

function tagsAsAscii(tags: string): string {
  return [...tags].map((tag) => String.fromCharCode(tag.codePointAt(0)! - 0xe0000)).join('');
}

/** Keys, hashes and pictures decode to noise; words decode to letters and spaces. */
function readable(decoded: string): string | null {
  if (decoded.length < 12 || !/\p{L}{2} \p{L}/u.test(decoded)) return null;
  const plain = decoded.match(/[\p{L}\p{N}\s.,:;!?'"()/-]/gu)?.length ?? 0;
  return plain / [...decoded].length > 0.9 ? decoded : null;
}
