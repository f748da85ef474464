import { ratesOf, type VoiceBackground } from './background.js';
import { ENGLISH_PROSE } from './english-prose.js';
import { piecesOf } from './pieces.js';
import { countStyle, type StyleCounts, subtractCounts } from './style-counts.js';
import { BLOCKS, type Block, RANGES } from './style-features.js';
import { totalOf, type VoiceProfile } from './voice-profile.js';

/** A profile made ready to compare with: costs some 30 ms, so keep it as long as the profile's version. */
export interface VoiceModel {
  readonly profile: VoiceProfile;
  readonly background: VoiceBackground;
  readonly words: number;
  /** Clipped z-scores of the whole profile. */
  readonly manner: readonly number[];
  /** By length in words: how like the rest of the owner's texts pieces of that length are, in ascending order. */
  readonly pieces: ReadonlyMap<number, readonly number[]>;
}

/** Lengths, in words, of the pieces that drafts are compared with. */
export const PIECE_WORDS = [50, 100, 250, 500, 1_000] as const;

/** One odd word must not outweigh all others (clipped cosine Delta, Evert et al. 2017). */
const MAX_Z = 2;
/** Function words are what is known to carry a voice from topic to topic; marks and lengths change with the occasion. */
const WEIGHTS: Readonly<Record<Block, number>> = {
  words: 2,
  skeleton: 1,
  trigrams: 1,
  marks: 0.5,
  lengths: 0.5,
};
const WEIGHT_SUM = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
/** With fewer words elsewhere, a piece is not compared with them. */
const MIN_ELSEWHERE_WORDS = 600;

/** Clipped z-scores of a text's rates against a population. */
export function mannerOf(text: StyleCounts, background: VoiceBackground): number[] {
  return ratesOf(text).map((rate, at) => {
    const z = (rate - background.mean[at]!) / background.deviation[at]!;
    return Math.max(-MAX_Z, Math.min(MAX_Z, z));
  });
}

/**
 * How alike two manners are, in -1..1: weighted mean over the blocks of the cosine of their clipped z-scores (cosine
 * Delta, Evert et al. 2017, on function words, skeleton, character trigrams, marks and lengths).
 */
export function similarityOf(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (const block of BLOCKS) {
    const { start, end } = RANGES[block];
    let product = 0;
    let oneSquared = 0;
    let otherSquared = 0;
    for (let at = start; at < end; at++) {
      product += one[at]! * other[at]!;
      oneSquared += one[at]! ** 2;
      otherSquared += other[at]! ** 2;
    }
    const length = Math.sqrt(oneSquared * otherSquared);
    if (length > 0) sum += (WEIGHTS[block] * product) / length;
  }
  return sum / WEIGHT_SUM;
}

/**
 * Makes a profile ready for `scoreVoice`. Pieces of its sample are compared with what the owner wrote in the other
 * folds, so that no piece is compared with itself.
 */
export function prepareVoice(profile: VoiceProfile, background: VoiceBackground = ENGLISH_PROSE): VoiceModel {
  const total = totalOf(profile);
  const elsewhere = profile.folds.map((fold) => subtractCounts(total, fold));
  const manners = elsewhere.map((counts) =>
    counts.words < MIN_ELSEWHERE_WORDS ? null : mannerOf(counts, background),
  );
  const pieces = new Map<number, readonly number[]>(
    PIECE_WORDS.map((wordCount) => {
      const found = manners.flatMap((manner, fold) => {
        if (manner === null) return [];
        const texts = profile.sample.filter((run) => run.fold === fold).map((run) => run.text);
        return piecesOf(texts, wordCount).map((piece) =>
          similarityOf(manner, mannerOf(countStyle(piece), background)),
        );
      });
      return [wordCount, found.sort((one, other) => one - other)];
    }),
  );
  return { profile, background, words: total.words, manner: mannerOf(total, background), pieces };
}

/** `similarityOf` a text and the model's profile, in -1..1, whatever the text's length. */
export function likenessTo({ manner, background }: VoiceModel, text: string): number {
  return similarityOf(manner, mannerOf(countStyle(text.toWellFormed()), background));
}
