import { isStopWord, type Span } from '../../shared/index.js';
import { AMBIGUOUS_GIVEN_NAMES, GIVEN_NAMES } from '../lexicon/given-names.js';
import {
  ADDRESS_WORDS,
  AFTER_A_PERSON,
  BEFORE_A_PERSON,
  GREETINGS,
  HONORIFICS,
  NAME_SUFFIXES,
  NAMES_A_PERSON,
  NOT_A_PERSON,
  ONLY_A_PERSON_DOES,
  PERSON_CUES,
  PRONOUN_AFTER,
  SURNAME_ENDING,
} from '../lexicon/name-cues.js';
import { CAPITALISED_WORDS, PLACE_NAMES } from '../lexicon/place-names.js';
import {
  beginsSentence,
  type CapitalisedRun,
  type CapitalisedWord,
  capitalisedRuns,
  foldedName,
} from './capitalised-runs.js';

const BEFORE_CHARS = 40;
const AFTER_CHARS = 40;
const PRONOUN_CHARS = 120;
const LAST_WORD = /(\p{L}+)[\s,:?]{0,8}$/u;
const MIN_NAME_CHARS = 2;
const MIN_SCORE = 2;
/** Above this no context takes a name back. */
const SURE_SCORE = 3;
const NO_PERSON = -1;

/**
 * Names of persons, by signs that add up (our own rules, after the cues of rule-based name taggers such as Presidio's
 * and Mikheev et al. 1999): a given name, a title, the words around, the form of a surname. English text; spans only.
 */
export function findPersonNames(text: string): Span[] {
  if (!/\p{Lu}/u.test(text)) return namesInLowerCase(text);
  const judged = [...capitalisedRuns(text)].flatMap(candidatesOf).map(({ words, honoured }) => ({
    start: words[0]!.start,
    end: words.at(-1)!.end,
    score: scoreOf(text, words, honoured),
  }));
  const sure = judged.filter(({ score }) => score >= MIN_SCORE);
  const known = new Set(sure.flatMap(({ start, end }) => wholeAndLast(text.slice(start, end))));
  return judged
    .filter((each, index) => each.score >= MIN_SCORE || isTakenAlong(text, each, judged, index, known))
    .map(({ start, end }) => ({ start, end }));
}

/** Who was named in full is named by the surname afterwards. */
function wholeAndLast(name: string): string[] {
  const last = name.split(' ').at(-1)!;
  return last.length > 2 && !NAME_SUFFIXES.has(foldedName(last)) ? [name, last] : [name];
}

interface Judged extends Span {
  readonly score: number;
}

/** A possible name is one where the same words are a name elsewhere, or where it is listed beside a sure one. */
function isTakenAlong(
  text: string,
  each: Judged,
  judged: readonly Judged[],
  index: number,
  known: ReadonlySet<string>,
): boolean {
  if (each.score < 0) return false;
  if (known.has(text.slice(each.start, each.end))) return true;
  const [before, after] = [judged[index - 1], judged[index + 1]];
  const isList = (left: Span, right: Span) =>
    /^(?:,| and|, and| or|,? &) $/u.test(text.slice(left.end, right.start));
  return (
    (before !== undefined && before.score >= MIN_SCORE && isList(before, each)) ||
    (after !== undefined && after.score >= MIN_SCORE && isList(each, after))
  );
}

/** A text without any capital is read by the list of given names alone. */
function namesInLowerCase(text: string): Span[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}@._-])\p{L}{4,20}(?![\p{L}\p{N}@_-])/gu)]
    .filter((match) => GIVEN_NAMES.has(foldedName(match[0])))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

interface Candidate {
  readonly words: readonly CapitalisedWord[];
  /** Whether a title stands right before. */
  readonly honoured: boolean;
}

/** A run falls apart at words that are in no name: "Hi Freddy", "The Steffen Mauer". */
function candidatesOf(run: CapitalisedRun): Candidate[] {
  const candidates: Candidate[] = [];
  let words: CapitalisedWord[] = [];
  let honoured = false;
  const close = () => {
    if (words.length > 0) candidates.push({ words, honoured });
    words = [];
    honoured = false;
  };
  for (const word of run.words) {
    const isTitle = HONORIFICS.has(word.folded);
    if (isTitle || isNoName(word)) {
      close();
      honoured = isTitle;
    } else words.push(word);
  }
  close();
  return candidates;
}

function isNoName({ folded, text }: CapitalisedWord): boolean {
  if (NAME_SUFFIXES.has(folded)) return false;
  if (ADDRESS_WORDS.has(folded) || GREETINGS.has(folded)) return true;
  return (text.length > 1 && isStopWord(folded)) || CAPITALISED_WORDS.has(folded) || text === 'I';
}

function scoreOf(text: string, words: readonly CapitalisedWord[], honoured: boolean): number {
  const [first, last] = [words[0]!, words.at(-1)!];
  const whole = text.slice(first.start, last.end);
  if (whole.length < MIN_NAME_CHARS) return NO_PERSON;
  if (PLACE_NAMES.has(whole) && !honoured) return NO_PERSON;
  if (words.some(({ folded }) => NOT_A_PERSON.has(folded))) return NO_PERSON;
  const before = text.slice(Math.max(0, first.start - BEFORE_CHARS), first.start);
  const after = text.slice(last.end, last.end + AFTER_CHARS);
  if (!honoured && (/\d[ ,]{0,2}$/u.test(before) || /^ \d/u.test(after))) return NO_PERSON;
  const own = wordScore(text, words) + (honoured ? 2 : 0);
  return own > SURE_SCORE ? own : own + contextScore(text, words, before, after);
}

/** What the words themselves say. */
function wordScore(text: string, words: readonly CapitalisedWord[]): number {
  const first = words[0]!;
  const capitals = words.every((word) => word.text.length > 1 && word.text === word.text.toUpperCase());
  let score = 0;
  if (words.some(({ folded }) => GIVEN_NAMES.has(partOf(folded)))) score += 2;
  else if (capitals) return 0;
  else if (AMBIGUOUS_GIVEN_NAMES.has(first.folded))
    score += words.length > 1 || !beginsSentence(text, first.start) ? 1 : 0;
  if (words.length > 1 && SURNAME_ENDING.test(words.at(-1)!.text)) score += 1.25;
  if (words.length > 2 && words[1]!.text.length === 1) score += 1.5;
  if (words.length > 1 && NAME_SUFFIXES.has(words.at(-1)!.folded)) score += 1;
  if (words.length > 1 && words.length < 4 && words.every((word) => word.text.length > 1)) score += 0.75;
  return score;
}

/** Half of a double name says as much as the whole. */
function partOf(folded: string): string {
  return GIVEN_NAMES.has(folded) ? folded : folded.split(/['’-]/u)[0]!;
}

/** What the words before say. */
function leadScore(before: string): number {
  if (!PERSON_CUES.has(LAST_WORD.exec(before)?.[1]?.toLowerCase() ?? '')) return 0;
  if (NAMES_A_PERSON.test(before)) return 2;
  return BEFORE_A_PERSON.test(before) ? 1 : 0;
}

/** What stands around them. */
function contextScore(
  text: string,
  words: readonly CapitalisedWord[],
  before: string,
  after: string,
): number {
  const isFirst = beginsSentence(text, words[0]!.start);
  let score = leadScore(before);
  if (ONLY_A_PERSON_DOES.test(after)) score += 2;
  else if (AFTER_A_PERSON.test(after)) score += words.length > 1 || !isFirst ? 1.25 : 1;
  if (SURNAME_ENDING.test(words.at(-1)!.text) && words.length === 1) score += 0.75;
  if (/(?<![\p{L}])the $/iu.test(before)) score -= words.length > 1 ? 0.5 : 1;
  const end = words.at(-1)!.end;
  if (
    /^ (?:is|was|began|has|had|will) /u.test(after) &&
    PRONOUN_AFTER.test(text.slice(end, end + PRONOUN_CHARS))
  )
    score += 1;
  return score;
}
