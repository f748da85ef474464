import { STYLE_WORDS } from '../lexicon/style-words.js';
import { VOICE_SKELETON, VOICE_TRIGRAMS } from '../lexicon/voice-features.js';

export const BLOCKS = ['words', 'skeleton', 'trigrams', 'marks', 'lengths'] as const;
export type Block = (typeof BLOCKS)[number];

export interface StyleFeature {
  readonly block: Block;
  readonly name: string;
  /** What a count is divided by to become a rate. */
  readonly per: 'words' | 'characters' | 'sentences';
}

/** Marks and habits of writing that are counted by name. */
export const MARKS = [
  'comma',
  'semicolon',
  'colon',
  'full stop',
  'exclamation mark',
  'question mark',
  'repeated mark',
  'ellipsis',
  'hyphen',
  'dash',
  'bracket',
  'double quote',
  'single quote',
  'contraction',
  'emoji',
  'emoticon',
  'word in capitals',
  'lower-case i',
  'number',
] as const;
export type Mark = (typeof MARKS)[number];

/** Upper ends, in words, of the classes of sentence length; the last class is open. */
const SENTENCE_CLASSES = [3, 6, 10, 15, 22, 32, 47] as const;
const LONGEST_WORD_CHARS = 12;

const feature = (block: Block, per: StyleFeature['per']) => (name: string) => ({ block, name, per });

/** All features in the order of `StyleCounts.counts`. The order is part of the profile format. */
export const STYLE_FEATURES: readonly StyleFeature[] = [
  ...STYLE_WORDS.map(feature('words', 'words')),
  ...VOICE_SKELETON.map(feature('skeleton', 'words')),
  ...VOICE_TRIGRAMS.map(feature('trigrams', 'characters')),
  ...MARKS.map(feature('marks', 'words')),
  feature('marks', 'sentences')('lower-case start'),
  ...SENTENCE_CLASSES.map((upTo) => feature('lengths', 'sentences')(`up to ${upTo} words`)),
  feature('lengths', 'sentences')('longer'),
  ...Array.from({ length: LONGEST_WORD_CHARS }, (_, at) => feature('lengths', 'words')(`${at + 1} letters`)),
];

export const RANGES = Object.fromEntries(
  BLOCKS.map((block) => [
    block,
    {
      start: STYLE_FEATURES.findIndex((each) => each.block === block),
      end: STYLE_FEATURES.findLastIndex((each) => each.block === block) + 1,
    },
  ]),
) as Readonly<Record<Block, { readonly start: number; readonly end: number }>>;

/** Where a feature stands in `StyleCounts.counts`; throws for a name that is none. */
export function placeOf(block: Block, name: string): number {
  const place = STYLE_FEATURES.findIndex((each) => each.block === block && each.name === name);
  if (place === -1) throw new TypeError(`no feature "${name}" in "${block}"`);
  return place;
}

/** Where the class of a sentence with so many words stands. */
export function sentenceClassPlace(words: number): number {
  const above = SENTENCE_CLASSES.findIndex((upTo) => words <= upTo);
  return RANGES.lengths.start + (above === -1 ? SENTENCE_CLASSES.length : above);
}

/** Where the class of words with so many letters stands. */
export function wordClassPlace(letters: number): number {
  return RANGES.lengths.end - LONGEST_WORD_CHARS + Math.min(LONGEST_WORD_CHARS, Math.max(1, letters)) - 1;
}
