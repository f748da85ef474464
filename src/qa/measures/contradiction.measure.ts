import { type Alignment, align, type Gap } from '../analysis/alignment.js';
import type { Analysis } from '../analysis/analysis.js';
import type { SourceIndex } from '../analysis/source-index.js';
import type { Token } from '../analysis/tokens.js';
import { areOpposite } from '../analysis/word-keys.js';
import { CONNECTORS } from '../lexicon/connectors.js';
import { TITLES } from '../lexicon/fact-words.js';
import type { Finding } from '../report.js';
import { findingAt } from './finding.js';

/** Source sentences that a sentence is held against. */
const CANDIDATES = 6;
/** Two sentences say the same when they share this much of what is neither number nor name nor negation. */
const SAME_OURS = 0.7;
const SAME_THEIRS = 0.6;
/** A source sentence that agrees clears a conflict with another that is nearer by no more than this. */
const AS_NEAR = 0.15;
const FUNCTION_WEIGHT = 0.35;
const HEAD_WITHIN_TOKENS = 6;
const MAX_GAP_TOKENS = 4;

interface Conflict {
  readonly token: Token;
  readonly message: string;
}

interface Comparison {
  readonly nearness: number;
  readonly conflicts: readonly Conflict[];
}

/**
 * Numbers, dates, names and polarity in which a sentence differs from the source sentence that it matches word for
 * word otherwise (the first classes of contradiction in de Marneffe et al., 2008, found by alignment as in MacCartney
 * et al., 2008). Cautious: one source sentence as near that agrees clears the sentence.
 */
export function findContradictions(sentences: readonly Analysis[], sources: SourceIndex): Finding[] {
  return sentences.flatMap((sentence, index) => {
    if (sources.holdsSentence(sentence.flat)) return [];
    const near = sources
      .nearest(sentence, CANDIDATES)
      .map((source) => compare(sentence, source, sources))
      .filter((comparison) => comparison !== null);
    const best = near
      .toSorted((a, b) => b.nearness - a.nearness)
      .find(({ conflicts }) => conflicts.length > 0);
    if (best === undefined) return [];
    const agrees = near.some(
      ({ conflicts, nearness }) => conflicts.length === 0 && nearness >= best.nearness - AS_NEAR,
    );
    if (agrees) return [];
    return best.conflicts.map(({ token, message }) =>
      findingAt('contradiction', index, sentence.text, token, message),
    );
  });
}

/** Null where the two sentences do not say the same. */
function compare(sentence: Analysis, source: Analysis, sources: SourceIndex): Comparison | null {
  const alignment = align(sentence.tokens, source.tokens);
  if (alignment === null || alignment.pairs.length === 0) return null;
  const ours = coverage(sentence.tokens, new Set(alignment.pairs.map(([place]) => place)));
  const first = alignment.pairs[0]![1];
  const last = alignment.pairs.at(-1)![1];
  const stretch = source.tokens.slice(first, last + 1);
  const theirs = coverage(stretch, new Set(alignment.pairs.map(([, place]) => place - first)));
  if (ours < SAME_OURS || theirs < SAME_THEIRS) return null;
  const conflicts = [
    ...alignment.gaps.flatMap((gap) => [
      ...numberConflicts(gap, source),
      ...nameConflicts(gap, sources),
      ...oppositeConflicts(gap),
    ]),
    ...polarityConflicts(sentence.tokens, source.tokens, alignment),
  ];
  return { nearness: (ours + theirs) / 2, conflicts };
}

/** Share of the words that frame the facts, the matched ones among all. */
function coverage(tokens: readonly Token[], matched: ReadonlySet<number>): number {
  let total = 0;
  let found = 0;
  tokens.forEach((token, place) => {
    if (token.number || token.calendar || token.name || token.negation) return;
    const weight = token.content ? 1 : FUNCTION_WEIGHT;
    total += weight;
    if (matched.has(place)) found += weight;
  });
  return total === 0 ? 0 : found / total;
}

function numberConflicts({ ours, theirs, framed }: Gap, source: Analysis): Conflict[] {
  const said = theirs.filter((token) => token.number || token.calendar);
  if (said.length === 0) return [];
  const known = new Set((framed ? theirs : source.tokens).map((token) => token.key));
  return ours
    .filter(
      (token) =>
        (token.number || token.calendar) && token.raw.toLowerCase() !== 'one' && !known.has(token.key),
    )
    .map((token) => conflict(token, said));
}

function nameConflicts(gap: Gap, sources: SourceIndex): Conflict[] {
  const { ours, theirs, framed } = gap;
  if (!framed || ours.length > MAX_GAP_TOKENS || theirs.length > MAX_GAP_TOKENS) return [];
  const isName = (token: Token) =>
    token.name ||
    token.calendar ||
    sources.names.has(token.raw) ||
    (gap.beforeName && isFirstName(token, sources));
  const said = theirs.filter(isName);
  const names = ours.filter(isName);
  if (said.length === 0 || names.length === 0) return [];
  const held = new Set(theirs.map((token) => token.key));
  if (names.some((token) => held.has(token.key)) || isLonger(names, said)) return [];
  if (names[0]!.calendar && said.some((token) => token.calendar)) return [];
  return [conflict(names[0]!, said)];
}

/** A capitalised word that begins a sentence and has a name after it, unless it is an ordinary word. */
function isFirstName({ raw, content, start, fact }: Token, sources: SourceIndex): boolean {
  const plain = raw.toLowerCase();
  const isOrdinary = fact || plain.endsWith('ly') || CONNECTORS.has(plain) || TITLES.has(plain);
  return start === 0 && content && /^\p{Lu}/u.test(raw) && !isOrdinary && !sources.smallWords.has(plain);
}

/** Whether one side only spells out the initials of the other. */
function isLonger(names: readonly Token[], said: readonly Token[]): boolean {
  const initials = (tokens: readonly Token[]) => tokens.map((token) => token.raw[0]).join('');
  return initials(names) === said[0]!.raw || initials(said) === names[0]!.raw;
}

function oppositeConflicts({ ours, theirs }: Gap): Conflict[] {
  return ours.flatMap((token) => {
    const opposite = theirs.filter((other) => areOpposite(token.stem, other.stem));
    return opposite.length === 0 ? [] : [conflict(token, opposite)];
  });
}

function conflict(token: Token, said: readonly Token[]): Conflict {
  const theirs = said.map((other) => other.raw).join(' ');
  return { token, message: `says "${token.raw}" where the nearest source says "${theirs}"` };
}

/** Negations of a word that the other side states plainly. */
function polarityConflicts(
  ours: readonly Token[],
  theirs: readonly Token[],
  { gaps, pairs }: Alignment,
): Conflict[] {
  const ourPlaces = new Map(pairs);
  const theirPlaces = new Map(pairs.map(([our, their]) => [their, our] as const));
  const conflicts: Conflict[] = [];
  for (const gap of gaps) {
    const added = gap.ours.find((token) => token.negation);
    const lost = gap.theirs.find((token) => token.negation);
    if ((added === undefined) === (lost === undefined)) continue;
    if (added && headOf(ours, added, ourPlaces) !== null) {
      conflicts.push({ token: added, message: 'the nearest source says it without this negation' });
    }
    const head = lost ? headOf(theirs, lost, theirPlaces) : null;
    if (lost && head !== null) {
      conflicts.push({ token: ours[head]!, message: `the nearest source says "${lost.raw}" here` });
    }
  }
  return conflicts;
}

/** The other side's place of the first content word after a negation; null where it has no such word. */
function headOf(
  tokens: readonly Token[],
  negation: Token,
  places: ReadonlyMap<number, number>,
): number | null {
  const at = tokens.indexOf(negation);
  if (['only', 'just'].includes(tokens[at + 1]?.raw.toLowerCase() ?? '')) return null;
  const end = Math.min(tokens.length, at + 1 + HEAD_WITHIN_TOKENS);
  for (let place = at + 1; place < end; place++) {
    const other = places.get(place);
    if (tokens[place]!.content && other !== undefined) return other;
    if (tokens[place]!.content) return null;
  }
  return places.get(at + 1) ?? places.get(at - 1) ?? null;
}
