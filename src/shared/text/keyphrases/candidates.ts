import { isNominal, type PhraseWord } from './phrase-words.js';

/** One place of a phrase: the indices of its first and last word. */
export interface Occurrence {
  readonly first: number;
  readonly last: number;
  /** Whether it is a whole noun phrase and no part of a longer one. */
  readonly isWhole: boolean;
  /** Whether it ends where its noun phrase ends, and so holds what the phrase is about. */
  readonly hasHead: boolean;
}

/** A phrase that could name what a text is about, with all its places. */
export interface Candidate {
  /** As it stands where it first occurs. */
  readonly text: string;
  /** Offset of that place, in UTF-16 code units. */
  readonly start: number;
  /** Its stems, joined by spaces: what tells one phrase from another. */
  readonly key: string;
  readonly stems: readonly string[];
  readonly occurrences: readonly Occurrence[];
}

const MAX_PHRASE_WORDS = 5;
/** A longer run is no English noun phrase: a list without marks, code, another language. */
const MAX_RUN_WORDS = 12;
const MAX_HEADING_CHARS = 200;
const MAX_HEADING_WORDS = 25;
const MIN_HEADING_WORDS = 3;

/**
 * Runs of adjectives and nouns that end with a noun, whole and in parts (the pattern of Hulth 2003), by their first
 * places. What a text says it has no trace of ("no abstract") it is not about.
 */
export function candidatesIn(text: string, words: readonly PhraseWord[]): readonly Candidate[] {
  const found = new Map<
    string,
    { text: string; start: number; stems: string[]; occurrences: Occurrence[] }
  >();
  const headingEnd = headingEndOf(text, words);
  for (let from = 0; from < words.length; from++) {
    if (!isNominal(words[from]!)) continue;
    const end = runEnd(words, from, headingEnd);
    const isDenied = words[from]!.adjoins && words[from - 1]?.lower === 'no';
    if (!isDenied && end - from < MAX_RUN_WORDS) {
      for (const occurrence of partsOf(words, from, lastNoun(words, from, end))) {
        const part = words.slice(occurrence.first, occurrence.last + 1);
        const stems = part.map(({ stem }) => stem);
        const key = stems.join(' ');
        const known = found.get(key);
        if (known !== undefined) known.occurrences.push(occurrence);
        else
          found.set(key, {
            text: text.slice(part[0]!.start, part.at(-1)!.end),
            start: part[0]!.start,
            stems,
            occurrences: [occurrence],
          });
      }
    }
    from = end;
  }
  return [...found].map(([key, candidate]) => ({ key, ...candidate }));
}

/** Index of the last word of the run of adjectives, nouns and numbers that begins here. */
function runEnd(words: readonly PhraseWord[], from: number, headingEnd: number): number {
  let end = from;
  for (let next = from + 1; next < words.length && next !== headingEnd; next++) {
    const word = words[next]!;
    if (!word.adjoins || !(isNominal(word) || word.wordClass === 'number')) break;
    end = next;
  }
  return end;
}

function lastNoun(words: readonly PhraseWord[], from: number, end: number): number {
  let last = end;
  while (last >= from && words[last]!.wordClass === 'adjective') last--;
  return last;
}

function* partsOf(words: readonly PhraseWord[], from: number, end: number): Generator<Occurrence> {
  for (let first = from; first <= end; first++) {
    if (!isNominal(words[first]!)) continue;
    for (let last = first; last <= Math.min(end, first + MAX_PHRASE_WORDS - 1); last++) {
      if (words[last]!.wordClass !== 'noun') continue;
      if (last === first && words[first]!.text.length < 2) continue;
      yield { first, last, isWhole: first === from && last === end, hasHead: last === end };
    }
  }
}

/**
 * Index of the first word behind the heading: the first line where it is short, else what stands before a capital that
 * no mark announces, as where a page's title runs into its text; 0 where there is none.
 */
function headingEndOf(text: string, words: readonly PhraseWord[]): number {
  const newline = text.indexOf('\n');
  if (newline > 0 && newline <= MAX_HEADING_CHARS)
    return Math.max(
      0,
      words.findIndex(({ start }) => start > newline),
    );
  let end = 0;
  for (let at = MIN_HEADING_WORDS; at < Math.min(words.length, MAX_HEADING_WORDS); at++) {
    const word = words[at]!;
    const before = words[at - 1]!;
    if (word.sentence !== before.sentence) break;
    if (!word.adjoins || !/^\p{Lu}/u.test(word.text) || !/^\p{Ll}/u.test(before.text)) continue;
    if (!isNominal(word)) return at;
    end = at;
  }
  return end;
}
