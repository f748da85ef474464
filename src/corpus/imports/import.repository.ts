import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, type CorpusName } from '../../shared/index.js';
import type { ImportFault, ImportRecord, ImportReport, ImportState } from './import-record.js';

interface ImportRow {
  readonly id: string;
  readonly owner_id: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly state: ImportState;
  readonly report: ImportReport;
  readonly error: ImportFault | null;
  readonly started_at: Date;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
}

export interface NewImport {
  readonly id: string;
  readonly ownerId: string;
  readonly actorId: string;
  readonly corpus: CorpusName;
  readonly source: string;
  readonly report: ImportReport;
}

const LEASE = `now() + make_interval(secs => $1)`;
const INSERT = `
  INSERT INTO imports (id, owner_id, actor_id, corpus, source, state, lease_owner, lease_expires_at, report, started_at, updated_at)
  VALUES ($2, $3, $4, $5, $6, 'running', $7, ${LEASE}, $8::jsonb, $9, $9)
  RETURNING *`;
// A row that was taken for dead while its process still writes comes back to life here.
const SAVE = `
  UPDATE imports SET state = $2, report = $3::jsonb, error = $4::jsonb, updated_at = $5, finished_at = $6
  WHERE id = $1`;
const RENEW = `UPDATE imports SET lease_expires_at = ${LEASE} WHERE id = ANY($2::uuid[]) AND state = 'running'`;
const FAIL_ORPHANS = `
  UPDATE imports SET state = 'failed', error = $1::jsonb, updated_at = now(), finished_at = now()
  WHERE state = 'running' AND (lease_expires_at < now() OR ($2::text IS NOT NULL AND lease_owner <> $2))`;

/** The rows of imports. */
@Injectable()
export class ImportRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Records an import as running under a lease. */
  async create(entry: NewImport, leaseOwner: string, leaseSeconds: number): Promise<ImportRecord> {
    const { id, ownerId, actorId, corpus, source, report } = entry;
    const values = [
      id,
      ownerId,
      actorId,
      corpus,
      source,
      leaseOwner,
      JSON.stringify(report),
      this.clock.now(),
    ];
    const [row] = await this.dataSource.query<ImportRow[]>(INSERT, [leaseSeconds, ...values]);
    return recordOf(row!);
  }

  async save(id: string, state: ImportState, report: ImportReport, error: ImportFault | null): Promise<void> {
    const now = this.clock.now();
    const fault = error === null ? null : JSON.stringify(error);
    const finishedAt = state === 'running' ? null : now;
    await this.dataSource.query(SAVE, [id, state, JSON.stringify(report), fault, now, finishedAt]);
  }

  /** Null for an id that does not exist and for one that is neither the user's own nor started by them. */
  async find(userId: string, id: string): Promise<ImportRecord | null> {
    const sql = 'SELECT * FROM imports WHERE id = $1 AND (owner_id = $2 OR actor_id = $2)';
    const [row] = await this.dataSource.query<ImportRow[]>(sql, [id, userId]);
    return row === undefined ? null : recordOf(row);
  }

  async renew(ids: readonly string[], leaseSeconds: number): Promise<void> {
    await this.dataSource.query(RENEW, [leaseSeconds, ids]);
  }

  /** Ends imports whose process is gone. `everyOther` also ends those whose lease still runs, for a sole owner of the database. */
  async failOrphans(error: ImportFault, everyOther: string | null): Promise<void> {
    await this.dataSource.query(FAIL_ORPHANS, [JSON.stringify(error), everyOther]);
  }
}

function recordOf(row: ImportRow): ImportRecord {
  return {
    id: row.id,
    ownerId: row.owner_id,
    corpus: row.corpus,
    source: row.source,
    state: row.state,
    report: row.report,
    error: row.error,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
