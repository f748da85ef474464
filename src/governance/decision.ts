import type { Finding, QaScores } from '../qa/index.js';
import type { CorpusName } from '../shared/index.js';

/** What a role can do that a policy decides. */
export type GovernedAction = 'search' | 'generate' | 'revise' | 'summarize' | 'retrieve' | 'measure' | 'emit';

/** What an ask says of itself. What it leaves out counts as what permits least. */
export interface AskFacts {
  readonly action: Exclude<GovernedAction, 'emit'>;
  readonly corpus?: CorpusName;
  /** Snippets wanted. */
  readonly limit?: number;
  readonly purpose?: 'context' | 'style';
  readonly writer?: 'primary' | 'firebreak' | 'local';
  /** Whether a call leaves this machine. */
  readonly external: boolean;
  readonly host?: string;
  readonly hostAllowed?: boolean;
  readonly personalDataInQuery?: boolean;
  /** Whether what a writer outside would be sent holds a secret or a personal number. */
  readonly sensitiveInRequest?: boolean;
  readonly firebreakFailed?: boolean;
}

/** What one role has reserved or spent in this run. A stand-in's call counts as an external call too. */
export interface Usage {
  readonly externalCalls: number;
  readonly retrievals: number;
  readonly standinRevises: number;
  readonly standinSummaries: number;
  readonly styleSnippets: number;
}

/** Permit or deny, and why. */
export interface Decision {
  readonly permitted: boolean;
  /** `@id`s of the policies that decided; `default-deny` where none permits, `evaluation-error` where none could say. */
  readonly policies: readonly string[];
  /** What to reserve before the act; null where it costs no budget or is denied. */
  readonly reservation: {
    readonly budget: 'external_call' | 'retrieval';
    /** Which one of this role's in this run, from 1. */
    readonly ordinal: number;
  } | null;
  readonly message: string;
}

/** `minor`: tweak in place. `major`: one more try, or the next role's. `critical`: held for a person. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the output rules say of a measured text. */
export interface Verdict {
  readonly outcome: 'pass' | Severity;
  readonly policies: readonly string[];
  /** The findings that the deciding policies are about. */
  readonly findings: readonly Finding[];
  /** The scores below their thresholds, worst first. */
  readonly missed: readonly ScoreMiss[];
}

/** A score that lies below the role's threshold. */
export interface ScoreMiss {
  readonly score: keyof QaScores;
  /** How far below, in 0..1. */
  readonly shortfall: number;
}

export const DEFAULT_DENY = 'default-deny';
export const EVALUATION_ERROR = 'evaluation-error';
