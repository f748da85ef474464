import { MARKS, type Mark, placeOf } from './style-features.js';

const PLACES = Object.fromEntries(MARKS.map((mark) => [mark, placeOf('marks', mark)])) as Readonly<
  Record<Mark, number>
>;
const BY_CHARACTER: ReadonlyMap<string, number> = new Map([
  [',', PLACES.comma],
  [';', PLACES.semicolon],
  [':', PLACES.colon],
  ['!', PLACES['exclamation mark']],
  ['?', PLACES['question mark']],
  ['(', PLACES.bracket],
  ['"', PLACES['double quote']],
  ['“', PLACES['double quote']],
  ['”', PLACES['double quote']],
  ["'", PLACES['single quote']],
  ['‘', PLACES['single quote']],
  ['’', PLACES['single quote']],
]);
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const FIRST_PICTOGRAPH = 0x203c;

/** Marks that are told by their neighbours; each pattern starts with what is rare, so that it is looked for quickly. */
const IN_CONTEXT: readonly (readonly [number, RegExp])[] = [
  [PLACES['full stop'], /\.(?<!\.\.)(?!\.)/gu],
  [PLACES.ellipsis, /…|\.(?<!\.\.)\.+/gu],
  [PLACES['repeated mark'], /[!?](?=[!?])/gu],
  [PLACES.hyphen, /-(?<=\p{L}-)(?=\p{L})/gu],
  [PLACES.dash, /[–—]|-(?<![-\p{L}]-)(?!\p{L})|-(?<!--)-/gu],
  [PLACES.emoticon, /[:;](?<!\S.)-?[)(DPp](?!\w)/gu],
];

/** Counts one character that is no part of a word, and gives it back. */
export function countMark(character: string, counts: number[]): string {
  const place = BY_CHARACTER.get(character);
  if (place !== undefined) counts[place]!++;
  else if (character.codePointAt(0)! >= FIRST_PICTOGRAPH && PICTOGRAPH.test(character))
    counts[PLACES.emoji]!++;
  return character;
}

/** Counts what a word as it is written shows: a contraction, capitals, a small _i_, a number. */
export function countWordMarks(word: string, counts: number[]): void {
  if (/\p{L}['’](?:t|s|m|d|re|ve|ll)$/iu.test(word)) counts[PLACES.contraction]!++;
  if (/^\p{Lu}{3,}$/u.test(word)) counts[PLACES['word in capitals']]!++;
  if (/^i(?:$|['’])/u.test(word)) counts[PLACES['lower-case i']]!++;
  if (/^\p{N}/u.test(word)) counts[PLACES.number]!++;
}

/** Counts the marks whose neighbours tell what they are. */
export function countContextMarks(text: string, counts: number[]): void {
  for (const [place, pattern] of IN_CONTEXT) counts[place] = text.match(pattern)?.length ?? 0;
}
