import { contentTermsOf, type Span, termsOf } from '../../shared/index.js';

/** What a summary kept of its source, and what it dropped. */
export interface SummaryQuality {
  /** Indices of the source sentences that a summary sentence was made from, ascending. */
  readonly kept: readonly number[];
  /** Indices of the other source sentences, ascending. */
  readonly dropped: readonly number[];
  /** Share of the source's concepts that the summary speaks of, weighted, 0..1; 1 where the source has none. */
  readonly conceptsKept: number;
  /** The heaviest concepts that the summary does not speak of, heaviest first. */
  readonly missing: readonly MissingConcept[];
  /** Words of the summary per word of the source; 0 where the source has none. */
  readonly compression: number;
  /** Share of the summary's neighbouring pairs of content words that an earlier sentence had, 0..1. */
  readonly redundancy: number;
}

/** A concept with the place where the source first names it. */
export interface MissingConcept {
  readonly word: string;
  /** Index of the source sentence. */
  readonly sentence: number;
  /** Place in that sentence, in UTF-16 code units. */
  readonly span: Span;
  /** Its share of all concepts' weight, 0..1. */
  readonly share: number;
}

interface Concept extends Omit<MissingConcept, 'share'> {
  readonly stem: string;
  readonly weight: number;
}

/** A summary sentence comes from the source sentence that has this share of its content words. */
const KEPT_FROM = 0.6;
const MAX_MISSING = 10;
/** Of a summary sentence, the rarest words find its source; of the sentences with such a word, the first are tried. */
const MAX_PROBES = 8;
const MAX_TRIED = 200;

/**
 * Compares a summary with its source. Concepts weigh by frequency and rarity among the source's sentences (tf-idf,
 * Spärck Jones 1972); what was kept is content recall in the sense of the pyramid method (Nenkova and Passonneau
 * 2004) with words for content units.
 */
export function measureSummaryQuality(source: readonly string[], summary: readonly string[]): SummaryQuality {
  const sourceStems = source.map(stemsOf);
  const summaryStems = summary.map(stemsOf);
  const concepts = conceptsOf(source, sourceStems);
  const spoken = new Set(summaryStems.flat());
  const total = concepts.reduce((sum, { weight }) => sum + weight, 0);
  const absent = concepts.filter(({ stem }) => !spoken.has(stem));
  const lost = absent.reduce((sum, { weight }) => sum + weight, 0);
  const kept = keptOf({ texts: source, stems: sourceStems }, { texts: summary, stems: summaryStems });
  const words = wordsIn(source);
  return {
    kept: [...kept].sort((a, b) => a - b),
    dropped: source.map((_, at) => at).filter((at) => !kept.has(at)),
    conceptsKept: total === 0 ? 1 : 1 - lost / total,
    missing: absent
      .slice(0, MAX_MISSING)
      .map(({ word, sentence, span, weight }) => ({ word, sentence, span, share: weight / total })),
    compression: words === 0 ? 0 : wordsIn(summary) / words,
    redundancy: redundancyOf(summaryStems),
  };
}

function stemsOf(text: string): readonly string[] {
  return contentTermsOf(text).map(({ stem }) => stem);
}

function wordsIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + termsOf(text).length, 0);
}

/** The concepts of the source, heaviest first; equals in the order of the text. */
function conceptsOf(source: readonly string[], stems: readonly (readonly string[])[]): readonly Concept[] {
  const holding = holdersOf(stems);
  const concepts = new Map<string, Concept>();
  source.forEach((text, sentence) => {
    for (const { stem, start, end } of contentTermsOf(text)) {
      if (concepts.has(stem)) continue;
      const count = holding.get(stem)!.length;
      const weight = count * Math.log(1 + source.length / count);
      concepts.set(stem, { stem, word: text.slice(start, end), sentence, span: { start, end }, weight });
    }
  });
  return [...concepts.values()].sort((a, b) => b.weight - a.weight);
}

/** For each stem the sentences that hold it. */
function holdersOf(stems: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const holders = new Map<string, number[]>();
  stems.forEach((each, sentence) => {
    for (const stem of new Set(each)) {
      const known = holders.get(stem);
      if (known === undefined) holders.set(stem, [sentence]);
      else known.push(sentence);
    }
  });
  return holders;
}

interface Sentences {
  readonly texts: readonly string[];
  readonly stems: readonly (readonly string[])[];
}

function keptOf(source: Sentences, summary: Sentences): ReadonlySet<number> {
  const places = new Map(source.texts.map((text, at) => [text, at] as const).reverse());
  const sets = source.stems.map((stems) => new Set(stems));
  const holders = holdersOf(source.stems);
  const kept = new Set<number>();
  summary.texts.forEach((text, at) => {
    const found = places.get(text) ?? nearestTo(new Set(summary.stems[at]), sets, holders);
    if (found !== null) kept.add(found);
  });
  return kept;
}

/** The source sentence that has most of the words, the first of equals; null where none has enough of them. */
function nearestTo(
  stems: ReadonlySet<string>,
  source: readonly ReadonlySet<string>[],
  holders: ReadonlyMap<string, readonly number[]>,
): number | null {
  const rarest = [...stems]
    .filter((stem) => holders.has(stem))
    .sort((a, b) => holders.get(a)!.length - holders.get(b)!.length)
    .slice(0, MAX_PROBES);
  const tried = new Set(rarest.flatMap((stem) => holders.get(stem)!.slice(0, MAX_TRIED)));
  let best: number | null = null;
  let most = KEPT_FROM * stems.size;
  for (const at of [...tried].sort((a, b) => a - b)) {
    let shared = 0;
    for (const stem of stems) if (source[at]!.has(stem)) shared++;
    if (shared > most || (best === null && shared === most)) {
      best = at;
      most = shared;
    }
  }
  return best;
}

function redundancyOf(summary: readonly (readonly string[])[]): number {
  const said = new Set<string>();
  let pairs = 0;
  let repeated = 0;
  for (const stems of summary) {
    const own = stems.slice(1).map((stem, at) => `${stems[at]} ${stem}`);
    pairs += own.length;
    repeated += own.filter((pair) => said.has(pair)).length;
    for (const pair of own) said.add(pair);
  }
  return pairs === 0 ? 0 : repeated / pairs;
}
