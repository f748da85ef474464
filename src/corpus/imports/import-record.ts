import type { CorpusName } from '../../shared/index.js';
import type { ImportOptions } from './import-options.js';

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
  /** Documents that the export no longer holds, taken out by a mirror. */
  readonly removed: number;
  readonly skippedReasons: readonly ReasonGroup[];
  /** Of what was kept: where something had to be guessed. */
  readonly notes: readonly ReasonGroup[];
  readonly bytesRead: number;
  readonly totalBytes: number;
  /** Parts of the input that are still to be begun; their bytes are in no total yet. */
  readonly partsWaiting: number;
  /** At work, without the time it waited for its turn. */
  readonly elapsedMs: number;
}

export interface ImportFault {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Whether the same file may be imported again; nothing is stored twice. */
  readonly retryable: boolean;
  /** Figures that belong to it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export const IMPORT_STATES = ['running', 'succeeded', 'failed', 'cancelled', 'undoing', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** A source of the input and the corpus its documents go to. */
export interface ImportTarget {
  readonly source: string;
  readonly corpus: CorpusName;
}

/** The upload of an import that has not ended, from which it can begin anew. */
export interface KeptUpload {
  /** Its name in the spool folder. */
  readonly file: string;
  /** The name it was sent with, or was given. */
  readonly name: string;
  /** How often it was begun. */
  readonly attempts: number;
}

/** What taking an import back has done so far, in documents. */
export interface UndoReport {
  /** Who wished it. */
  readonly by: string;
  /** Deleted, which the import had created. */
  readonly deleted: number;
  /** With their former content again. */
  readonly restored: number;
  /** Stored again, which the import had removed. */
  readonly returned: number;
  /** Left as a later import made them. */
  readonly kept: number;
}

/** One import. Times are ISO 8601 in UTC. */
export interface ImportRecord {
  readonly id: string;
  readonly ownerId: string;
  /** Who started it: the owner, or an admin. */
  readonly actorId: string;
  /** Null where the parts of the input go to different corpora. */
  readonly corpus: CorpusName | null;
  readonly source: string;
  readonly targets: readonly ImportTarget[];
  /** Whether its documents are marked as its own, so that it can be taken back. */
  readonly isBatch: boolean;
  readonly options: ImportOptions;
  readonly state: ImportState;
  readonly report: ImportReport;
  readonly error: ImportFault | null;
  readonly upload: KeptUpload | null;
  /** Whether it was told to stop and has not ended yet. */
  readonly isCancelling: boolean;
  readonly undo: UndoReport | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}
