import type { CorpusName } from '../../shared/index.js';
import { type ImportOptions, storedOptions } from './import-options.js';
import type {
  ImportFault,
  ImportRecord,
  ImportReport,
  ImportState,
  ImportTarget,
  KeptUpload,
  UndoReport,
} from './import-record.js';
import { ImportTally } from './import-tally.js';

/** An import as its table holds it. */
export interface ImportRow {
  readonly id: string;
  readonly owner_id: string;
  readonly actor_id: string;
  readonly corpus: CorpusName | null;
  readonly source: string;
  readonly targets: readonly ImportTarget[];
  readonly options: Partial<ImportOptions>;
  readonly state: ImportState;
  readonly report: Partial<ImportReport>;
  readonly error: ImportFault | null;
  readonly upload: KeptUpload | null;
  readonly cancel_requested: boolean;
  readonly undo: UndoReport | null;
  readonly started_at: Date;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
}

/** A row of an earlier version has no targets, and lacks figures that were counted later. */
export function importRecordOf(row: ImportRow): ImportRecord {
  const { source, corpus } = row;
  const isBatch = row.targets.length > 0;
  return {
    id: row.id,
    ownerId: row.owner_id,
    actorId: row.actor_id,
    corpus,
    source,
    targets: isBatch || corpus === null ? row.targets : [{ source, corpus }],
    isBatch,
    options: storedOptions(row.options),
    state: row.state,
    report: { ...new ImportTally().report(), ...row.report },
    error: row.error,
    upload: row.upload,
    isCancelling: row.cancel_requested && row.state === 'running',
    undo: row.undo,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
