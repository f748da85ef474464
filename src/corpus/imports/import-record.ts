import type { CorpusName } from '../../shared/index.js';

/** Equal reasons counted together, with the first places they were met at. */
export interface ReasonGroup {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly position: string; readonly detail?: string }[];
}

/** What an import has done so far; `read` is the sum of the four counts that follow it. */
export interface ImportReport {
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Of the skipped: what should have been readable and was not. */
  readonly unreadable: number;
  readonly skippedReasons: readonly ReasonGroup[];
  /** Of what was kept: where something had to be guessed. */
  readonly notes: readonly ReasonGroup[];
  readonly bytesRead: number;
  readonly totalBytes: number;
}

export interface ImportFault {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Whether the same file may be imported again; nothing is stored twice. */
  readonly retryable: boolean;
}

export type ImportState = 'running' | 'succeeded' | 'failed';

/** One import. Times are ISO 8601 in UTC. */
export interface ImportRecord {
  readonly id: string;
  readonly ownerId: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly state: ImportState;
  readonly report: ImportReport;
  readonly error: ImportFault | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}
