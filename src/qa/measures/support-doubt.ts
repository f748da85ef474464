import { initialsOf, type SupportIndex } from '../analysis/support-index.js';
import type { Token } from '../analysis/tokens.js';

/** How far words may stand apart in a source beyond their distance in the sentence, and still belong together. */
const LOOSE_WORDS = 3;
/** What a word costs whose beginning stands in a source. */
const RELATIVE_NOVELTY = 0.5;
/** Doubt that leaves a support of less than 1 %. */
export const LARGEST_DOUBT = 5;

/**
 * What counts against a sentence, and how much. Fitted once by logistic regression (weights not below 0, L2, each set
 * and each class of equal weight, an intercept a set that is not used here) on the development halves of QAGS,
 * FactCC, AggreFact and RAGTruth-QA; one model for all of them.
 */
const WEIGHTS = {
  novel: 0.098,
  anyNovel: 0.251,
  newNumber: 0.096,
  newFacts: 0.47,
  newRuns: 0.19,
  looseShare: 0.433,
  looseNumbers: 0.102,
} as const;

type Evidence = Readonly<Record<keyof typeof WEIGHTS, number>>;

/** What a text has said so far that no source holds: a thing that is new counts once. */
export type Charged = Set<string>;

/**
 * How much speaks against a sentence being taken from these sources: 0 for one that stands there word for word, no
 * upper bound but 5. Of the share of content words the sources hold (ROUGE-1 precision, Lin 2004) and of a weighted
 * sum of new words, new hard facts, new runs of three (Grusky et al., 2018) and neighbours that stand nowhere close
 * together, the one that doubts more.
 */
export function doubtOf(
  tokens: readonly Token[],
  sources: readonly SupportIndex[],
  charged: Charged,
): number {
  const novelties = noveltiesOf(tokens, sources);
  const content = tokens.filter((token) => token.content);
  const measured = content.length > 0 ? (token: Token) => token.content : () => true;
  let total = 0;
  let unknown = 0;
  tokens.forEach((token, index) => {
    if (!measured(token)) return;
    total++;
    unknown += novelties[index]!;
  });
  if (total === 0) return 0;
  const known = 1 - unknown / total;
  const evidence = evidenceOf(tokens, novelties, sources, charged);
  let weighted = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) weighted += weight * evidence[name as keyof Evidence];
  return Math.min(LARGEST_DOUBT, Math.max(weighted, -Math.log(Math.max(known, Number.MIN_VALUE))));
}

function evidenceOf(
  tokens: readonly Token[],
  novelties: readonly number[],
  sources: readonly SupportIndex[],
  charged: Charged,
): Evidence {
  let novel = 0;
  let newNumbers = 0;
  let newFacts = 0;
  tokens.forEach((token, index) => {
    const novelty = novelties[index]!;
    if (novelty === 0) return;
    if (token.fact) newFacts++;
    if (charged.has(token.key)) return;
    charged.add(token.key);
    if (token.number) newNumbers++;
    if (token.content) novel += novelty;
  });
  const loose = loosePairs(tokens, sources);
  return {
    novel,
    anyNovel: 1 - Math.exp(-novel / 2),
    newNumber: Math.min(1, newNumbers),
    newFacts: Math.log1p(newFacts),
    newRuns: newRunShare(tokens, sources),
    looseShare: loose.pairs === 0 ? 0 : loose.loose / loose.pairs,
    looseNumbers: loose.numbers,
  };
}

/** For each token 0 where a source holds it, 1 where none does, in between where one holds another form of it. */
function noveltiesOf(tokens: readonly Token[], sources: readonly SupportIndex[]): number[] {
  const novelties = tokens.map((token) => {
    if (token.aside || sources.some((source) => source.has(token.key) || source.spellsOut(token))) return 0;
    return sources.some((source) => source.hasRelative(token.key)) ? RELATIVE_NOVELTY : 1;
  });
  if (!novelties.some((novelty) => novelty > 0)) return novelties;
  for (const { letters, from } of initialsOf(tokens)) {
    if (!sources.some((source) => source.abbreviates(letters))) continue;
    novelties.fill(0, from, from + letters.length);
  }
  return novelties;
}

/** Share of runs of three tokens (of two in a sentence of two) that no source holds. */
function newRunShare(tokens: readonly Token[], sources: readonly SupportIndex[]): number {
  const length = Math.min(3, tokens.length);
  if (length < 2) return 0;
  let found = 0;
  for (let i = length - 1; i < tokens.length; i++) {
    const pair = `${tokens[i - 1]!.key} ${tokens[i]!.key}`;
    const run = length === 3 ? `${tokens[i - 2]!.key} ${pair}` : pair;
    if (sources.some((source) => source.hasRun(run))) found++;
  }
  return 1 - found / (tokens.length - length + 1);
}

/** Neighbouring content tokens that the sources hold, but nowhere close together. */
function loosePairs(
  tokens: readonly Token[],
  sources: readonly SupportIndex[],
): { pairs: number; loose: number; numbers: number } {
  let pairs = 0;
  let loose = 0;
  let numbers = 0;
  let before: { token: Token; index: number; holders: readonly SupportIndex[] } | undefined;
  tokens.forEach((token, index) => {
    if (!token.content) return;
    const holders = sources.filter((source) => source.has(token.key));
    const previous = before;
    before = { token, index, holders };
    if (!previous || previous.holders.length === 0 || holders.length === 0) return;
    pairs++;
    const distance = index - previous.index + LOOSE_WORDS;
    if (holders.some((source) => source.standClose(previous.token.key, token.key, distance))) return;
    loose++;
    if (token.number || previous.token.number) numbers++;
  });
  return { pairs, loose, numbers };
}
