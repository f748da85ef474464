import type { QualityGateSettings } from '../../config/index.js';
import type { Pressure } from '../../memory/index.js';
import type { Strategy } from '../../shared/index.js';

/** A strategy that can be applied; `adaptive` chooses one of these. */
export type AppliedStrategy = Exclude<Strategy, 'adaptive'>;

/** What a strategy spends of a run: its calls, its words and its context. */
export interface RunShape {
  /** Whether a run asks for what it could do without: style searches, a second outline. */
  readonly optionalAsks: boolean;
  /** Who reads the draft: the configured writer, or the local engine at no external call. */
  readonly critiqueBy: 'primary' | 'local';
  /** How many alternatives one call may write. */
  readonly candidates: number;
  /** Words of a draft per word of the answer. */
  readonly draftWordsFactor: number;
  /** Share of the configured context that is read, 0..1. */
  readonly contextShare: number;
}

/** How a whole run is arranged, chosen once at its start. */
export interface RunPlan extends RunShape {
  /** What is applied. */
  readonly strategy: AppliedStrategy;
  /** What was wished for. */
  readonly requested: Strategy;
  /** Why, in words for an operator. */
  readonly reason: string;
  /** The least scores asked for: an answer under other ones is another answer. */
  readonly gate: QualityGateSettings;
  /** How tight memory was then. */
  readonly pressure: Pressure;
}

/** A strategy and why it was chosen, in words for an operator. */
export interface StrategyChoice {
  readonly strategy: AppliedStrategy;
  readonly reason: string;
}
