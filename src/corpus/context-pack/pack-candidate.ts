import { isStopWord, type Snippet, termsOf } from '../../shared/index.js';
import type { SearchHit, SearchResult } from '../search/search-query.js';
import type { CorpusMix } from './context-pack.js';
import type { PromptConcept } from './prompt-concepts.js';

/** Of a snippet's relevance, the part that its share of the prompt gives; its place in its search gives the rest. */
const SHARE_PART = 0.7;
/** A concept that only the turn before has: the snippet answers it, and does not say it. */
const ANSWERED_SHARE = 0.5;

/** A snippet with what the choice needs to know of it. */
export interface PackCandidate {
  readonly snippet: Snippet;
  /** Content stems of the text. */
  readonly stems: ReadonlySet<string>;
  /** The prompt's concepts it has, in text, title or author's name. */
  readonly concepts: readonly PromptConcept[];
  /** Weighted share of the prompt's concepts it has, 0..1; those of the turn it answers count half. */
  readonly share: number;
  /** Comparable across searches, 0..1. */
  readonly relevance: number;
}

/** The snippets of all searches, each once, with relevance on one scale. */
export function candidatesOf(
  results: readonly SearchResult[],
  concepts: readonly PromptConcept[],
  mix: CorpusMix = {},
): PackCandidate[] {
  const total = concepts.reduce((sum, concept) => sum + concept.weight, 0);
  const candidates = new Map<string, PackCandidate>();
  for (const { hits } of results) {
    const top = Math.max(...hits.map((hit) => hit.snippet.score), Number.MIN_VALUE);
    for (const hit of hits) {
      const { snippet } = hit;
      const found = conceptsIn(snippet.text, titleOf(snippet), snippet.attribution.language, concepts);
      const share = total === 0 ? 0 : weightOf(hit, found, concepts) / total;
      const place = snippet.score / top;
      const relevance =
        (SHARE_PART * share + (1 - SHARE_PART) * place) * (mix[snippet.attribution.corpus] ?? 1);
      const known = candidates.get(snippet.id);
      if (known && known.relevance >= relevance) continue;
      const words = termsOf(snippet.text, snippet.attribution.language ?? null).map((term) => term.stem);
      const stems = new Set(words.filter((stem) => !isStopWord(stem)));
      candidates.set(snippet.id, { snippet, stems, concepts: found, share, relevance });
    }
  }
  return [...candidates.values()];
}

function weightOf(
  { snippet, context }: SearchHit,
  found: readonly PromptConcept[],
  concepts: readonly PromptConcept[],
): number {
  const own = found.reduce((sum, concept) => sum + concept.weight, 0);
  if (context === null) return own;
  const asked = conceptsIn(context.text, '', snippet.attribution.language, concepts);
  const answered = asked.filter((concept) => !found.includes(concept));
  return answered.reduce((sum, concept) => sum + ANSWERED_SHARE * concept.weight, own);
}

function titleOf({ attribution }: Snippet): string {
  return [attribution.title, attribution.authorName].filter((each) => each != null).join('\n');
}

function conceptsIn(
  text: string,
  title: string,
  language: string | null | undefined,
  concepts: readonly PromptConcept[],
): PromptConcept[] {
  const written = stemsIn(text, title, language ?? null);
  // The prompt may be in another language, and stemmed by it the same names are the same.
  const asAsked = concepts.length === 0 ? written : stemsIn(text, title, concepts[0]!.language);
  return concepts.filter(
    ({ stem, forms, phrase }) =>
      (asAsked.present.has(stem) || forms.some((form) => written.present.has(form))) &&
      (phrase === null || asAsked.running.includes(phrase)),
  );
}

function stemsIn(text: string, title: string, language: string | null) {
  const words = termsOf(text, language).map((term) => term.stem);
  const titleWords = termsOf(title, language).map((term) => term.stem);
  // The bar keeps a phrase from running over the end of the title.
  return {
    present: new Set([...words, ...titleWords]),
    running: ` ${titleWords.join(' ')} | ${words.join(' ')} `,
  };
}
