import { splitSentences } from '../../shared/index.js';
import { STYLE_WORDS } from '../lexicon/style-words.js';
import { VOICE_SKELETON } from '../lexicon/voice-features.js';
import { countContextMarks, countMark, countWordMarks } from './mark-counts.js';
import { placeOf, RANGES, STYLE_FEATURES, sentenceClassPlace, wordClassPlace } from './style-features.js';
import { countTrigrams } from './trigram-counts.js';

/** How often each feature of `STYLE_FEATURES` stands in a text, and how long the text is. Counts add up. */
export interface StyleCounts {
  readonly words: number;
  readonly characters: number;
  readonly sentences: number;
  readonly counts: readonly number[];
}

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|[^\p{L}\p{M}\p{N}\s]/gu;
const IS_WORD = /^[\p{L}\p{M}\p{N}]/u;
const ENDING = /(?:ing|ion|ed|ly|es)$/u;

const WORD_PLACES = new Map(STYLE_WORDS.map((word, at) => [word, RANGES.words.start + at] as const));
const SKELETON_PLACES = new Map(
  VOICE_SKELETON.map((pair, at) => [pair, RANGES.skeleton.start + at] as const),
);
const LOWER_CASE_START = placeOf('marks', 'lower-case start');

/**
 * Counts the features of a text: function words, character trigrams, marks, lengths, and neighbours in a skeleton of
 * which only function words, endings and marks are left (`the ~ed`, `, and`), which keeps manner and drops topic (after
 * the function-word adjacency of Segarra et al. 2015 and the affix and punctuation n-grams of Sapkota et al. 2015).
 */
export function countStyle(text: string): StyleCounts {
  const counts = new Array<number>(STYLE_FEATURES.length).fill(0);
  const spans = splitSentences(text);
  let words = 0;
  let before = '';
  for (const { start, end } of spans) {
    const sentence = text.slice(start, end);
    let sentenceWords = 0;
    for (const token of sentence.match(TOKEN) ?? []) {
      const isWord = IS_WORD.test(token);
      if (isWord) sentenceWords++;
      const shape = isWord ? countWord(token, counts) : countMark(token, counts);
      const pair = SKELETON_PLACES.get(`${before} ${shape}`);
      if (pair !== undefined) counts[pair]!++;
      before = shape;
    }
    words += sentenceWords;
    counts[sentenceClassPlace(sentenceWords)]!++;
    if (/^\p{Ll}/u.test(sentence)) counts[LOWER_CASE_START]!++;
  }
  countContextMarks(text, counts);
  return { words, characters: countTrigrams(text, counts), sentences: spans.length, counts };
}

/** Gives back what the skeleton keeps of a word. */
function countWord(token: string, counts: number[]): string {
  const word = token.toLowerCase().replace('’', "'");
  countWordMarks(token, counts);
  counts[wordClassPlace(word.length)]!++;
  const place = WORD_PLACES.get(word);
  if (place === undefined) return `~${ENDING.exec(word)?.[0] ?? ''}`;
  counts[place]!++;
  return word;
}

export const NO_COUNTS: StyleCounts = {
  words: 0,
  characters: 0,
  sentences: 0,
  counts: new Array<number>(STYLE_FEATURES.length).fill(0),
};

/** The counts of two texts together. */
export function addCounts(one: StyleCounts, other: StyleCounts): StyleCounts {
  return combined(one, other, 1);
}

/** The counts of a text without a part of it. */
export function subtractCounts(whole: StyleCounts, part: StyleCounts): StyleCounts {
  return combined(whole, part, -1);
}

function combined(one: StyleCounts, other: StyleCounts, sign: 1 | -1): StyleCounts {
  const counts = one.counts.slice();
  for (let at = 0; at < counts.length; at++) counts[at]! += sign * other.counts[at]!;
  return {
    words: one.words + sign * other.words,
    characters: one.characters + sign * other.characters,
    sentences: one.sentences + sign * other.sentences,
    counts,
  };
}
