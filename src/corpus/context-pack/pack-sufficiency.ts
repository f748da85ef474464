import type { ContextPack } from './context-pack.js';

/** One snippet speaks of half of what was asked. */
const SINGLE_SNIPPET_SHARE = 0.5;
/** Two topical words together in one snippet are no accident: less of a long prompt is enough. */
const TOPICS_TOGETHER = 2;
const TOPICS_TOGETHER_SHARE = 0.25;
/** Everything asked is spoken of, though in different places. */
const SPREAD_COVERAGE = 0.8;
const SPREAD_SHARE = 0.3;

/**
 * Whether the pack holds something to answer from: false where the prompt asks about what the corpora never speak of.
 * It goes by words alone; the shares were set on invented cases (see the spec).
 */
export function packIsSufficient(pack: ContextPack): boolean {
  const { bestShare, bestTopics, unknownName } = pack.evidence;
  if (pack.snippets.length === 0) return false;
  if (bestShare >= SINGLE_SNIPPET_SHARE) return true;
  if (bestShare >= SPREAD_SHARE && pack.scores.coverage >= SPREAD_COVERAGE) return true;
  return !unknownName && bestTopics >= TOPICS_TOGETHER && bestShare >= TOPICS_TOGETHER_SHARE;
}
