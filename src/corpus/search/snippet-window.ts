import { type Span, splitSentences, type Term } from '../../shared/index.js';

/** A window reaches about this far to either side of the words it was cut around. */
export const HALF_WINDOW_CHARS = 240;
const WINDOW_CHARS = 2 * HALF_WINDOW_CHARS;
/** A text up to this length is one snippet. */
const WHOLE_TEXT_CHARS = 600;
/** Sentences are looked for this far around the words; one that is longer is cut between words. */
const REGION_CHARS = 1_200;
const MAX_CUT_WORD_CHARS = 60;

/** A verbatim piece of a text and the query terms in it. */
export interface SnippetWindow extends Span {
  readonly stems: ReadonlySet<string>;
}

/**
 * Windows around the densest clusters of query terms, cut at sentence ends: one, or two where a long text has other
 * terms elsewhere. `terms` are the words of the text; without a match, the window is its beginning.
 */
export function windowsOf(
  text: string,
  terms: readonly Term[],
  weights: ReadonlyMap<string, number>,
): SnippetWindow[] {
  const whole = trimmed(text, 0, text.length);
  if (whole.start === whole.end) return [];
  const matches = terms.filter((term) => weights.has(term.stem));
  if (text.length <= WHOLE_TEXT_CHARS) return [withStems(whole, matches)];
  const first = windowAround(text, densestOf(matches, weights), matches, { start: 0, end: text.length });
  const fresh = matches.filter((term) => !first.stems.has(term.stem));
  const cluster = densestOf(fresh, weights);
  if (!cluster) return [first];
  const bounds =
    cluster.start >= first.end ? { start: first.end, end: text.length } : { start: 0, end: first.start };
  const second = windowAround(text, cluster, matches, bounds);
  return [...second.stems].some((stem) => !first.stems.has(stem)) ? [first, second] : [first];
}

/** The stretch of at most one window whose distinct terms weigh most; then the fuller, then the earlier. */
function densestOf(matches: readonly Term[], weights: ReadonlyMap<string, number>): Span | null {
  const inside = new Map<string, number>();
  let best: Span | null = null;
  let bestScore = 0;
  let score = 0;
  let from = 0;
  const add = (term: Term, by: 1 | -1) => {
    const count = inside.get(term.stem) ?? 0;
    const weight = weights.get(term.stem) ?? 0;
    inside.set(term.stem, count + by);
    // A repetition counts a little, so that a passage about the word beats a passing mention.
    score += by * ((by === 1 ? count : count - 1) === 0 ? weight : weight / 20);
  };
  for (const match of matches) {
    add(match, 1);
    while (match.end - matches[from]!.start > WINDOW_CHARS) add(matches[from++]!, -1);
    if (score > bestScore + 1e-9) {
      bestScore = score;
      best = { start: matches[from]!.start, end: match.end };
    }
  }
  return best;
}

function windowAround(
  text: string,
  cluster: Span | null,
  matches: readonly Term[],
  bounds: Span,
): SnippetWindow {
  const core = cluster ?? { start: bounds.start, end: bounds.start };
  const region = {
    start: Math.max(bounds.start, core.start - REGION_CHARS),
    end: Math.min(bounds.end, core.end + REGION_CHARS),
  };
  const sentences = wholeSentences(text, region, bounds);
  const run = sentenceRun(sentences, core) ?? cutBetweenWords(text, core, bounds);
  return withStems(trimmed(text, run.start, run.end), matches);
}

/** Sentences that lie whole inside the region: those at an inner edge may be the rest of a longer one. */
function wholeSentences(text: string, region: Span, bounds: Span): Span[] {
  const sentences = splitSentences(text.slice(region.start, region.end)).map(({ start, end }) => ({
    start: start + region.start,
    end: end + region.start,
  }));
  return sentences.slice(
    region.start > bounds.start ? 1 : 0,
    region.end < bounds.end ? -1 : sentences.length,
  );
}

/** The sentences that hold the cluster, with neighbours as far as they fit; null where they are too long. */
function sentenceRun(sentences: readonly Span[], cluster: Span): Span | null {
  let first = sentences.findIndex((sentence) => sentence.end > cluster.start);
  if (first === -1) return null;
  let last = first;
  while (last + 1 < sentences.length && sentences[last]!.end < cluster.end) last++;
  const start = () => sentences[first]!.start;
  const end = () => sentences[last]!.end;
  const holds = cluster.start === cluster.end || (start() <= cluster.start && end() >= cluster.end);
  if (!holds || end() - start() > WINDOW_CHARS + HALF_WINDOW_CHARS) return null;
  for (let grown = true; grown; ) {
    grown = false;
    if (last + 1 < sentences.length && sentences[last + 1]!.end - start() <= WINDOW_CHARS) {
      last++;
      grown = true;
    }
    if (first > 0 && end() - sentences[first - 1]!.start <= WINDOW_CHARS) {
      first--;
      grown = true;
    }
  }
  return { start: start(), end: end() };
}

function cutBetweenWords(text: string, cluster: Span, bounds: Span): Span {
  const centre = Math.floor((cluster.start + cluster.end) / 2);
  const start = Math.max(bounds.start, centre - HALF_WINDOW_CHARS);
  const end = Math.min(bounds.end, start + WINDOW_CHARS);
  return {
    start: start === bounds.start ? start : nextBreak(text, start, cluster.start),
    end: end === bounds.end ? end : previousBreak(text, end, cluster.end),
  };
}

function nextBreak(text: string, at: number, limit: number): number {
  const space = text.slice(at, Math.min(at + MAX_CUT_WORD_CHARS, limit)).search(/\s/u);
  return space === -1 ? outsidePair(text, at) : at + space;
}

function previousBreak(text: string, at: number, limit: number): number {
  const from = Math.max(at - MAX_CUT_WORD_CHARS, limit);
  const space = text.slice(from, at).search(/\s\S*$/u);
  return space === -1 ? outsidePair(text, at) : from + space;
}

/** Moves a cut that would split a surrogate pair behind it. */
function outsidePair(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function trimmed(text: string, start: number, end: number): Span {
  const piece = text.slice(start, end);
  const leading = piece.length - piece.trimStart().length;
  return leading === piece.length
    ? { start, end: start }
    : { start: start + leading, end: start + piece.trimEnd().length };
}

function withStems(span: Span, matches: readonly Term[]): SnippetWindow {
  const inside = matches.filter((term) => term.start >= span.start && term.end <= span.end);
  return { ...span, stems: new Set(inside.map((term) => term.stem)) };
}
