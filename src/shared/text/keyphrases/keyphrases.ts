import type { Span } from '../sentences.js';
import { type RankedPhrase, rankPhrases } from './rank.js';

/** A phrase that names what a text is about; it occurs in the text as it stands here. */
export interface Keyphrase {
  readonly text: string;
  readonly stems: readonly string[];
  /** Log-odds, about -4..1. */
  readonly score: number;
  /** Where the text first says it, in UTF-16 code units. */
  readonly span: Span;
}

/** So many are given whatever their scores. */
const SURE_PHRASES = 4;
/** Log-odds behind the best phrase from which on the others are guesses. */
const MAX_BEHIND_BEST = 1.65;

/**
 * The keyphrases of an English text, best first, at most `count`: single words, names and noun phrases. From the fifth
 * on only those that score near the best, so that a short text yields fewer.
 */
export function keyphrasesIn(text: string, count: number): readonly Keyphrase[] {
  return leading(rankPhrases(text), count).map(({ text: phrase, stems, score, start }) => ({
    text: phrase,
    stems,
    score,
    span: { start, end: start + phrase.length },
  }));
}

/** The first of a ranking by score, up to `count`, without the tail that falls far behind. */
export function leading<T extends Pick<RankedPhrase, 'score'>>(
  ranked: readonly T[],
  count: number,
): readonly T[] {
  const least = (ranked[0]?.score ?? 0) - MAX_BEHIND_BEST;
  const firstBehind = ranked.findIndex(({ score }, at) => at >= SURE_PHRASES && score < least);
  return ranked.slice(0, firstBehind === -1 ? count : Math.min(count, firstBehind));
}
