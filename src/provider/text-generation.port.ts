import type { CitedSentence, CitedText, Mode, Role, Snippet, Style, Tone } from '../shared/index.js';

/** What every call to a provider carries, whatever it writes. */
interface TextRequest {
  readonly role: Role;
  readonly prompt: string;
  readonly mode: Mode;
  readonly tone: Tone;
  readonly style: Style;
  /** The only material the text may come from. */
  readonly snippets: readonly Snippet[];
}

export interface Outline {
  readonly headline: string;
  /** Five to seven points where the snippets hold as many, best first. */
  readonly points: CitedText;
}

export interface CritiqueNote {
  /** Zero-based index of the sentence it speaks of, or null for the whole text. */
  readonly sentence: number | null;
  readonly kind: 'off_topic' | 'repetition' | 'ungrounded' | 'too_long' | 'order' | 'tone';
  readonly action: 'drop' | 'keep' | 'move';
  readonly message: string;
  /** The snippets that back the sentence best, or that speak against it; for a person who reads the note. */
  readonly sources?: readonly string[];
}

export interface OutlineRequest extends TextRequest {
  readonly task: 'outline';
  /** Points to leave out, given when a first outline failed its checks. */
  readonly avoid?: readonly string[];
}

export interface DraftRequest extends TextRequest {
  readonly task: 'draft';
  readonly outline: Outline;
  readonly maxWords: number;
  /** Texts of the person's own, for rhythm only: no word of the draft comes from them. */
  readonly styleSnippets: readonly Snippet[];
}

export interface CritiqueRequest extends TextRequest {
  readonly task: 'critique';
  readonly draft: CitedText;
}

export type GenerateRequest = OutlineRequest | DraftRequest | CritiqueRequest;

export interface ReviseRequest extends TextRequest {
  readonly text: CitedText;
  readonly notes: readonly CritiqueNote[];
}

export interface SummarizeRequest extends TextRequest {
  readonly text: CitedText;
  readonly maxWords: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a provider gives back: a value of the asked shape, and what it cost. */
export interface Generation<T> {
  readonly value: T;
  /** Further values of the same call, where several were wanted; each is as good a guess as the first. */
  readonly alternatives?: readonly T[];
  readonly usage: TokenUsage;
  /** Provider and model that wrote it, e.g. `mvlm` and `extractive-2`. */
  readonly provider: string;
  readonly model: string;
}

export interface TextChange {
  readonly originalText: string;
  /** Empty when the sentence was taken out. */
  readonly revisedText: string;
  readonly reason: string;
}

export interface Revision {
  readonly text: CitedText;
  readonly changes: readonly TextChange[];
}

export interface TrimmedSection {
  readonly text: string;
  readonly reason: string;
}

export interface Summary {
  readonly text: CitedText;
  readonly trimmed: readonly TrimmedSection[];
  /** Phrases of at least two words that occur in `text`. */
  readonly keywords: readonly string[];
}

/** The answer's type for each task of `generate`. */
export interface GenerateResult {
  readonly outline: Outline;
  readonly draft: CitedText;
  readonly critique: readonly CritiqueNote[];
}

export interface CallOptions {
  /** Aborting it must end the call down to its socket. */
  readonly signal: AbortSignal;
  /** The id of the budget reservation this call spends; null for calls that cost no budget. */
  readonly reservationId: string | null;
  /** Told before each further attempt of the same call. */
  readonly onRetry?: (retry: CallRetry) => void;
  /** How many values are wanted of the one call; 1 where it is left out. Fewer may come. */
  readonly candidates?: number;
  /** How long the run may still take, in milliseconds; no attempt is started that cannot end within it. */
  readonly remainingMs?: () => number;
}

/** A further attempt at a call, within its one reservation. */
export interface CallRetry {
  /** 1 for the first retry. */
  readonly attempt: number;
  readonly waitMs: number;
  /** The code of the error that is tried again. */
  readonly code: string;
  /** False where the failed attempt never reached its server. */
  readonly wasSent: boolean;
}

/** What is known of a provider without calling it. */
export interface ProviderDescription {
  readonly name: 'mvlm' | 'openai';
  readonly model: string;
  /** True when a call leaves this machine; decided by where it runs, not by its name. */
  readonly external: boolean;
}

/**
 * What writes text. Adapters throw `AppError` with code `provider.*`; `retryable` says whether the same call may
 * succeed later. Retry, caching and metering wrap this port and never live inside an adapter.
 */
export abstract class TextGenerationProvider {
  abstract describe(): ProviderDescription;
  abstract generate<R extends GenerateRequest>(
    request: R,
    options: CallOptions,
  ): Promise<Generation<GenerateResult[R['task']]>>;
  abstract revise(request: ReviseRequest, options: CallOptions): Promise<Generation<Revision>>;
  abstract summarize(request: SummarizeRequest, options: CallOptions): Promise<Generation<Summary>>;
}

export type { CitedSentence };
