import type { Span } from '../shared/index.js';
import type { Language } from './analysis/language.js';
import type { PersonalDatum } from './measures/personal-data.measure.js';
import type { PlantedInstruction } from './measures/planted-instruction.measure.js';
import type { FindingKind, MannerFault } from './report.js';
import type { NoVoiceReason } from './voice/index.js';

/** Answer of `POST /qa/check`. Spans are offsets into the text that was sent, in UTF-16 code units. */
export interface TextCheck {
  /** `unknown` where the text is too short or no prose; rules that need English say nothing of `other`. */
  readonly language: Language;
  /** In 0..1, higher is better; null where it cannot be said. */
  readonly scores: {
    readonly coverage: number | null;
    readonly grounding: number | null;
    readonly tone: number | null;
    readonly style: number | null;
    readonly diversity: number | null;
    /** The lowest of grounding, tone, style and diversity. */
    readonly qa: number | null;
    readonly voice: number | null;
  };
  /** Null where no samples were sent. */
  readonly voice: CheckedVoice | null;
  readonly readability: CheckedReadability | null;
  /** In 0..1, 0.5 is neither polite nor rude; made for requests. Null where the text is not known to be English. */
  readonly politeness: number | null;
  readonly findings: readonly CheckedFinding[];
  readonly manner: readonly CheckedFault[];
  readonly sentences: readonly CheckedSentence[];
  readonly personal_data: readonly PersonalDatum[];
  readonly planted_instructions: readonly PlantedInstruction[];
  readonly safety_flags: readonly string[];
  /** Null where no input was sent. */
  readonly condensation: CheckedCondensation | null;
}

/** The text among the author's own pieces of its length; why where that cannot be said. */
export interface CheckedVoice {
  /** The share of own pieces that are less like the author, with its 90 % interval. */
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly words: number;
  /** Words of the samples that were learned from. */
  readonly sample_words: number;
  readonly reason?: NoVoiceReason;
}

/** School grades but for the first; null below 30 words. */
export interface CheckedReadability {
  readonly flesch_reading_ease: number;
  readonly flesch_kincaid_grade: number;
  readonly gunning_fog: number;
  readonly smog: number;
  readonly coleman_liau: number;
  readonly automated_readability: number;
  readonly grade: number;
}

/** Something to mend, in order of the text. */
export interface CheckedFinding {
  readonly kind: FindingKind;
  readonly span: Span;
  /** Secrets in it are masked. */
  readonly evidence: string;
  readonly message: string;
}

/** A rule of the tone or style that took something off, worst first. */
export interface CheckedFault extends Omit<MannerFault, 'places'> {
  readonly places: readonly { readonly span: Span; readonly fix: string | null }[];
}

export interface CheckedSentence {
  readonly span: Span;
  /** Null where no sources were sent. */
  readonly grounding: number | null;
  /** The source sentences that hold most of it, best first: offsets into the source with this zero-based place. */
  readonly sources: readonly { readonly source: number; readonly start: number; readonly end: number }[];
}

/** What the text kept of its input. */
export interface CheckedCondensation {
  /** Sentences of the input that it does not go back to, as offsets into the input. */
  readonly dropped: readonly Span[];
  readonly concepts_kept: number;
  readonly compression: number;
  readonly redundancy: number;
}
