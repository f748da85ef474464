import { piecesOf } from './pieces.js';
import { countStyle } from './style-counts.js';
import { likenessTo, mannerOf, PIECE_WORDS, similarityOf, type VoiceModel } from './voice-model.js';
import { isEnglish } from './voice-profile.js';

/** A draft against its owner's own pieces of the same length. */
export interface VoiceScore {
  /** In 0..1: the share of the owner's held-out pieces that are less like the owner than the draft is. */
  readonly score: number;
  /** 90 % interval of the score, from the number of pieces (Wilson 1927). */
  readonly low: number;
  readonly high: number;
  /** In -1..1: `similarityOf` the draft and the profile. */
  readonly similarity: number;
  readonly words: number;
  /** The pieces that the draft was compared with: how many, and of how many words. */
  readonly pieces: number;
  readonly pieceWords: number;
}

export type NoVoiceReason = 'too_little_profile' | 'too_little_text' | 'not_english';

export interface NoVoiceScore {
  readonly score: null;
  readonly reason: NoVoiceReason;
  readonly words: number;
}

const MIN_TEXT_WORDS = 40;
/** Below this, own texts are not told from others' (Eder 2015 asks for more; 1,500 is where our curve turns useful). */
export const MIN_PROFILE_WORDS = 1_500;
/** Fewer pieces say nothing about how an owner varies. */
const MIN_PIECES = 8;
/** Of an owner whose pieces are all alike, a slightly different one is still one. */
const MIN_BANDWIDTH = 0.01;
/** A draft so much longer than the pieces is compared part by part. */
const CUT_FROM = 1.5;
const Z_90 = 1.645;

/**
 * How far a draft sounds like its owner: the percentile of its similarity among the owner's held-out pieces of the same
 * length (smoothed with Silverman's bandwidth, 1986), with its uncertainty; or why it cannot be said.
 */
export function scoreVoice(model: VoiceModel, text: string): VoiceScore | NoVoiceScore {
  const counts = countStyle(text.toWellFormed());
  const { words } = counts;
  if (words < MIN_TEXT_WORDS) return { score: null, reason: 'too_little_text', words };
  if (!isEnglish(text, counts)) return { score: null, reason: 'not_english', words };
  const pieceWords = pieceLengthFor(model, words);
  if (pieceWords === null) return { score: null, reason: 'too_little_profile', words };
  const own = model.pieces.get(pieceWords)!;
  const parts = words >= CUT_FROM * pieceWords ? piecesOf([text.toWellFormed()], pieceWords) : [];
  const similarity =
    parts.length === 0
      ? similarityOf(model.manner, mannerOf(counts, model.background))
      : meanOf(parts.map((part) => likenessTo(model, part)));
  const score = percentile(similarity, own);
  return { score, ...wilson(score, own.length), similarity, words, pieces: own.length, pieceWords };
}

/** The nearest length of which there are enough pieces; of the lengths above it, none. */
function pieceLengthFor({ words: profileWords, pieces }: VoiceModel, words: number): number | null {
  if (profileWords < MIN_PROFILE_WORDS) return null;
  const nearness = (length: number) => Math.abs(Math.log(length / words));
  const nearest = PIECE_WORDS.reduce((best, length) => (nearness(length) < nearness(best) ? length : best));
  const usable = PIECE_WORDS.filter(
    (length) => length <= nearest && (pieces.get(length)?.length ?? 0) >= MIN_PIECES,
  );
  return usable.at(-1) ?? null;
}

/** Strictly rising in the value, so that two drafts beyond all pieces still differ. */
function percentile(value: number, sample: readonly number[]): number {
  const mean = meanOf(sample);
  const deviation = Math.sqrt(meanOf(sample.map((each) => (each - mean) ** 2)));
  const bandwidth = Math.max(MIN_BANDWIDTH, 0.9 * deviation * sample.length ** -0.2);
  return meanOf(sample.map((each) => 1 / (1 + Math.exp((-1.702 * (value - each)) / bandwidth))));
}

function wilson(share: number, count: number): { low: number; high: number } {
  const square = Z_90 ** 2 / count;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z_90 / (1 + square)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
