import type { Tone } from '../../shared/index.js';
import type { Analysis } from '../analysis/analysis.js';
import { HEDGES, SLANG, STIFF } from '../lexicon/tone-words.js';

/** What a tone puts up with before it is hurt. Rates are per 100 words, exclamations per sentence. */
interface Tolerance {
  readonly contractions: number;
  readonly exclamations: number;
  readonly slang: number;
  readonly stiff: number;
  readonly hedges: number;
  readonly wordsPerSentence: number;
}

const TOLERANCES: Readonly<Record<Tone, Tolerance>> = {
  professional: {
    contractions: 5,
    exclamations: 0.15,
    slang: 0.5,
    stiff: 3,
    hedges: 4,
    wordsPerSentence: 32,
  },
  formal: { contractions: 1, exclamations: 0.05, slang: 0, stiff: 100, hedges: 3, wordsPerSentence: 40 },
  casual: { contractions: 100, exclamations: 3, slang: 40, stiff: 0.5, hedges: 10, wordsPerSentence: 30 },
  friendly: { contractions: 100, exclamations: 1.5, slang: 15, stiff: 0.5, hedges: 8, wordsPerSentence: 28 },
  neutral: { contractions: 100, exclamations: 0.5, slang: 4, stiff: 5, hedges: 10, wordsPerSentence: 45 },
};

/** By how much each rate may exceed its tolerance until it costs its full weight. */
const RULES: readonly { readonly of: keyof Tolerance; readonly span: number; readonly weight: number }[] = [
  { of: 'contractions', span: 6, weight: 0.35 },
  { of: 'exclamations', span: 0.6, weight: 0.35 },
  { of: 'slang', span: 4, weight: 0.5 },
  { of: 'stiff', span: 4, weight: 0.4 },
  { of: 'hedges', span: 8, weight: 0.25 },
  { of: 'wordsPerSentence', span: 25, weight: 0.3 },
];

const CONTRACTION = /(?:n't|'(?:ll|re|ve|d|m))$|^(?:it|that|there|here|what|who|let|he|she)['’]s$/iu;
const EMOJI = /\p{Extended_Pictographic}/gu;
/** A rate over a few words says little: shorter texts count as if they were this long. */
const MIN_WORDS = 25;

/**
 * How well a text's manner suits a tone, in 0..1: 1 less what its contractions, exclamation marks, slang, stiff words,
 * hedges and sentence length exceed. Our own rules; they punish what jars, never the lack of particular words.
 */
export function measureTone(sentences: readonly Analysis[], tone: Tone): number {
  const observed = rates(sentences);
  const tolerance = TOLERANCES[tone];
  let score = 1;
  for (const { of, span, weight } of RULES) {
    const excess = Math.max(0, observed[of] - tolerance[of]);
    score -= weight * Math.min(1, excess / span);
  }
  return Math.max(0, score);
}

function rates(sentences: readonly Analysis[]): Tolerance {
  const words = sentences.flatMap((sentence) => sentence.words);
  const per100 = (count: number) => (count * 100) / Math.max(MIN_WORDS, words.length);
  const count = (has: (folded: string, raw: string) => boolean) =>
    words.filter((word) => has(word.folded, word.raw)).length;
  const matches = (pattern: RegExp) =>
    sentences.reduce((sum, sentence) => sum + (sentence.text.match(pattern)?.length ?? 0), 0);
  return {
    contractions: per100(count((folded, raw) => CONTRACTION.test(folded) || CONTRACTION.test(raw))),
    exclamations: matches(/!/gu) / Math.max(1, sentences.length),
    slang: per100(count((folded) => SLANG.has(folded)) + matches(EMOJI)),
    stiff: per100(count((folded) => STIFF.has(folded))),
    hedges: per100(count((folded) => HEDGES.has(folded))),
    wordsPerSentence: words.length / Math.max(1, sentences.length),
  };
}
