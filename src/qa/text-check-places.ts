import { detectSensitive, type Span } from '../shared/index.js';
import type { Finding, MannerFault } from './report.js';
import type { CheckedFault, CheckedFinding } from './text-check-answer.js';

const PIECE = /[\p{L}\p{N}]{3,}/gu;
const SAME_MASK_AGAIN = /(\[[a-z_]+\])(?:[^[]{1,6}\1)+/gu;

/** Findings of sentences as findings of the whole text, in its order, without the secrets they quote. */
export function findingsInText(
  findings: readonly Finding[],
  sentences: readonly Span[],
  mask: (words: string) => string,
): CheckedFinding[] {
  return findings
    .map(({ kind, sentence, span, evidence, message }) => ({
      kind,
      span: placeInText(sentence ?? 0, span, sentences),
      evidence: kind === 'sensitive' ? evidence : mask(evidence),
      message: message.replace(/"([^"]*)"/g, (_quoted, words: string) => `"${mask(words)}"`),
    }))
    .sort((one, other) => one.span.start - other.span.start);
}

export function faultInText({ places, ...fault }: MannerFault, sentences: readonly Span[]): CheckedFault {
  return {
    ...fault,
    places: places.map(({ sentence, span, fix }) => ({ span: placeInText(sentence, span, sentences), fix })),
  };
}

function placeInText(sentence: number, span: Span | null, sentences: readonly Span[]): Span {
  const whole = sentences[sentence] ?? { start: 0, end: 0 };
  if (span === null) return whole;
  return { start: whole.start + span.start, end: endInText(sentence, span.end, sentences) };
}

/** Rules of tone read sentences one a line: what begins in one may end in a later one. */
function endInText(sentence: number, end: number, sentences: readonly Span[]): number {
  let at = sentence;
  let rest = end;
  for (;;) {
    const { start, end: last } = sentences[at]!;
    if (rest <= last - start || at === sentences.length - 1) return Math.min(start + rest, last);
    rest -= last - start + 1;
    at++;
    // It ends with the line break itself.
    if (rest <= 0) return last;
  }
}

/** Hides every piece of the secrets and personal numbers that these texts hold, wherever words repeat it. */
export function secretMask(texts: readonly string[]): (words: string) => string {
  const pieces = new Map<string, string>();
  for (const text of texts)
    for (const { type, span } of detectSensitive(text))
      for (const [piece] of text.slice(span.start, span.end).matchAll(PIECE)) pieces.set(piece, `[${type}]`);
  if (pieces.size === 0) return (words) => words;
  return (words) =>
    words.replace(PIECE, (piece) => pieces.get(piece) ?? piece).replace(SAME_MASK_AGAIN, '$1');
}
