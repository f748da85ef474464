import type { StyleCounts } from './style-counts.js';
import { BLOCKS, STYLE_FEATURES } from './style-features.js';

/** How some writers write: mean and standard deviation of the rate of each feature of `STYLE_FEATURES`. */
export interface VoicePopulation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** The population that z-scores refer to: no deviation of it is 0. */
export interface VoiceBackground extends VoicePopulation {
  readonly isBackground: true;
}

/** A feature that hardly varies in the population must not count without bound: part of its block's median. */
const DEVIATION_FLOOR = 0.1;
/** A population without any variation (one text) would divide by zero. */
const MIN_DEVIATION = 1e-6;

/** The population of some texts, which should have some 1,000 words each. */
export function populationOf(texts: readonly StyleCounts[]): VoicePopulation {
  return mixed(texts.map((text) => ({ mean: ratesOf(text), deviation: [] })));
}

/** A background of several populations, which weigh the same, however many texts they have. */
export function backgroundOf(populations: readonly VoicePopulation[]): VoiceBackground {
  const { mean, deviation } = mixed(populations);
  return { mean, deviation: withFloor(deviation), isBackground: true };
}

/** The rate of each feature: per word, per character or per sentence, as `STYLE_FEATURES` says. */
export function ratesOf(text: StyleCounts): number[] {
  return text.counts.map((count, at) => count / Math.max(1, text[STYLE_FEATURES[at]!.per]));
}

function mixed(populations: readonly VoicePopulation[]): VoicePopulation {
  const share = 1 / Math.max(1, populations.length);
  const mean = STYLE_FEATURES.map((_, at) =>
    populations.reduce((sum, population) => sum + share * population.mean[at]!, 0),
  );
  const deviation = mean.map((whole, at) => {
    const square = populations.reduce(
      (sum, population) => sum + share * (population.mean[at]! ** 2 + (population.deviation[at] ?? 0) ** 2),
      0,
    );
    return Math.sqrt(Math.max(0, square - whole ** 2));
  });
  return { mean, deviation };
}

function withFloor(deviation: readonly number[]): number[] {
  const floors = new Map(
    BLOCKS.map((block) => {
      const ordered = deviation
        .filter((_, at) => STYLE_FEATURES[at]!.block === block)
        .toSorted((one, other) => one - other);
      return [block, DEVIATION_FLOOR * (ordered[Math.floor(ordered.length / 2)] ?? 0)] as const;
    }),
  );
  return deviation.map((each, at) => Math.max(each, floors.get(STYLE_FEATURES[at]!.block)!, MIN_DEVIATION));
}
