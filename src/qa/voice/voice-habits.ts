import { STYLE_WORDS } from '../lexicon/style-words.js';
import type { ToneRule } from '../lexicon/tone-rules.js';
import { piecesOf } from './pieces.js';
import type { StyleCounts } from './style-counts.js';
import { type Block, placeOf, STYLE_FEATURES } from './style-features.js';
import { totalOf, type VoiceProfile } from './voice-profile.js';

/** What an owner's way of writing comes to in plain figures; rates are per 100 words. */
export interface VoiceHabits {
  readonly register: string;
  readonly version: number;
  readonly texts: number;
  readonly words: number;
  readonly wordsPerSentence: number;
  /** Share of sentences by length: `up to 10 words` → 0.3. */
  readonly sentenceLengths: Readonly<Record<string, number>>;
  readonly lettersPerWord: number;
  readonly per100Words: Readonly<Record<string, number>>;
  /** Words that sentences start with most often, and the share of sentences that do. */
  readonly openers: readonly { readonly word: string; readonly share: number }[];
  /** Runs of three or four words that come back most often in the sample of own texts, with their number there. */
  readonly phrases: readonly { readonly phrase: string; readonly count: number }[];
}

const FIRST_PERSON = ['i', 'me', 'my', 'mine', 'myself', "i'm", "i've", "i'd", "i'll"];
const WE = ['we', 'us', 'our', 'ours', 'ourselves', "we're", "we've", "we'd", "we'll", "let's"];
const SECOND_PERSON = ['you', 'your', 'yours', 'yourself', "you're", "you've", "you'd", "you'll"];
const HEDGES = [
  'perhaps',
  'maybe',
  'probably',
  'possibly',
  'apparently',
  'quite',
  'rather',
  'seems',
  'seemed',
];
const INTENSIFIERS = [
  'very',
  'really',
  'absolutely',
  'totally',
  'completely',
  'entirely',
  'certainly',
  'clearly',
];
const MOST = 12;

/** A profile in plain figures, for people to read and for rules to widen their tolerances by. */
export function describeVoice(profile: VoiceProfile): VoiceHabits {
  const total = totalOf(profile);
  const rate = (block: Block, name: string) => per100(total.counts[placeOf(block, name)]!, total.words);
  const rates = (names: readonly string[]) => names.reduce((sum, name) => sum + rate('words', name), 0);
  const marks = STYLE_FEATURES.filter((feature) => feature.block === 'marks' && feature.per === 'words');
  return {
    register: profile.register,
    version: profile.version,
    texts: profile.texts,
    words: total.words,
    wordsPerSentence: round(total.words / Math.max(1, total.sentences)),
    sentenceLengths: Object.fromEntries(
      STYLE_FEATURES.filter(({ block, per }) => block === 'lengths' && per === 'sentences').map(
        ({ name }) => [name, round(total.counts[placeOf('lengths', name)]! / Math.max(1, total.sentences))],
      ),
    ),
    lettersPerWord: lettersPerWord(total),
    per100Words: {
      ...Object.fromEntries(marks.map(({ name }) => [name, round(rate('marks', name))])),
      'I, me, my': round(rates(FIRST_PERSON)),
      'we, us, our': round(rates(WE)),
      'you, your': round(rates(SECOND_PERSON)),
      hedges: round(rates(HEDGES)),
      intensifiers: round(rates(INTENSIFIERS)),
    },
    openers: favouriteOpeners(profile, total.sentences),
    phrases: favouritePhrases(profile.sample.map((run) => run.text)),
  };
}

/** The owner's own value of a rule of tone, in the rule's unit; null where the profile does not know it. */
export function habitOf({ per100Words, wordsPerSentence }: VoiceHabits, rule: ToneRule): number | null {
  if (rule === 'long sentences' || rule === 'short sentences') return wordsPerSentence;
  const name = HABIT_BY_RULE.get(rule);
  return name === undefined ? null : (per100Words[name] ?? null);
}

const HABIT_BY_RULE: ReadonlyMap<ToneRule, string> = new Map<ToneRule, string>([
  ['contractions', 'contraction'],
  ['exclamation marks', 'exclamation mark'],
  ['repeated marks', 'repeated mark'],
  ['ellipses', 'ellipsis'],
  ['emoji', 'emoji'],
  ['capitals', 'word in capitals'],
  ['first person', 'I, me, my'],
  ['second person', 'you, your'],
  ['hedges', 'hedges'],
  ['intensifiers', 'intensifiers'],
]);

function favouriteOpeners({ openers }: VoiceProfile, sentences: number): VoiceHabits['openers'] {
  return STYLE_WORDS.map((word, at) => ({ word, share: round(openers[at]! / Math.max(1, sentences)) }))
    .filter(({ share }) => share > 0)
    .toSorted((one, other) => other.share - one.share || compare(one.word, other.word))
    .slice(0, MOST);
}

const PHRASE_WORDS = [4, 3] as const;
const MIN_PHRASE_COUNT = 3;

/** Lexical bundles (Biber et al. 1999); of phrases that share a pair of words, the commonest one. */
function favouritePhrases(texts: readonly string[]): VoiceHabits['phrases'] {
  const often = [...phraseCounts(texts)]
    .filter(([, count]) => count >= MIN_PHRASE_COUNT)
    .map(([phrase, count]) => ({ phrase, count }))
    .toSorted(
      (one, other) =>
        other.count - one.count ||
        other.phrase.length - one.phrase.length ||
        compare(one.phrase, other.phrase),
    );
  const taken = new Set<string>();
  const favourites: { phrase: string; count: number }[] = [];
  for (const each of often) {
    const words = each.phrase.split(' ');
    const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
    if (pairs.some((pair) => taken.has(pair))) continue;
    for (const pair of pairs) taken.add(pair);
    favourites.push(each);
    if (favourites.length === MOST) break;
  }
  return favourites;
}

function phraseCounts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of piecesOf(texts, 1)) {
    const words =
      sentence
        .toLowerCase()
        .replace(/[’‘]/gu, "'")
        .match(/\p{L}+(?:'\p{L}+)*/gu) ?? [];
    for (const length of PHRASE_WORDS)
      for (let at = 0; at + length <= words.length; at++) {
        const phrase = words.slice(at, at + length).join(' ');
        counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
      }
  }
  return counts;
}

function lettersPerWord({ counts, words }: StyleCounts): number {
  const letters = STYLE_FEATURES.reduce((sum, { name }, at) => {
    const length = /^(\d+) letters$/u.exec(name)?.[1];
    return length === undefined ? sum : sum + Number(length) * counts[at]!;
  }, 0);
  return round(letters / Math.max(1, words));
}

const per100 = (count: number, words: number) => (count * 100) / Math.max(1, words);
const round = (value: number) => Math.round(value * 100) / 100;
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
