import { jaccardOf } from '../search/near-duplicate.js';
import type {
  ContextPack,
  ContextPackRequest,
  PackChoice,
  PackEvidence,
  PackOmission,
} from './context-pack.js';
import { candidatesOf, type PackCandidate } from './pack-candidate.js';
import { conceptsOf, type PromptConcept } from './prompt-concepts.js';

const SIMILARITY_PART = 0.5;
/** Snippets this alike say the same. */
const REPEATS_SIMILARITY = 0.8;
/** Below this share of the best relevance a snippet is noise beside it, unless it brings a concept of its own. */
const WEAK_SHARE = 0.35;

/**
 * Chooses snippets under a budget: relevance plus the prompt's concepts they newly cover, minus their likeness to what
 * is chosen already (maximal marginal relevance, Carbonell and Goldstein 1998). The same input gives the same pack.
 */
export function buildContextPack(request: ContextPackRequest): ContextPack {
  const concepts = conceptsOf(request.prompt, request.results);
  const candidates = candidatesOf(request.results, concepts, request.mix);
  const { open, omitted } = onTopic(candidates, concepts);
  const selection = select(open, concepts, request);
  const chosen = selection.chosen;
  const covered = new Set(chosen.flatMap((candidate) => candidate.concepts.map((concept) => concept.stem)));
  return {
    snippets: chosen.map((candidate) => candidate.snippet),
    choices: selection.choices,
    omitted: [...selection.omitted, ...omitted],
    concepts: concepts.map(({ stem, weight }) => ({ stem, weight, covered: covered.has(stem) })),
    evidence: evidenceOf(chosen, concepts),
    scores: {
      coverage: shareOf(concepts, (concept) => covered.has(concept.stem)),
      diversity: diversityOf(chosen),
    },
  };
}

/** Leaves out what only shares words of the asking with the prompt. */
function onTopic(candidates: readonly PackCandidate[], concepts: readonly PromptConcept[]) {
  const hasTopic = concepts.some((concept) => concept.kind !== 'light');
  const isOpen = (candidate: PackCandidate) =>
    !hasTopic || candidate.concepts.some((concept) => concept.kind !== 'light');
  const omitted = candidates
    .filter((candidate) => !isOpen(candidate))
    .map((candidate): PackOmission => ({ snippetId: candidate.snippet.id, reason: 'off_topic' }));
  return { open: candidates.filter(isOpen), omitted };
}

function select(
  candidates: readonly PackCandidate[],
  concepts: readonly PromptConcept[],
  budget: Pick<ContextPackRequest, 'maxChars' | 'maxSnippets'>,
) {
  const totalWeight = concepts.reduce((sum, concept) => sum + concept.weight, 0) || 1;
  const best = Math.max(0, ...candidates.map((candidate) => candidate.relevance));
  const covered = new Set<string>();
  const chosen: PackCandidate[] = [];
  const choices: PackChoice[] = [];
  const omitted: PackOmission[] = [];
  let rest = [...candidates].sort((a, b) => (a.snippet.id < b.snippet.id ? -1 : 1));
  let chars = 0;
  while (rest.length > 0) {
    const scored = rest.map((candidate) => scoreOf(candidate, chosen, covered, totalWeight));
    const next = scored.reduce((top, each) => (each.gain > top.gain ? each : top));
    rest = rest.filter((candidate) => candidate !== next.candidate);
    const { snippet } = next.candidate;
    const refusal = refusalOf(
      next,
      best,
      chars + snippet.text.length > budget.maxChars,
      chosen.length >= budget.maxSnippets,
    );
    if (refusal) {
      omitted.push({ snippetId: snippet.id, reason: refusal });
      continue;
    }
    chosen.push(next.candidate);
    chars += snippet.text.length;
    for (const concept of next.candidate.concepts) covered.add(concept.stem);
    choices.push({ snippetId: snippet.id, reason: reasonOf(next), gain: Math.round(next.gain * 1e4) / 1e4 });
  }
  return { chosen, choices, omitted };
}

interface ScoredCandidate {
  readonly candidate: PackCandidate;
  readonly fresh: readonly PromptConcept[];
  readonly similarity: number;
  readonly gain: number;
}

function scoreOf(
  candidate: PackCandidate,
  chosen: readonly PackCandidate[],
  covered: ReadonlySet<string>,
  totalWeight: number,
): ScoredCandidate {
  const fresh = candidate.concepts.filter((concept) => !covered.has(concept.stem));
  const novelty = fresh.reduce((sum, concept) => sum + concept.weight, 0) / totalWeight;
  const similarity = Math.max(0, ...chosen.map((other) => jaccardOf(candidate.stems, other.stems)));
  const gain = candidate.relevance + novelty - SIMILARITY_PART * similarity;
  return { candidate, fresh, similarity, gain };
}

function refusalOf(
  { candidate, fresh, similarity }: ScoredCandidate,
  bestRelevance: number,
  overChars: boolean,
  overCount: boolean,
): PackOmission['reason'] | null {
  if (similarity >= REPEATS_SIMILARITY) return 'repeats';
  const bringsTopic = fresh.some((concept) => concept.kind === 'topical');
  if (candidate.relevance < WEAK_SHARE * bestRelevance && !bringsTopic) return 'weak';
  return overChars || overCount ? 'over_budget' : null;
}

function reasonOf({ candidate, fresh }: ScoredCandidate): string {
  const words = (concepts: readonly PromptConcept[]) => concepts.map((concept) => concept.word).join(', ');
  if (fresh.length > 0) return `first to speak of ${words(fresh)}`;
  return candidate.concepts.length > 0
    ? `says more about ${words(candidate.concepts)}`
    : 'ranked high in its search';
}

function evidenceOf(chosen: readonly PackCandidate[], concepts: readonly PromptConcept[]): PackEvidence {
  const topics = (candidate: PackCandidate) =>
    candidate.concepts.filter((concept) => concept.kind === 'topical').length;
  return {
    bestShare: Math.max(0, ...chosen.map((candidate) => candidate.share)),
    bestTopics: Math.max(0, ...chosen.map(topics)),
    unknownName: concepts.some((concept) => concept.isName && !concept.known),
  };
}

function shareOf(concepts: readonly PromptConcept[], counts: (concept: PromptConcept) => boolean): number {
  const weigh = (some: readonly PromptConcept[]) => some.reduce((sum, concept) => sum + concept.weight, 0);
  return concepts.length === 0 ? 0 : weigh(concepts.filter(counts)) / weigh(concepts);
}

function diversityOf(chosen: readonly PackCandidate[]): number {
  let similarity = 0;
  let pairs = 0;
  chosen.forEach((candidate, index) => {
    for (const other of chosen.slice(index + 1)) {
      similarity += jaccardOf(candidate.stems, other.stems);
      pairs++;
    }
  });
  return pairs === 0 ? 1 : 1 - similarity / pairs;
}
