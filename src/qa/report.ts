import type { CitedText, Snippet, Span, Style, Tone } from '../shared/index.js';
import type { AnalysisMemo } from './analysis/analysis-memo.js';
import type { Language } from './analysis/language.js';
import type { OwnVoice } from './voice/own-voice.js';

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
  /** Null for a text in another language than English: its rules are English. */
  readonly tone: number | null;
  /** Null like the tone, and where no style was asked for. */
  readonly style: number | null;
  readonly diversity: number;
  /** The lowest of grounding, tone, style and diversity: a chain is as good as its weakest link. */
  readonly qa: number;
  /** Percentile among the owner's own pieces; null where the owner's voice is not known or the text too short for it. */
  readonly voiceMatch: number | null;
}

/** A sentence of a snippet, in UTF-16 code units of the snippet's text. */
export interface SupportSpan extends Span {
  readonly snippetId: string;
}

export interface SentenceSupport {
  readonly sentence: number;
  readonly snippetIds: readonly string[];
  readonly score: number;
  /** The source sentences that hold most of what the sentence says, best first, at most three. */
  readonly spans: readonly SupportSpan[];
}

/** A rule of the tone or style that took something off a score, and where. */
export interface MannerFault {
  readonly rule: string;
  readonly of: 'tone' | 'style';
  /** What it took off, 0..1. */
  readonly penalty: number;
  readonly value: number;
  readonly tolerance: number;
  readonly unit: string;
  /** The first places, each with what would mend it where that is known. */
  readonly places: readonly { readonly sentence: number; readonly span: Span; readonly fix: string | null }[];
}

/** What a text kept of the longer one it was made from. */
export interface Condensation {
  /** Zero-based sentences of the input that it does not go back to. */
  readonly dropped: readonly number[];
  /** Share of the input's concepts, weighted by rarity, that it speaks of, 0..1. */
  readonly conceptsKept: number;
  /** Words per word of the input. */
  readonly compression: number;
  /** Share of its pairs of neighbouring words that it says twice, 0..1. */
  readonly redundancy: number;
}

export interface QaReport {
  /** Measures that need English word lists say nothing about a text in another language. */
  readonly language?: Language;
  readonly scores: QaScores;
  readonly findings: readonly Finding[];
  readonly support: readonly SentenceSupport[];
  /** What took something off tone or style, worst first. */
  readonly manner: readonly MannerFault[];
  /** Null where there was no input, or nothing was left out of it. */
  readonly condensation: Condensation | null;
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
  readonly style?: Style | null;
  /** How the owner writes; null where too little is known of it. */
  readonly voice?: OwnVoice | null;
  readonly keywords: readonly string[];
  /** What was read before in the same run; a text that it holds is not read again. */
  readonly memo?: AnalysisMemo;
}
