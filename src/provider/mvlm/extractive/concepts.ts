import { contentTermsOf } from '../../../shared/index.js';
import { LIGHT_PROMPT_STEMS, sameConcept } from './english-cues.js';

/** What a prompt asks about: each stem with its weight. */
export interface Concepts {
  readonly weights: ReadonlyMap<string, number>;
  /** The stems that say what about, not what to do; all stems where the prompt has no such word. */
  readonly topics: ReadonlySet<string>;
}

const LIGHT_FACTOR = 0.35;
/** Kept small: the material was found by these very words, so the commonest of them is often the topic itself. */
const RARITY_WEIGHT = 0.15;
const MAX_CONCEPTS = 64;

/**
 * Weighs the prompt's stems by their rarity in the material (inverse document frequency, Spärck Jones 1972) over what
 * each sentence is read with. A stem the material does not hold tells its sentences apart by nothing and is left out.
 */
export function conceptsOf(prompt: string, contexts: readonly ReadonlySet<string>[]): Concepts {
  const weights = new Map<string, number>();
  const light = new Set<string>();
  for (const { stem, start, end } of contentTermsOf(prompt)) {
    if (weights.has(stem)) continue;
    if (weights.size === MAX_CONCEPTS) break;
    const holding = contexts.filter((stems) => holds(stems, stem)).length;
    if (holding === 0) continue;
    const rarity = 1 + RARITY_WEIGHT * Math.log((contexts.length + 1) / (holding + 1));
    if (isLight(stem, prompt.slice(start, end))) light.add(stem);
    weights.set(stem, light.has(stem) ? rarity * LIGHT_FACTOR : rarity);
  }
  const heavy = [...weights.keys()].filter((stem) => !light.has(stem));
  return { weights, topics: new Set(heavy.length > 0 ? heavy : weights.keys()) };
}

/** The concepts a set of stems speaks of. */
export function conceptsIn(stems: ReadonlySet<string>, concepts: Concepts): readonly string[] {
  return [...concepts.weights.keys()].filter((concept) => holds(stems, concept));
}

/** Share (0..1) of the concepts' weight that a set of stems speaks of. */
export function conceptShare(stems: ReadonlySet<string>, concepts: Concepts): number {
  return shareOf(stems, concepts, concepts.weights.keys());
}

/** Share (0..1) of the topics' weight that a set of stems speaks of. */
export function topicShare(stems: ReadonlySet<string>, concepts: Concepts): number {
  return shareOf(stems, concepts, concepts.topics);
}

export function speaksOfTopic(stems: ReadonlySet<string>, concepts: Concepts): boolean {
  for (const topic of concepts.topics) if (holds(stems, topic)) return true;
  return false;
}

/** Share of stems two sentences have in common (Jaccard index, 0..1). */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let common = 0;
  for (const stem of small) if (large.has(stem)) common++;
  const union = a.size + b.size - common;
  return union === 0 ? 0 : common / union;
}

/** From here on two sentences say the same. */
export const SAME_LIKENESS = 0.7;

/** "Write about X" asks about X, but "rules for writing" asks about writing; a number alone names no topic. */
function isLight(stem: string, word: string): boolean {
  return (LIGHT_PROMPT_STEMS.has(stem) && !/ing$/iu.test(word)) || /^\p{N}+$/u.test(stem);
}

function shareOf(stems: ReadonlySet<string>, { weights }: Concepts, among: Iterable<string>): number {
  let total = 0;
  let found = 0;
  for (const concept of among) {
    const weight = weights.get(concept) ?? 0;
    total += weight;
    if (holds(stems, concept)) found += weight;
  }
  return total === 0 ? 0 : found / total;
}

function holds(stems: ReadonlySet<string>, concept: string): boolean {
  if (stems.has(concept)) return true;
  for (const stem of stems) if (sameConcept(stem, concept)) return true;
  return false;
}
