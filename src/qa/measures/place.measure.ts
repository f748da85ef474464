import { detectContacts, isStopWord, type Span } from '../../shared/index.js';
import { GIVEN_NAMES } from '../lexicon/given-names.js';
import { BEFORE_A_PLACE, HONORIFICS, NOT_A_PERSON, PLACE_CUES } from '../lexicon/name-cues.js';
import { CAPITALISED_WORDS, MOST_PLACE_WORDS, PLACE_NAMES } from '../lexicon/place-names.js';
import { type CapitalisedRun, type CapitalisedWord, capitalisedRuns } from './capitalised-runs.js';

const BEFORE_CHARS = 40;
const LAST_WORD = /(\p{L}+)\s?:?\s{0,8}$/u;

/**
 * Names of places (our own rules): those of a list of countries, regions and large cities, and capitalised words where
 * the words before say that somebody is, lives or goes there, or an address goes on with them.
 */
export function findPlaces(text: string): Span[] {
  if (!/\p{Lu}/u.test(text)) return placesInLowerCase(text);
  const addresses = detectContacts(text)
    .filter(({ type }) => type === 'postal_address')
    .map(({ span }) => span);
  const found: Span[] = [];
  for (const run of capitalisedRuns(text)) {
    const listed = listedPlaces(text, run);
    if (listed.length > 0) found.push(...listed);
    else if (isAfterAddress(text, run, addresses) || isAfterPlaceWord(text, run)) {
      const span = namePart(run.words);
      if (span) found.push(span);
    }
  }
  return found.filter(({ end }) => (lastBefore(addresses, end)?.end ?? 0) < end);
}

/** A text without any capital is read by the list alone, and only where a place is to be expected. */
function placesInLowerCase(text: string): Span[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}@._-])\p{L}{4,20}(?![\p{L}\p{N}@_-])/gu)]
    .filter((match) => PLACE_NAMES.has(match[0][0]!.toUpperCase() + match[0].slice(1)))
    .filter((match) => BEFORE_A_PLACE.test(text.slice(Math.max(0, match.index - BEFORE_CHARS), match.index)))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The longest names of the list inside a run of capitalised words. */
function listedPlaces(text: string, { words }: CapitalisedRun): Span[] {
  const found: Span[] = [];
  for (let first = 0; first < words.length; first++) {
    for (let count = Math.min(MOST_PLACE_WORDS, words.length - first); count > 0; count--) {
      const [start, end] = [words[first]!.start, words[first + count - 1]!.end];
      const name = text.slice(start, end);
      if (!PLACE_NAMES.has(name) && !PLACE_NAMES.has(titled(name))) continue;
      if (!isPartOfAnotherName(words, first, count)) found.push({ start, end });
      first += count - 1;
      break;
    }
  }
  return found;
}

/** "Paris Hilton" and "Chelsea Jackson" are persons, "Boston University" is a school. */
function isPartOfAnotherName(words: readonly CapitalisedWord[], first: number, count: number): boolean {
  const before = words[first - 1]?.folded;
  const after = words[first + count]?.folded;
  return (
    (before !== undefined && (GIVEN_NAMES.has(before) || HONORIFICS.has(before))) ||
    (after !== undefined && NOT_A_PERSON.has(after) && after !== 'city')
  );
}

function titled(name: string): string {
  return name.length > 3 && name === name.toUpperCase()
    ? name.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
    : name;
}

function isAfterPlaceWord(text: string, run: CapitalisedRun): boolean {
  const before = text.slice(Math.max(0, run.start - BEFORE_CHARS), run.start);
  const last = LAST_WORD.exec(before)?.[1];
  return last !== undefined && PLACE_CUES.has(last.toLowerCase()) && BEFORE_A_PLACE.test(before);
}

function isAfterAddress(text: string, run: CapitalisedRun, addresses: readonly Span[]): boolean {
  const last = lastBefore(addresses, run.start);
  return (
    last !== undefined && run.start - last.end <= 6 && /^[\s,>]+$/u.test(text.slice(last.end, run.start))
  );
}

/** The last span that begins before a place in the text; looked for by halves. */
function lastBefore(spans: readonly Span[], at: number): Span | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < at) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}

/** The words up to the first one that no place has, or nothing where the first one is none. */
function namePart(words: readonly CapitalisedWord[]): Span | null {
  let count = 0;
  for (const word of words) {
    if (isStopWord(word.folded) || CAPITALISED_WORDS.has(word.folded) || HONORIFICS.has(word.folded)) break;
    if (count === 0 && (GIVEN_NAMES.has(word.folded) || word.text.length < 3)) return null;
    count++;
  }
  return count === 0 ? null : { start: words[0]!.start, end: words[count - 1]!.end };
}
