import { STYLE_WORDS } from '../lexicon/style-words.js';
import { addCounts, countStyle, NO_COUNTS, type StyleCounts } from './style-counts.js';
import {
  boundedSample,
  runsOf,
  type SampleRun,
  sampleRuns,
  textHash,
  withoutPersonalData,
} from './voice-sample.js';

/** Raised by every change to what is counted or how; profiles of another version are rebuilt from their texts. */
export const VOICE_VERSION = 1;

export const VOICE_REGISTERS = ['chat', 'post', 'article'] as const;
export type VoiceRegister = (typeof VOICE_REGISTERS)[number];

/**
 * How one person writes in one register: counts that only add up, so that batches can be merged in any order, and a
 * bounded sample of own text to compare drafts with. Plain JSON, at most some 100 KB. As personal as the texts it is made of.
 */
export interface VoiceProfile {
  readonly version: number;
  readonly register: VoiceRegister;
  /** Texts that were counted. */
  readonly texts: number;
  /** Texts that were left out because they are not English. */
  readonly textsNotEnglish: number;
  /** Counts of disjoint parts of the texts, so that a piece can be compared with what was written elsewhere. */
  readonly folds: readonly StyleCounts[];
  /** How often a sentence starts with each of `STYLE_WORDS`. */
  readonly openers: readonly number[];
  readonly sample: readonly SampleRun[];
}

const FOLDS = 4;
/** From this length on, the parts of one text fall into different folds; a shorter text is one occasion of writing. */
const LONG_TEXT_CHARS = 24_000;
/** The share of function words tells English (0.4 to 0.6) from other languages, code and tables (below 0.2). */
const MIN_FUNCTION_WORD_SHARE = 0.2;
const SURE_FROM_WORDS = 20;
/** Runs that wait until the sample is cut to its bound: cutting after each text would sort it each time. */
const MAX_WAITING_RUNS = 5_000;

const OPENER_PLACES = new Map(STYLE_WORDS.map((word, at) => [word, at] as const));

export function emptyProfile(register: VoiceRegister): VoiceProfile {
  return {
    version: VOICE_VERSION,
    register,
    texts: 0,
    textsNotEnglish: 0,
    folds: Array.from({ length: FOLDS }, () => NO_COUNTS),
    openers: STYLE_WORDS.map(() => 0),
    sample: [],
  };
}

/** The profile of some texts. The caller gives each text once, and only texts that the owner wrote. */
export function profileOf(register: VoiceRegister, texts: Iterable<string>): VoiceProfile {
  const empty = emptyProfile(register);
  const folds = [...empty.folds];
  const openers = [...empty.openers];
  let runs: SampleRun[] = [];
  let counted = 0;
  let textsNotEnglish = 0;
  for (const raw of texts) {
    const parts = partsOf(raw.toWellFormed());
    if (!isEnglish(raw, parts.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS))) {
      textsNotEnglish++;
      continue;
    }
    counted++;
    for (const { text, fold, counts } of parts) {
      folds[fold] = addCounts(folds[fold]!, counts);
      countOpeners(text, openers);
      runs.push(...sampleRuns(text, fold));
    }
    if (runs.length > MAX_WAITING_RUNS) runs = [...boundedSample(runs)];
  }
  const sample = boundedSample(runs).map(withoutPersonalData);
  return { ...empty, texts: counted, textsNotEnglish, folds, openers, sample };
}

/** A part is counted in one fold; one of a long text may lie in another than the next. */
function partsOf(text: string): { text: string; fold: number; counts: StyleCounts }[] {
  const parts = text.length >= LONG_TEXT_CHARS ? runsOf(text) : [text];
  return parts.map((part) => ({
    text: part,
    fold: Number.parseInt(textHash(part).slice(0, 8), 16) % FOLDS,
    counts: countStyle(part),
  }));
}

/** One profile of all texts of two. Throws a TypeError where their registers or versions differ. */
export function mergeProfiles(one: VoiceProfile, other: VoiceProfile): VoiceProfile {
  if (one.register !== other.register || one.version !== other.version)
    throw new TypeError(
      `cannot merge voices ${one.register} v${one.version} and ${other.register} v${other.version}`,
    );
  return {
    version: one.version,
    register: one.register,
    texts: one.texts + other.texts,
    textsNotEnglish: one.textsNotEnglish + other.textsNotEnglish,
    folds: one.folds.map((fold, at) => addCounts(fold, other.folds[at]!)),
    openers: one.openers.map((count, at) => count + other.openers[at]!),
    sample: boundedSample([...one.sample, ...other.sample]),
  };
}

/** All that a profile counted. */
export function totalOf(profile: VoiceProfile): StyleCounts {
  return profile.folds.reduce(addCounts, NO_COUNTS);
}

/** Whether a text reads as English: by its share of function words, or where it is short by its letters. */
export function isEnglish(text: string, { words, counts }: StyleCounts): boolean {
  if (words === 0) return false;
  if (words < SURE_FROM_WORDS) {
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    return (text.match(/[a-z]/giu)?.length ?? 0) > letters / 2;
  }
  const functionWords = counts.slice(0, STYLE_WORDS.length).reduce((sum, count) => sum + count, 0);
  return functionWords / words >= MIN_FUNCTION_WORD_SHARE;
}

function countOpeners(text: string, openers: number[]): void {
  for (const [, word] of text.matchAll(
    /(?:^|[.!?…]["'”’)\]]?\s|\n)[\s>*#"'“‘([-]{0,4}([A-Za-z]+(?:['’][a-z]+)?)/gu,
  )) {
    const place = OPENER_PLACES.get(word!.toLowerCase().replace('’', "'"));
    if (place !== undefined) openers[place]!++;
  }
}
