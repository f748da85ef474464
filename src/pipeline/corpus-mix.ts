import type { CorpusMix } from '../corpus/index.js';
import type { Mode } from '../shared/index.js';

/** What is not looked for first counts this much: enough to be taken where nothing better is there. */
const SECOND = 0.85;
const REFLECTION: CorpusMix = { published: SECOND };
const FACTS: CorpusMix = { personal: SECOND, social: SECOND };
const ALL: CorpusMix = {};

const OWN = /\b(?:i|i'(?:m|ve|d|ll)|me|my|mine|myself|we|our|ours|us)\b/iu;
const ASKS_FOR_FACTS =
  /^\s*(?:please\s+)?(?:what|who|which|when|where|how|why|define|explain|find|list|is|are|does|do|did|was|were)\b/iu;

/**
 * Which corpora answer such a prompt best: what somebody thinks and lived through stands in personal and social texts,
 * facts stand in published ones.
 */
export function corpusMixOf(mode: Mode, prompt: string): CorpusMix {
  const start = prompt.slice(0, 2_000).replaceAll('’', "'");
  if (mode === 'voice' || OWN.test(start)) return REFLECTION;
  return mode === 'retrieval' || ASKS_FOR_FACTS.test(start) ? FACTS : ALL;
}
