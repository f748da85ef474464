import type { Finding } from '../qa/index.js';
import type { Actor, ErrorKind, Role } from '../shared/index.js';
import type { AnswerMetadata } from './answer-metadata.js';
import type { Classification } from './classify.js';
import type { RunState } from './run-state.js';
import type { RunRequest } from './work.js';

/** Why a run failed, in words safe to show. */
export interface RunFailure {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
}

/** A text that waits for a person, and why. */
export interface HeldText {
  readonly role: Role;
  readonly text: string;
  /** SHA-256 (hex) of `text`: what an approval is bound to. */
  readonly sha256: string;
  readonly policies: readonly string[];
  readonly findings: readonly Finding[];
}

export interface Review {
  readonly decision: 'approve' | 'reject';
  readonly reviewer: string;
  readonly comment: string | null;
  readonly decidedAt: string;
}

/** What a caller asked for, with how it was classified. */
export interface StoredRequest extends RunRequest {
  readonly classification: Classification;
}

/** A run as it is kept. */
export interface RunRecord {
  readonly taskId: string;
  readonly ownerId: string;
  readonly requestId: string;
  readonly requestHash: string;
  readonly request: StoredRequest;
  readonly state: RunState;
  readonly policy: { readonly version: string; readonly hash: string };
  readonly content: string | null;
  readonly metadata: AnswerMetadata | null;
  readonly failure: RunFailure | null;
  readonly held: HeldText | null;
  readonly review: Review | null;
  /** The run whose answer this one was given; null for a run that made its own. */
  readonly sourceTaskId: string | null;
  /** The body of its answer, where it was made already. */
  readonly rendered?: Buffer;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  /** Time worked on it, in milliseconds: the last attempt's, and that of the recorded asks it was given back. */
  readonly durationMs: number | null;
  /** Attempts that a crash or a fault ended. */
  readonly attempts: number;
  /** A place in the queue; higher goes first. */
  readonly priority: number;
  /** When a queued run that failed is tried again; null: as soon as its turn comes. */
  readonly nextAttemptAt: string | null;
  readonly startedAt: string | null;
  /** When somebody asked for its end; it ends as soon as its process knows. */
  readonly cancelRequestedAt: string | null;
}

/** A run before it starts. */
export interface NewRun {
  readonly taskId: string;
  readonly ownerId: string;
  /** On whose behalf it works; kept with it, so that any process can. */
  readonly actor: Actor;
  /** A place in the queue; higher goes first. */
  readonly priority: number;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly requestHash: string;
  readonly request: StoredRequest;
  readonly policy: { readonly version: string; readonly hash: string };
  readonly createdAt: Date;
}
