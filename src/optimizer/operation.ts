import type { Pressure } from '../memory/index.js';
import type { QaScores } from '../qa/index.js';
import type { Strategy } from '../shared/index.js';

/** What an operation does; the name is a metric's label. */
export type OperationName = 'search' | 'generate' | 'revise' | 'summarize' | 'retrieve' | 'measure';

/** Bounds within which `execute` works. */
export interface OperationLimits {
  /** Aborted at the operation's timebox, the run's, or when the run is cancelled; its reason is an `AppError`. */
  readonly signal: AbortSignal;
  /** How long the operation may still take, in milliseconds. */
  readonly remainingMs: () => number;
  /** How many alternatives may be written within the one call; 1 means none. */
  readonly candidates: number;
}

/** An operation that governance has permitted. It can be arranged, never widened. */
export interface DecidedOperation<T> {
  readonly name: OperationName;
  /** What the caller wished for. */
  readonly strategy: Strategy;
  /**
   * SHA-256 (hex) of everything the result depends on: operation, input, context, owner, role, provider, model,
   * template and engine version, policy, strategy. Null: the result is not kept and not shared.
   */
  readonly key: string | null;
  /** Of the run: aborted at its timebox or when it is cancelled. */
  readonly signal: AbortSignal;
  /** Of the run, in milliseconds. */
  readonly remainingMs: () => number;
  /** The alternatives that one result holds, best guess first; a result that holds one only returns itself. */
  readonly alternatives: (result: T) => readonly T[];
  /** How good a result is; null where it holds no text that could be measured. */
  readonly score: (result: T) => QaScores | null;
  /** Whether what was kept is a result of this kind; throws where it is none. */
  readonly read: (found: unknown) => T;
}

/** Where a result came from. */
export type ResultSource = 'executed' | 'cached' | 'joined';

/** What was chosen for an operation, and why: journaled with it. */
export interface Arrangement {
  readonly strategy: Strategy;
  /** Why, in words for an operator. */
  readonly reason: string;
  readonly source: ResultSource;
  readonly timeboxMs: number | null;
  readonly candidates: number;
  readonly pressure: Pressure;
}

/** A result with how it was come by. */
export interface ArrangedResult<T> {
  readonly value: T;
  readonly arrangement: Arrangement;
}
