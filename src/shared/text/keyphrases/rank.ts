import { CLASS_STEMS, DISCOURSE_STEMS } from '../lexicon/general-words.js';
import { VAGUE_ADJECTIVES } from '../lexicon/modifiers.js';
import { type Candidate, candidatesIn } from './candidates.js';
import { type PhraseWord, phraseWordsOf } from './phrase-words.js';

/** A phrase of a text and how likely it names what the text is about. */
export interface RankedPhrase extends Candidate {
  /** Log-odds, about -4..1, rounded so that equal means equal on any machine. */
  readonly score: number;
}

/** How a text as a whole is written: what decides whether single words or whole terms name its subjects. */
interface Manner {
  readonly words: readonly PhraseWord[];
  /** How much it tells of persons (0..1): the personal pronouns and speech of Biber's (1988) involved and narrative texts. */
  readonly personal: number;
  /** How much it names (0..1), by capitals inside of sentences. */
  readonly naming: number;
  readonly isShort: boolean;
}

const PERSONAL = /^(?:i|me|my|you|your|he|him|his|she|her|said|says|mrs?)$/u;
/** Words per personal word, and per capital, from which on a text is wholly personal, or wholly of names. */
const PERSONAL_EVERY_WORDS = 50;
const NAME_EVERY_WORDS = 6;
const SHORT_WORDS = 25;
const LONG_WORD_CHARS = 6;

/** Log-odds of one unit of each sign: a logistic model, its weights fitted once to five public sets together. */
const WEIGHT = {
  base: -1,
  free: 0.45,
  position: -0.15,
  sentences: 0.6,
  company: 0.1,
  whole: 0.15,
  part: -0.55,
  threeWords: 0.25,
  moreWords: -0.15,
  longInShortText: -1.35,
  longInPersonal: -1.2,
  single: -0.95,
  singleInPersonal: 0.75,
  singleLengthInPersonal: 0.85,
  singleInNaming: 1.05,
  discourse: -0.8,
  general: -0.15,
  generalInPersonal: 1.55,
  singleGeneral: -1.45,
  vague: -1,
  acronym: 0.45,
  activity: 0.55,
} as const;

/**
 * All noun phrases of a text, best first. The signs are those of unsupervised keyphrase extraction: early and repeated
 * (KEA, Witten et al. 1999; YAKE, Campos et al. 2020), independent of longer phrases (C-value, Frantzi et al. 2000),
 * in many companies (RAKE, Rose et al. 2010), of the length and kind of word that the manner of the text calls for.
 */
export function rankPhrases(text: string): readonly RankedPhrase[] {
  const words = phraseWordsOf(text);
  const candidates = candidatesIn(text, words);
  const manner = mannerOf(words);
  const longer = mostInLonger(candidates);
  const companies = companiesOf(candidates);
  return candidates
    .map((candidate) => {
      const score =
        WEIGHT.base +
        useScore(candidate, manner, longer.get(candidate.key) ?? 0) +
        WEIGHT.company * meanLog(candidate.stems, companies) +
        lengthScore(candidate, manner) +
        wordScore(candidate, manner);
      return { ...candidate, score: Math.round(score * 1e6) / 1e6 };
    })
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.occurrences[0]!.first - b.occurrences[0]!.first ||
        a.stems.length - b.stems.length,
    );
}

function mannerOf(words: readonly PhraseWord[]): Manner {
  let personal = 0;
  let names = 0;
  for (const { lower, text, adjoins } of words) {
    if (PERSONAL.test(lower)) personal++;
    if (adjoins && /^\p{Lu}/u.test(text)) names++;
  }
  const count = Math.max(1, words.length);
  return {
    words,
    personal: Math.min(1, (personal * PERSONAL_EVERY_WORDS) / count),
    naming: Math.min(1, (names * NAME_EVERY_WORDS) / count),
    isShort: words.length < SHORT_WORDS,
  };
}

/** For each phrase that is part of longer ones: how often the most frequent of these occurs. */
function mostInLonger(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { stems, occurrences } of candidates)
    for (let length = 1; length < stems.length; length++)
      for (let from = 0; from + length <= stems.length; from++) {
        const part = stems.slice(from, from + length).join(' ');
        most.set(part, Math.max(most.get(part) ?? 0, occurrences.length));
      }
  return most;
}

/** For each stem: in how many whole phrases it stands. */
function companiesOf(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const companies = new Map<string, number>();
  for (const { stems, occurrences } of candidates)
    if (occurrences.some(({ isWhole }) => isWhole))
      for (const stem of new Set(stems)) companies.set(stem, (companies.get(stem) ?? 0) + 1);
  return companies;
}

function meanLog(stems: readonly string[], counts: ReadonlyMap<string, number>): number {
  return stems.reduce((sum, stem) => sum + Math.log(counts.get(stem) ?? 1), 0) / stems.length;
}

/** Where and how often it is used. */
function useScore({ occurrences }: Candidate, { words }: Manner, inLonger: number): number {
  const sentences = new Set(occurrences.map(({ first }) => words[first]!.sentence)).size;
  const whole = occurrences.filter(({ isWhole }) => isWhole).length / occurrences.length;
  return (
    WEIGHT.free * Math.log1p(Math.max(0, occurrences.length - inLonger)) +
    WEIGHT.position * Math.log1p(occurrences[0]!.first) +
    WEIGHT.sentences * Math.log(sentences) +
    WEIGHT.whole * whole +
    (inLonger > 0 ? WEIGHT.part : 0)
  );
}

function lengthScore({ text, stems }: Candidate, { personal, naming, isShort }: Manner): number {
  if (stems.length === 1)
    return (
      WEIGHT.single +
      WEIGHT.singleInPersonal * personal +
      WEIGHT.singleLengthInPersonal * personal * Math.log(text.length / LONG_WORD_CHARS) +
      WEIGHT.singleInNaming * naming
    );
  if (stems.length === 2) return 0;
  return (
    (stems.length === 3 ? WEIGHT.threeWords : WEIGHT.moreWords) +
    WEIGHT.longInPersonal * personal +
    (isShort ? WEIGHT.longInShortText : 0)
  );
}

/** What its words say by themselves. */
function wordScore({ text, stems, occurrences }: Candidate, { words, personal }: Manner): number {
  const { first, last } = occurrences[0]!;
  const discourse = stems.filter((stem) => DISCOURSE_STEMS.has(stem)).length / stems.length;
  const isGeneral = stems.every((stem) => DISCOURSE_STEMS.has(stem) || CLASS_STEMS.has(stem));
  let score = WEIGHT.discourse * discourse;
  if (isGeneral) score += WEIGHT.general + WEIGHT.generalInPersonal * personal;
  if (isGeneral && stems.length === 1) score += WEIGHT.singleGeneral;
  if (VAGUE_ADJECTIVES.has(words[first]!.lower)) score += WEIGHT.vague;
  if (/^[\p{Lu}\p{N}]{2,}s?$/u.test(words[last]!.text)) score += WEIGHT.acronym;
  if (text.endsWith('ing')) score += WEIGHT.activity;
  return score;
}
