import type { CorpusName, Snippet } from '../../shared/index.js';
import type { SearchResult } from '../search/search-query.js';

/** What relevance is multiplied by, corpus by corpus, 0..1; 1 where a corpus is not named. */
export type CorpusMix = Readonly<Partial<Record<CorpusName, number>>>;

export interface ContextPackRequest {
  readonly prompt: string;
  /** One result per search; their scores are compared within each search only. */
  readonly results: readonly SearchResult[];
  /** Budget for the snippets' texts, in UTF-16 code units. */
  readonly maxChars: number;
  readonly maxSnippets: number;
  /** Which corpora are wanted more; all the same where absent. */
  readonly mix?: CorpusMix;
}

/** Why a snippet is in the pack. */
export interface PackChoice {
  readonly snippetId: string;
  readonly reason: string;
  /** What it added when it was chosen; higher is better. */
  readonly gain: number;
}

export interface PackOmission {
  readonly snippetId: string;
  readonly reason: 'off_topic' | 'weak' | 'repeats' | 'over_budget';
}

/** A content word of the prompt. */
export interface PackConcept {
  readonly stem: string;
  /** Rarity in the searched corpora times how much such a word tells, relative to the other concepts. */
  readonly weight: number;
  /** Whether a chosen snippet, or the title of its document, has the word. */
  readonly covered: boolean;
}

/** How much speaks for the corpora holding something about the prompt. */
export interface PackEvidence {
  /** The largest weighted share of the concepts that one chosen snippet has, 0..1. */
  readonly bestShare: number;
  /** The most topical concepts that one chosen snippet has. */
  readonly bestTopics: number;
  /** Whether the prompt names somebody or something that no searched corpus has. */
  readonly unknownName: boolean;
}

export interface ContextPack {
  readonly snippets: readonly Snippet[];
  readonly choices: readonly PackChoice[];
  readonly omitted: readonly PackOmission[];
  readonly concepts: readonly PackConcept[];
  readonly evidence: PackEvidence;
  readonly scores: {
    /** Weighted share of the prompt's concepts found in the chosen snippets, 0..1. */
    readonly coverage: number;
    /** One minus the mean pairwise Jaccard similarity of the chosen snippets' words, 0..1. */
    readonly diversity: number;
  };
}
