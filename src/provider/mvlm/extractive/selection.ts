import { likeness, SAME_LIKENESS } from './concepts.js';
import { type RankedStatement, rounded } from './relevance.js';
import { STANDS_ALONE } from './sentence-form.js';
import type { Statement } from './statement.js';

/** Weight of novelty against relevance in maximal marginal relevance (Carbonell and Goldstein 1998). */
const NOVELTY_WEIGHT = 0.35;
/** Sentences that can be chosen at all: beyond these the best are far better anyway. */
const MAX_CANDIDATES = 400;
const MAX_ANCHORS = 2;
const MAX_ANNOUNCED = 4;
/** An announced list item may be a fragment, but no question, greeting or code. */
const LIST_ITEM_QUALITY = 0.1;

export interface SelectionLimits {
  readonly count: number;
  /** Least relevance, as a share of the best one's. */
  readonly floor: number;
}

/** Picks relevant statements that differ from each other, in the order of choice; nothing said twice. */
export function selectDiverse(
  ranked: readonly RankedStatement[],
  limits: SelectionLimits,
): readonly RankedStatement[] {
  const least = (ranked[0]?.relevance ?? 0) * limits.floor;
  const open = ranked
    .filter(({ relevance }) => relevance >= least)
    .slice(0, MAX_CANDIDATES)
    .map((candidate) => ({ candidate, closest: 0 }));
  const chosen: RankedStatement[] = [];
  while (chosen.length < limits.count) {
    const best = takeBest(open);
    if (best === undefined) break;
    chosen.push(best);
    for (const entry of open) {
      const like = likeness(entry.candidate.statement.stems, best.statement.stems);
      entry.closest = Math.max(entry.closest, like);
    }
  }
  return chosen;
}

/** The sentences next to another, where they can be quoted with it. */
export interface Neighbours {
  before(statement: Statement): Statement | undefined;
  after(statement: Statement): Statement | undefined;
}

/**
 * A statement with what it needs to be understood, in order: the sentences before it that it points back to, and
 * those after it that it announces; null where these cannot be quoted.
 */
export function passageOf(statement: Statement, neighbours: Neighbours): readonly Statement[] | null {
  const passage = [statement];
  let first = statement;
  while (first.dangling) {
    const anchor = neighbours.before(first);
    if (anchor === undefined || anchor.quality < STANDS_ALONE || passage.length > MAX_ANCHORS) return null;
    passage.unshift(anchor);
    first = anchor;
  }
  const announced = statement.leading ? announcedBy(statement, neighbours) : [];
  return statement.leading && announced.length === 0 ? null : [...passage, ...announced];
}

/** The statement with the fewest words, one that stands without others where there is one. */
export function shortestOf(statements: readonly Statement[]): Statement | undefined {
  const standing = statements.filter(({ dangling, leading }) => !dangling && !leading);
  let shortest: Statement | undefined;
  for (const statement of standing.length > 0 ? standing : statements)
    if (shortest === undefined || statement.words < shortest.words) shortest = statement;
  return shortest;
}

function announcedBy(statement: Statement, neighbours: Neighbours): readonly Statement[] {
  const announced: Statement[] = [];
  let next = neighbours.after(statement);
  while (next !== undefined && next.quality >= LIST_ITEM_QUALITY && announced.length < MAX_ANNOUNCED) {
    announced.push(next);
    next = neighbours.after(next);
  }
  return announced;
}

function takeBest(open: { candidate: RankedStatement; closest: number }[]): RankedStatement | undefined {
  let best = -1;
  let bestValue = Number.NEGATIVE_INFINITY;
  for (const [at, { candidate, closest }] of open.entries()) {
    if (closest >= SAME_LIKENESS) continue;
    const value = rounded(
      candidate.relevance * (1 - NOVELTY_WEIGHT * closest) - NOVELTY_WEIGHT * closest * 0.2,
    );
    if (value > bestValue) {
      best = at;
      bestValue = value;
    }
  }
  return best === -1 ? undefined : open.splice(best, 1)[0]?.candidate;
}
