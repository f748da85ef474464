import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../shared/index.js';
import type { ImportOptions } from './import-options.js';
import type {
  ImportFault,
  ImportRecord,
  ImportReport,
  ImportState,
  ImportTarget,
  KeptUpload,
  UndoReport,
} from './import-record.js';
import { type ImportRow, importRecordOf } from './import-row.js';

export interface NewImport {
  readonly id: string;
  readonly ownerId: string;
  readonly actorId: string;
  readonly targets: readonly ImportTarget[];
  readonly options: ImportOptions;
  readonly upload: KeptUpload | null;
  readonly report: ImportReport;
}

/** Which process works on an import, and for how long it may be silent. */
export interface LeaseHolder {
  readonly owner: string;
  readonly seconds: number;
}

const LEASE = 'now() + make_interval(secs => $1)';
const INSERT = `
  INSERT INTO imports (id, owner_id, actor_id, corpus, source, targets, options, upload, state, lease_owner,
    lease_expires_at, report, started_at, updated_at)
  VALUES ($2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb, 'running', $10, ${LEASE}, $11::jsonb, $12, $12)
  RETURNING *`;
// A row that was taken for dead while its process still writes comes back to life here, unless another one has it.
const SAVE = `
  UPDATE imports SET state = $3, report = $4::jsonb, error = $5::jsonb, updated_at = $6, finished_at = $7,
    upload = CASE WHEN $3 = 'running' THEN upload END
  WHERE id = $1 AND lease_owner = $2`;
const FIND = `SELECT * FROM imports WHERE id = $1 AND (owner_id = $2 OR actor_id = $2)`;
const LIST = `
  SELECT * FROM imports WHERE owner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;
const RENEW = `
  UPDATE imports SET lease_expires_at = ${LEASE} WHERE id = ANY($2::uuid[]) AND lease_owner = $3
  RETURNING id, cancel_requested`;
/** Also those whose lease still runs, where the asking process is the only one there can be. */
const IS_ORPHAN = `state IN ('running', 'undoing')
  AND (lease_expires_at < now() OR ($1::text IS NOT NULL AND lease_owner <> $1))`;
const ORPHANS = `
  SELECT *, lease_expires_at < now() - make_interval(secs => $2) AS is_long_orphaned FROM imports
  WHERE ${IS_ORPHAN} ORDER BY id`;
const CLAIM = `
  UPDATE imports SET lease_owner = $3, lease_expires_at = now() + make_interval(secs => $4),
    upload = CASE WHEN upload IS NOT NULL
      THEN jsonb_set(upload, '{attempts}', to_jsonb((upload ->> 'attempts')::int + 1)) END
  WHERE id = $2 AND ${IS_ORPHAN}
  RETURNING *`;
const RELEASE = `
  UPDATE imports SET lease_expires_at = now() - interval '1 second', report = $3::jsonb,
    upload = jsonb_set(upload, '{attempts}', to_jsonb((upload ->> 'attempts')::int - 1))
  WHERE id = $1 AND lease_owner = $2 AND state = 'running' AND upload IS NOT NULL
  RETURNING id`;
const UPLOADS = `
  SELECT upload ->> 'file' AS file FROM imports WHERE state IN ('running', 'undoing') AND upload IS NOT NULL`;
const REQUEST_CANCEL = `
  UPDATE imports SET cancel_requested = true WHERE id = $1 AND state = 'running' RETURNING *`;
const BEGIN_UNDO = `
  UPDATE imports SET state = 'undoing', cancel_requested = false, lease_owner = $3, lease_expires_at = ${LEASE}, 
    undo = coalesce(undo, $4::jsonb) || jsonb_build_object('by', $4::jsonb ->> 'by'),
    updated_at = $5
  WHERE id = $2 AND state IN ('succeeded', 'failed', 'cancelled')
  RETURNING *`;
const SAVE_UNDO = `
  UPDATE imports SET state = $3, undo = $4::jsonb, error = coalesce($5::jsonb, error), updated_at = $6
  WHERE id = $1 AND lease_owner = $2`;

/** The rows of imports. */
@Injectable()
export class ImportRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Records an import as running under a lease. */
  async create(entry: NewImport, lease: LeaseHolder): Promise<ImportRecord> {
    const { id, ownerId, actorId, targets, options, upload, report } = entry;
    const corpora = new Set(targets.map(({ corpus }) => corpus));
    const rows = await this.dataSource.query<ImportRow[]>(INSERT, [
      lease.seconds,
      id,
      ownerId,
      actorId,
      corpora.size === 1 ? targets[0]!.corpus : null,
      targets.map(({ source }) => source).join('+'),
      JSON.stringify(targets),
      JSON.stringify(options),
      upload === null ? null : JSON.stringify(upload),
      lease.owner,
      JSON.stringify(report),
      this.clock.now(),
    ]);
    return importRecordOf(rows[0]!);
  }

  /** How an import stands, said by the process that has it; an import that has ended needs no upload any more. */
  async save(
    id: string,
    leaseOwner: string,
    state: ImportState,
    { report, error }: { readonly report: ImportReport; readonly error: ImportFault | null },
  ): Promise<void> {
    const now = this.clock.now();
    const fault = error === null ? null : JSON.stringify(error);
    const finishedAt = state === 'running' ? null : now;
    const values = [id, leaseOwner, state, JSON.stringify(report), fault, now, finishedAt];
    await this.dataSource.query(SAVE, values);
  }

  /** Null for an id that does not exist and for one that is neither the user's own nor started by them. */
  async find(userId: string, id: string): Promise<ImportRecord | null> {
    const [row] = await this.dataSource.query<ImportRow[]>(FIND, [id, userId]);
    return row === undefined ? null : importRecordOf(row);
  }

  /** An owner's imports, newest first; `before` is the id of the last one of the page before. */
  async list(ownerId: string, before: string | null, limit: number): Promise<ImportRecord[]> {
    const rows = await this.dataSource.query<ImportRow[]>(LIST, [ownerId, before, limit]);
    return rows.map(importRecordOf);
  }

  /** Those that this process still has, and whether they were told to stop. */
  async renew(
    ids: readonly string[],
    lease: LeaseHolder,
  ): Promise<ReadonlyMap<string, { readonly isCancelling: boolean }>> {
    const [rows] = await this.dataSource.query<[{ id: string; cancel_requested: boolean }[], number]>(RENEW, [
      lease.seconds,
      ids,
      lease.owner,
    ]);
    return new Map(rows.map((row) => [row.id, { isCancelling: row.cancel_requested }]));
  }

  /** Imports whose process is gone. `soleOwner`: the only process there can be, so that every other's is an orphan. */
  async orphans(
    soleOwner: string | null,
    longSeconds: number,
  ): Promise<{ readonly record: ImportRecord; readonly isLong: boolean }[]> {
    const rows = await this.dataSource.query<(ImportRow & { is_long_orphaned: boolean })[]>(ORPHANS, [
      soleOwner,
      longSeconds,
    ]);
    return rows.map((row) => ({ record: importRecordOf(row), isLong: row.is_long_orphaned }));
  }

  /** Takes an orphan over; null where another process was faster. */
  async claim(id: string, soleOwner: string | null, lease: LeaseHolder): Promise<ImportRecord | null> {
    const values = [soleOwner, id, lease.owner, lease.seconds];
    return updated(await this.dataSource.query<Updated>(CLAIM, values));
  }

  /** Leaves an upload's import to whoever takes it next; false where there is nothing to begin anew from. */
  async release(id: string, leaseOwner: string, report: ImportReport): Promise<boolean> {
    const values = [id, leaseOwner, JSON.stringify(report)];
    const [rows] = await this.dataSource.query<[unknown[], number]>(RELEASE, values);
    return rows.length > 0;
  }

  /** The names of spooled files that imports still need. */
  async uploadsInUse(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ file: string }[]>(UPLOADS);
    return new Set(rows.map(({ file }) => file));
  }

  /** Null where it has ended. */
  async requestCancel(id: string): Promise<ImportRecord | null> {
    return updated(await this.dataSource.query<Updated>(REQUEST_CANCEL, [id]));
  }

  /** Null where its state does not allow it, such as one that another request has just begun to take back. */
  async beginUndo(id: string, by: string, lease: LeaseHolder): Promise<ImportRecord | null> {
    const none: UndoReport = { by, deleted: 0, restored: 0, returned: 0, kept: 0 };
    const values = [lease.seconds, id, lease.owner, JSON.stringify(none), this.clock.now()];
    return updated(await this.dataSource.query<Updated>(BEGIN_UNDO, values));
  }

  async saveUndo(
    id: string,
    leaseOwner: string,
    state: 'undoing' | 'undone' | 'failed',
    { undo, error }: { readonly undo: UndoReport; readonly error: ImportFault | null },
  ): Promise<void> {
    const fault = error === null ? null : JSON.stringify(error);
    const values = [id, leaseOwner, state, JSON.stringify(undo), fault, this.clock.now()];
    await this.dataSource.query(SAVE_UNDO, values);
  }
}

/** What the driver gives for an UPDATE that returns rows. */
type Updated = [rows: ImportRow[], count: number];

function updated([rows]: Updated): ImportRecord | null {
  return rows[0] === undefined ? null : importRecordOf(rows[0]);
}
