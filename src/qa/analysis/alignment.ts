import type { Token } from './tokens.js';

/** Larger tables are not worth their time: such sentences are lists or code. */
const MAX_CELLS = 250_000;
const CONTENT_WEIGHT = 3;

/** Two stretches, one of each sentence, between words that both have. Places are indexes of tokens, end exclusive. */
export interface Gap {
  readonly ours: readonly Token[];
  readonly theirs: readonly Token[];
  /** Whether both sides are bounded by the same words, or by the ends of both sentences. */
  readonly framed: boolean;
  /** Whether the word that both have after it is a name. */
  readonly beforeName: boolean;
}

export interface Alignment {
  readonly gaps: readonly Gap[];
  /** Places of the words that both have, in order: first ours, then theirs. */
  readonly pairs: readonly (readonly [number, number])[];
}

/**
 * The longest common subsequence of two sentences' words (Needleman and Wunsch 1970, without a penalty), content words
 * before others, and what stands between. Null where the sentences are too long.
 */
export function align(ours: readonly Token[], theirs: readonly Token[]): Alignment | null {
  if ((ours.length + 1) * (theirs.length + 1) > MAX_CELLS) return null;
  const pairs = commonPairs(ours, theirs);
  const gaps: Gap[] = [];
  let [i, j] = [0, 0];
  for (const [ourEnd, theirEnd] of [...pairs, [ours.length, theirs.length] as const]) {
    if (ourEnd > i || theirEnd > j) {
      const isInside = i > 0 && j > 0 && ourEnd < ours.length && theirEnd < theirs.length;
      const isEdge = (i === 0 && j === 0) || (ourEnd === ours.length && theirEnd === theirs.length);
      gaps.push({
        ours: ours.slice(i, ourEnd),
        theirs: theirs.slice(j, theirEnd),
        framed: isInside || isEdge,
        beforeName: ours[ourEnd]?.name ?? false,
      });
    }
    [i, j] = [ourEnd + 1, theirEnd + 1];
  }
  return { gaps, pairs };
}

function commonPairs(ours: readonly Token[], theirs: readonly Token[]): (readonly [number, number])[] {
  const width = theirs.length + 1;
  const best = bestFrom(ours, theirs, width);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < ours.length && j < theirs.length; ) {
    const here = best[i * width + j]!;
    const both = ours[i]!.key === theirs[j]!.key ? best[(i + 1) * width + j + 1]! + weightOf(ours[i]!) : -1;
    if (here === both) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] === here) i++;
    else j++;
  }
  return pairs;
}

/** The weight of the best common subsequence of what begins at each place of ours (row) and of theirs (column). */
function bestFrom(ours: readonly Token[], theirs: readonly Token[], width: number): Uint32Array {
  const best = new Uint32Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i--) {
    const { key } = ours[i]!;
    const weight = weightOf(ours[i]!);
    for (let j = theirs.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
      const both = key === theirs[j]!.key ? best[(i + 1) * width + j + 1]! + weight : 0;
      best[i * width + j] = Math.max(skip, both);
    }
  }
  return best;
}

function weightOf(token: Token): number {
  return token.content ? CONTENT_WEIGHT : 1;
}
