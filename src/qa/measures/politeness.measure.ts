import { type Span, splitSentences } from '../../shared/index.js';
import {
  LENGTH_WEIGHT,
  POLITENESS_INTERCEPT,
  POLITENESS_STRATEGIES,
} from '../lexicon/politeness-strategies.js';

export interface Politeness {
  /** In 0..1; 0.5 is a request that readers take as neither polite nor rude. */
  readonly score: number;
  /** What was found and where, in offsets of the text; a weight below 0 is rude. */
  readonly strategies: readonly PolitenessEvidence[];
}

export interface PolitenessEvidence {
  readonly strategy: string;
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** Raters' scores lie some 0.7 around neutral; this brings them to the ends of 0..1. */
const STEEPNESS = 3;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

/**
 * How polite a request reads, from the strategies it uses (Danescu-Niculescu-Mizil et al. 2013). Made for requests of a
 * few sentences that address somebody; of other texts it says little.
 */
export function measurePoliteness(text: string): Politeness {
  const sentences = splitSentences(text);
  const strategies = POLITENESS_STRATEGIES.map(({ name, pattern, weight }) => ({
    strategy: name,
    weight,
    spans: sentences.flatMap(({ start, end }) =>
      [...text.slice(start, end).matchAll(pattern)].map((match) => ({
        start: start + match.index,
        end: start + match.index + match[0].length,
      })),
    ),
  })).filter(({ spans }) => spans.length > 0);
  const sum = strategies.reduce((total, { weight, spans }) => total + weight * Math.log1p(spans.length), 0);
  const value =
    POLITENESS_INTERCEPT + LENGTH_WEIGHT * Math.log(Math.max(1, text.match(WORD)?.length ?? 0)) + sum;
  return { score: 1 / (1 + Math.exp(-STEEPNESS * value)), strategies };
}
