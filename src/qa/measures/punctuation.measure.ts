import type { ToneEvidence } from './tone-evidence.js';
import type { ToneReading } from './tone-reading.js';

export type PunctuationRule =
  | 'exclamation marks'
  | 'repeated marks'
  | 'ellipses'
  | 'missing terminators'
  | 'spacing'
  | 'mixed quotes';

const TERMINATED = /[.!?…:;。！？][\])}"'”’*_`]*$/u;
/** A heading, a list item, a table row, code, or a line too short to be a sentence. */
const NO_SENTENCE = /^(?:[-*+•#>|`]|\d{1,3}[.)]\s)/u;
const MIN_SENTENCE_WORDS = 4;
const MAX_RUN_WEIGHT = 3;
const MAX_CLOSING_CHARS = 12;
/** A full stop that ends a word of letters and is followed by a capital without a space. */
const MISSING_SPACE = /(?<=\p{Ll}{2})([,;!?]|\.(?=\p{Lu}\p{Ll}))(?=\p{L})/gu;

/** Marks that jar or break the usual spacing of English (after The Chicago Manual of Style, 17th edition, chapter 6). */
export function punctuationEvidence(reading: ToneReading): Record<PunctuationRule, readonly ToneEvidence[]> {
  const { text } = reading;
  return {
    // A run of marks is set right by the rule of repeated marks.
    'exclamation marks': found(text, /!+/gu, (run) => (run.length === 1 ? '.' : null)).map((each) => ({
      ...each,
      weight: Math.min(MAX_RUN_WEIGHT, each.end - each.start),
    })),
    'repeated marks': found(text, /[!?]{2,}/gu, (run) => (run.includes('?') ? '?' : '!')),
    ellipses: found(text, /(?:…|(?<!\.)\.{2,})(?=(\s+\p{Ll})?)/gu, (_, goesOn) =>
      goesOn === undefined ? '.' : null,
    ),
    'missing terminators': missingTerminators(reading),
    spacing: [
      ...found(text, /(?<=\S) {2,}(?=\S)/gu, () => ' '),
      ...found(text, /(?<=[\p{L}\p{N}]) +(?=[,;:.!?](?:\s|$))/gu, () => ''),
      ...found(text, MISSING_SPACE, (mark) => `${mark} `),
    ].toSorted((one, other) => one.start - other.start),
    'mixed quotes': mixedQuotes(text),
  };
}

function found(
  text: string,
  pattern: RegExp,
  fixOf: (match: string, group: string | undefined) => string | null,
): ToneEvidence[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    weight: 1,
    fix: fixOf(match[0], match[1]),
  }));
}

/** The places behind sentences that end without a mark. */
function missingTerminators({ text, sentences }: ToneReading): ToneEvidence[] {
  return sentences
    .filter(({ start, end }) => !TERMINATED.test(text.slice(Math.max(start, end - MAX_CLOSING_CHARS), end)))
    .filter(
      ({ start, end }) => !NO_SENTENCE.test(text.slice(start, start + 5)) && hasWords(text.slice(start, end)),
    )
    .map(({ end }) => ({ start: end, end, weight: 1, fix: '.' }));
}

function hasWords(text: string): boolean {
  return (text.match(/\p{L}+/gu)?.length ?? 0) >= MIN_SENTENCE_WORDS;
}

/** The rarer kind of double quotes where a text has both, straight and curly. */
function mixedQuotes(text: string): ToneEvidence[] {
  const straight = [...text.matchAll(/"/gu)];
  const curly = [...text.matchAll(/[“”]/gu)];
  if (straight.length === 0 || curly.length === 0) return [];
  const rarer = straight.length < curly.length ? straight : curly;
  return rarer.map((match) => ({
    start: match.index,
    end: match.index + 1,
    weight: 1,
    // Which way a curly quote must turn depends on its neighbours.
    fix: rarer === curly ? '"' : /\s/u.test(text[match.index - 1] ?? ' ') ? '“' : '”',
  }));
}
