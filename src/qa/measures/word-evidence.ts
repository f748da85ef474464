import { expanded } from '../lexicon/contractions.js';
import { type GradedWord, HEDGES, INTENSIFIERS, SLANG, STIFF, WORDY } from '../lexicon/tone-words.js';
import type { ToneEvidence } from './tone-evidence.js';
import type { ToneReading, ToneWord } from './tone-reading.js';

const WORD_RULES = [
  'contractions',
  'slang',
  'stiff words',
  'hedges',
  'intensifiers',
  'wordy phrases',
  'capitals',
  'passive',
  'first person',
  'second person',
] as const;
export type WordRule = (typeof WORD_RULES)[number];

interface Entry extends GradedWord {
  readonly rule: WordRule;
  readonly rest: readonly string[];
}

/** Graded words and phrases by their first word, the longest first. */
const ENTRIES: ReadonlyMap<string, readonly Entry[]> = (() => {
  const entries = new Map<string, Entry[]>();
  const lexicons: readonly (readonly [WordRule, ReadonlyMap<string, GradedWord>])[] = [
    ['slang', SLANG],
    ['stiff words', STIFF],
    ['hedges', HEDGES],
    ['intensifiers', INTENSIFIERS],
    ['wordy phrases', WORDY],
  ];
  for (const [rule, lexicon] of lexicons)
    for (const [phrase, graded] of lexicon) {
      const [first, ...rest] = phrase.split(' ');
      entries.set(first!, [...(entries.get(first!) ?? []), { rule, rest, ...graded }]);
    }
  for (const found of entries.values()) found.sort((one, other) => other.rest.length - one.rest.length);
  return entries;
})();

const PERSONS: ReadonlyMap<string, WordRule> = new Map([
  ...['i', 'me', 'my', 'mine', 'myself'].map((word) => [word, 'first person'] as const),
  ...['you', 'your', 'yours', 'yourself'].map((word) => [word, 'second person'] as const),
]);
const BE = new Set(['am', 'is', 'are', 'was', 'were', 'be', 'been', 'being']);
const IRREGULAR_PARTICIPLES = new Set(
  (
    'born broken brought built bought caught chosen done drawn driven eaten found forgotten given gone grown held ' +
    'hidden kept known laid led left lost made meant met paid put read run said seen sent set shown sold spent ' +
    'stolen taken taught thought thrown told understood won worn written'
  ).split(' '),
);
/** Adjectives and nouns that only look like participles. */
const NO_PARTICIPLES = new Set(
  'tired excited interested bored worried pleased delighted scared married supposed used need indeed red bed hundred'.split(
    ' ',
  ),
);
/** Three words in capitals: two may be names of offices. */
const SHOUTED_WORDS = 3;
const SHOUTED = /^\p{Lu}{2,}$/u;

/** What single words and phrases show, in one pass over the words. */
export function wordEvidence({ text, words }: ToneReading): Record<WordRule, ToneEvidence[]> {
  const found = Object.fromEntries(WORD_RULES.map((rule) => [rule, []])) as unknown as Record<
    WordRule,
    ToneEvidence[]
  >;
  words.forEach((word, at) => {
    const apostrophe = word.folded.indexOf("'");
    const bare = apostrophe === -1 ? word.folded : word.folded.slice(0, apostrophe);
    const person = PERSONS.get(bare);
    if (person !== undefined) found[person].push(plain(word));
    if (apostrophe !== -1) pushContraction(word, words[at + 1], found.contractions);
    const entry = ENTRIES.get(word.folded)?.find(({ rest }) => follows(words, at, rest));
    if (entry) found[entry.rule].push(graded(text, word, words[at + entry.rest.length]!, entry));
    if (BE.has(word.folded)) pushPassive(words, at, found.passive);
    if (word.raw !== word.folded && SHOUTED.test(word.raw)) pushShouted(words, at, found.capitals);
  });
  return found;
}

function plain({ start, end }: ToneWord): ToneEvidence {
  return { start, end, weight: 1, fix: null };
}

function follows(words: readonly ToneWord[], at: number, rest: readonly string[]): boolean {
  return rest.every(
    (each, step) =>
      words[at + step + 1]?.folded === each && words[at + step + 1]!.start === words[at + step]!.end + 1,
  );
}

function graded(text: string, first: ToneWord, last: ToneWord, { weight, fix }: Entry): ToneEvidence {
  const span = { start: first.start, end: last.end, weight };
  if (fix === null) return { ...span, fix };
  const isCapital = /^\p{Lu}/u.test(first.raw);
  if (fix !== '') return { ...span, fix: isCapital ? fix[0]!.toUpperCase() + fix.slice(1) : fix };
  // What is dropped takes the space behind it along, unless a capital would be lost.
  if (isCapital) return { ...span, fix: null };
  return { ...span, end: text[last.end] === ' ' ? last.end + 1 : last.end, fix };
}

function pushContraction(word: ToneWord, next: ToneWord | undefined, found: ToneEvidence[]): void {
  const fix = expanded(word.raw, next?.folded ?? '');
  if (fix !== undefined) found.push({ ...plain(word), fix });
}

/** `be` and a participle, with _not_ or one adverb between (after Quirk et al. 1985, 3.63). */
function pushPassive(words: readonly ToneWord[], at: number, found: ToneEvidence[]): void {
  const next = words[at + 1]?.folded ?? '';
  const last = words[next === 'not' || next.endsWith('ly') ? at + 2 : at + 1];
  if (last && isParticiple(last.folded)) found.push({ ...plain(words[at]!), end: last.end });
}

function isParticiple(word: string): boolean {
  if (IRREGULAR_PARTICIPLES.has(word)) return true;
  return word.length > 4 && word.endsWith('ed') && !NO_PARTICIPLES.has(word);
}

function pushShouted(words: readonly ToneWord[], at: number, found: ToneEvidence[]): void {
  const last = words[at + SHOUTED_WORDS - 1];
  const isRun = words.slice(at, at + SHOUTED_WORDS).every(({ raw }) => SHOUTED.test(raw));
  if (!last || !isRun || (found.at(-1)?.end ?? -1) > words[at]!.start) return;
  found.push({ ...plain(words[at]!), end: last.end });
}
