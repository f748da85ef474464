import type { Span } from '../../shared/index.js';
import { CUE_FAMILIES, type CueFamily } from '../lexicon/jailbreak-cues.js';

/** A stretch of text in which cues stand together, and how many of each family. */
export interface CueCluster {
  readonly span: Span;
  readonly counts: ReadonlyMap<CueFamily['name'], number>;
}

interface Cue extends Span {
  readonly family: CueFamily['name'];
}

const WINDOW_CHARS = 1_500;
const MAX_CUES_OF_FAMILY = 500;

/** Whether a cue of a family stands anywhere in a text. */
export function hasCue(text: string, name: CueFamily['name']): boolean {
  return CUE_FAMILIES.some((family) => family.name === name && text.search(family.cues) !== -1);
}

/** The stretch of at most 1,500 characters with cues of the most families, or null where no cue stands. */
export function densestCues(text: string): CueCluster | null {
  const cues = CUE_FAMILIES.flatMap((family) => cuesOf(text, family)).sort((a, b) => a.start - b.start);
  const counts = new Map<Cue['family'], number>();
  let best: CueCluster | null = null;
  let first = 0;
  for (const [index, cue] of cues.entries()) {
    counts.set(cue.family, (counts.get(cue.family) ?? 0) + 1);
    while (cues[first]!.start < cue.start - WINDOW_CHARS) drop(counts, cues[first++]!.family);
    if (counts.size > (best?.counts.size ?? 0) || (counts.size === best?.counts.size && first === 0))
      best = { span: { start: cues[first]!.start, end: cues[index]!.end }, counts: new Map(counts) };
  }
  return best;
}

function drop(counts: Map<Cue['family'], number>, family: Cue['family']): void {
  const left = counts.get(family)! - 1;
  if (left === 0) counts.delete(family);
  else counts.set(family, left);
}

function cuesOf(text: string, { name, cues }: CueFamily): Cue[] {
  const found: Cue[] = [];
  for (const match of text.matchAll(cues)) {
    if (found.length === MAX_CUES_OF_FAMILY) break;
    found.push({ family: name, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
