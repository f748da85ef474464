import type { CitedText, Snippet, Span, Tone } from '../shared/index.js';

export type FindingKind =
  /** A content word, number, name, date, URL, quotation or negation that the input does not hold. */
  | 'invented'
  /** A negation, number or condition that a kept sentence lost. */
  | 'omitted'
  /** A sentence its cited snippets do not support. */
  | 'ungrounded'
  /** A sentence that cites nothing, or a snippet that was not given. */
  | 'unattributed'
  /** A number, date, name or polarity that differs from the best-matching source sentence. */
  | 'contradiction'
  /** A secret or personal number that must not leave unseen. */
  | 'sensitive'
  /** Text that addresses a model and not a reader. */
  | 'planted_instruction'
  | 'keyword_outside_text';

export interface Finding {
  readonly kind: FindingKind;
  /** Zero-based sentence of the output, or null for the whole text. */
  readonly sentence: number | null;
  /** Where in that sentence. */
  readonly span: Span | null;
  /** The words it is about; masked where the finding is `sensitive`. */
  readonly evidence: string;
  readonly message: string;
}

/** All scores lie in 0..1, higher is better. */
export interface QaScores {
  /** Share of the prompt's concepts, weighted by rarity, that the text speaks of. */
  readonly coverage: number;
  readonly grounding: number;
  readonly tone: number;
  readonly diversity: number;
  /** The lowest of grounding, tone and diversity: a chain is as good as its weakest link. */
  readonly qa: number;
  /** Null where the owner's own words are too few to compare with. */
  readonly voiceMatch: number | null;
}

export interface SentenceSupport {
  readonly sentence: number;
  readonly snippetIds: readonly string[];
  readonly score: number;
}

export interface QaReport {
  readonly scores: QaScores;
  readonly findings: readonly Finding[];
  readonly support: readonly SentenceSupport[];
}

/** What is measured: an output against what its writer was given. */
export interface QaInput {
  readonly prompt: string;
  /** Rarity of the prompt's stems; a stem that is missing here counts 1. */
  readonly conceptWeights: ReadonlyMap<string, number>;
  readonly output: CitedText;
  /** The text the stage worked on; null where it worked from snippets alone. */
  readonly input: CitedText | null;
  readonly snippets: readonly Snippet[];
  readonly tone: Tone;
  readonly keywords: readonly string[];
}
