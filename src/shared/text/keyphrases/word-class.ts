import {
  ACTIVITY_NOUNS,
  ADJECTIVE_TAILS,
  ADJECTIVES,
  LINKING_PARTICIPLES,
  NEVER_IN_PHRASE,
  NOUNS_IN_LY,
  NOUNS_LIKE_ADJECTIVES,
  VAGUE_ADJECTIVES,
} from '../lexicon/modifiers.js';
import { IRREGULAR_PASTS, NOUNS_AS_WELL, VERBS } from '../lexicon/verbs.js';
import { isStopWord } from '../terms.js';

/** What a word can be in a noun phrase; `verb`, `function` and `other` belong to none. */
export type WordClass = 'noun' | 'adjective' | 'number' | 'verb' | 'function' | 'other';

/** A word and its class, as far as it was read. */
export interface ClassedWord {
  readonly lower: string;
  readonly wordClass: WordClass;
}

/** The words on both sides, where only a space parts them. */
export interface Neighbours {
  readonly before: ClassedWord | undefined;
  /** Lower-cased. */
  readonly after: string | undefined;
}

const MAX_WORD_CHARS = 40;
const ADJECTIVE_ENDING =
  /(?:[^aeiou]al|ial|ual|ive|ous|ic|able|ible|ful|less|esque|ular|wise|like|ior|[nl]ese|guese|ary|[^m]ent|ant)$/u;
const DETERMINER =
  /^(?:an?|the|my|our|your|his|her|its|their|this|these|that|those|each|every|some|any|no|how|whether|what|us|them|it|him)$/u;
const SUBJECT =
  /^(?:i|you|he|she|it|we|they|who|which|that|to|not|will|would|can|could|may|might|must|shall|should|cannot)$/u;
/** After these a noun stands as well as a verb: "that work", "to school". */
const VAGUE_SUBJECT = /^(?:that|to|it)$/u;
/** As in "forty-two". */
const TENS = /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-/u;
const MODAL =
  /^(?:do|does|did|will|would|can|could|may|might|must|shall|should|cannot|ought)$|['’](?:s|re|m|ve|ll|d|t)$/u;
const AUXILIARY = /^(?:is|are|was|were|be|been|being|am|has|have|had|having|gets?|got)$/u;

/**
 * The class of an English word by its ending, by lists of closed classes and by its neighbours; what nothing speaks
 * against is a noun, as in the shallow taggers of keyphrase extraction (Hulth 2003).
 */
export function classOf(text: string, lower: string, near: Neighbours): WordClass {
  const closed = closedClassOf(lower);
  if (closed !== null) return closed;
  const isName = near.before !== undefined && /^\p{Lu}/u.test(text);
  if (/^\p{L}[^-]*ly$/u.test(lower) && !NOUNS_IN_LY.has(lower)) return isName ? 'noun' : 'other';
  if (LINKING_PARTICIPLES.has(lower)) return 'verb';
  if (isParticiple(lower)) return participleClass(near);
  if (IRREGULAR_PASTS.has(lower)) return 'verb';
  if (lower.length > 5 && /^\p{L}+ing$/u.test(lower)) return gerundClass(lower, near);
  if (!isName && isVerb(lower, near)) return 'verb';
  return isAdjective(lower) ? 'adjective' : 'noun';
}

function closedClassOf(lower: string): WordClass | null {
  if (/^\p{N}/u.test(lower) || TENS.test(lower)) return 'number';
  if (isStopWord(lower) || /['’]/u.test(lower)) return 'function';
  return NEVER_IN_PHRASE.has(lower) || lower.length > MAX_WORD_CHARS ? 'other' : null;
}

function isParticiple(lower: string): boolean {
  if (IRREGULAR_PASTS.has(lower)) return /(?:en|wn|ne)$/u.test(lower);
  return lower.length > 4 && /^\p{L}+ed$/u.test(lower);
}

/** Whether a base form, or one in `-s`, is a verb here. */
function isVerb(word: string, { before, after }: Neighbours): boolean {
  const bases = word.endsWith('s') ? basesOf(word) : [word];
  const listed = bases.find((base) => VERBS.has(base));
  if (listed !== undefined && !NOUNS_AS_WELL.has(listed)) return true;
  if (before === undefined) return false;
  if (SUBJECT.test(before.lower)) {
    const isKnown = bases.some((base) => VERBS.has(base) || NOUNS_AS_WELL.has(base));
    if (isKnown || !VAGUE_SUBJECT.test(before.lower)) return !isAdjective(word);
  }
  if (before.wordClass !== 'noun' || after === undefined || !DETERMINER.test(after)) return false;
  return word.endsWith('s') || (listed !== undefined && before.lower.endsWith('s'));
}

/**
 * Whether a form in `-s` is the verb of a clause in which no other was found: "the cistern feeds the beds". Only where
 * a noun stands before it and something it could act on behind.
 */
export function canBePredicate(word: ClassedWord, before: ClassedWord, after: ClassedWord): boolean {
  if (!word.lower.endsWith('s') || before.wordClass !== 'noun') return false;
  if (!basesOf(word.lower).some((base) => VERBS.has(base) || NOUNS_AS_WELL.has(base))) return false;
  return /^(?:noun|adjective|number)$/u.test(after.wordClass) || DETERMINER.test(after.lower);
}

/** Whether a word shows that its clause has a verb. */
export function isPredicate({ lower, wordClass }: ClassedWord): boolean {
  return wordClass === 'verb' || AUXILIARY.test(lower) || MODAL.test(lower);
}

function basesOf(word: string): readonly string[] {
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : [word.slice(0, -1)];
}

/** A participle in front of a noun is an adjective, unless it is what a noun before it did. */
function participleClass({ before, after }: Neighbours): WordClass {
  const opensPhrase =
    after !== undefined && !isStopWord(after) && !NEVER_IN_PHRASE.has(after) && !after.endsWith('ly');
  if (!opensPhrase) return 'verb';
  if (before === undefined) return 'adjective';
  if (before.wordClass === 'noun' || before.wordClass === 'number') return 'verb';
  return AUXILIARY.test(before.lower) || SUBJECT.test(before.lower) ? 'verb' : 'adjective';
}

/** A form in `-ing` is a noun as an activity's name, behind a determiner or an adjective, or where no verb is known. */
function gerundClass(word: string, { before, after }: Neighbours): WordClass {
  if (after !== undefined && DETERMINER.test(after)) return 'verb';
  if (word === 'making') return before?.wordClass === 'noun' ? 'noun' : 'verb';
  if (ACTIVITY_NOUNS.has(word)) return 'noun';
  if (before?.wordClass === 'adjective' || (before !== undefined && DETERMINER.test(before.lower)))
    return 'noun';
  if (before !== undefined && AUXILIARY.test(before.lower)) return 'verb';
  const root = word.slice(0, -3);
  return VERBS.has(root) || VERBS.has(`${root}e`) || VERBS.has(root.slice(0, -1)) ? 'verb' : 'noun';
}

function isAdjective(word: string): boolean {
  if (NOUNS_LIKE_ADJECTIVES.has(word)) return false;
  const tail = /-(\p{L}+)$/u.exec(word)?.[1];
  if (tail !== undefined && ADJECTIVE_TAILS.has(tail)) return true;
  if (VAGUE_ADJECTIVES.has(word) || ADJECTIVES.has(word)) return true;
  return word.length > 4 && ADJECTIVE_ENDING.test(word);
}
