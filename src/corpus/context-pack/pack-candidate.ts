import { isStopWord, type Snippet, termsOf } from '../../shared/index.js';
import type { SearchResult } from '../search/search-query.js';
import type { PromptConcept } from './prompt-concepts.js';

/** Of a snippet's relevance, the part that its share of the prompt gives; its place in its search gives the rest. */
const SHARE_PART = 0.7;

/** A snippet with what the choice needs to know of it. */
export interface PackCandidate {
  readonly snippet: Snippet;
  /** Content stems of the text. */
  readonly stems: ReadonlySet<string>;
  /** The prompt's concepts it has, in text or title. */
  readonly concepts: readonly PromptConcept[];
  /** Weighted share of the prompt's concepts it has, 0..1. */
  readonly share: number;
  /** Comparable across searches, 0..1. */
  readonly relevance: number;
}

/** The snippets of all searches, each once, with relevance on one scale. */
export function candidatesOf(
  results: readonly SearchResult[],
  concepts: readonly PromptConcept[],
): PackCandidate[] {
  const total = concepts.reduce((sum, concept) => sum + concept.weight, 0);
  const candidates = new Map<string, PackCandidate>();
  for (const { hits } of results) {
    const top = Math.max(...hits.map((hit) => hit.snippet.score), Number.MIN_VALUE);
    for (const { snippet } of hits) {
      const words = termsOf(snippet.text).map((term) => term.stem);
      const found = conceptsIn(words, snippet.attribution.title, concepts);
      const share = total === 0 ? 0 : found.reduce((sum, concept) => sum + concept.weight, 0) / total;
      const relevance = SHARE_PART * share + (1 - SHARE_PART) * (snippet.score / top);
      const known = candidates.get(snippet.id);
      if (known && known.relevance >= relevance) continue;
      const stems = new Set(words.filter((stem) => !isStopWord(stem)));
      candidates.set(snippet.id, { snippet, stems, concepts: found, share, relevance });
    }
  }
  return [...candidates.values()];
}

function conceptsIn(
  words: readonly string[],
  title: string | null,
  concepts: readonly PromptConcept[],
): PromptConcept[] {
  const titleWords = termsOf(title ?? '').map((term) => term.stem);
  const present = new Set([...words, ...titleWords]);
  // The bar keeps a phrase from running over the end of the title.
  const running = ` ${titleWords.join(' ')} | ${words.join(' ')} `;
  return concepts.filter(
    ({ stem, phrase }) => present.has(stem) && (phrase === null || running.includes(phrase)),
  );
}
