import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, type CorpusName } from '../../shared/index.js';
import type { ImportFault, ImportRecord, ImportReport, ImportState } from './import-record.js';

/** A running import on another host that was not heard of for so long has lost its process. */
const SILENT_AFTER_MS = 600_000;

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

const INSERT = `
  INSERT INTO imports (id, owner_id, actor_id, corpus, source, state, host, report, started_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'running', $6, $7::jsonb, $8, $8)
  RETURNING *`;
// A row that was taken for dead while its process still writes comes back to life here.
const SAVE = `
  UPDATE imports SET state = $2, report = $3::jsonb, error = $4::jsonb, updated_at = $5, finished_at = $6
  WHERE id = $1`;
const FAIL = `
  UPDATE imports SET state = 'failed', error = $1::jsonb, updated_at = $2, finished_at = $2
  WHERE state = 'running' AND `;
const FAIL_OWN_OR_SILENT = `${FAIL} (host = $3 OR updated_at < $4)`;
const FAIL_SILENT_ELSEWHERE = `${FAIL} host <> $3 AND updated_at < $4`;

/** The rows of imports. */
@Injectable()
export class ImportRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async create(entry: NewImport): Promise<ImportRecord> {
    const { id, ownerId, actorId, corpus, source, report } = entry;
    const values = [
      id,
      ownerId,
      actorId,
      corpus,
      source,
      hostname(),
      JSON.stringify(report),
      this.clock.now(),
    ];
    const [row] = await this.dataSource.query<ImportRow[]>(INSERT, values);
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

  /** At the start of a process: ends what an earlier one on this host, or one that fell silent, left running. */
  async failInterrupted(error: ImportFault): Promise<void> {
    await this.fail(FAIL_OWN_OR_SILENT, error);
  }

  /** While this process runs: ends what a lost process on another host left running. */
  async failSilent(error: ImportFault): Promise<void> {
    await this.fail(FAIL_SILENT_ELSEWHERE, error);
  }

  private async fail(sql: string, error: ImportFault): Promise<void> {
    const now = this.clock.now();
    const silentSince = new Date(now.getTime() - SILENT_AFTER_MS);
    await this.dataSource.query(sql, [JSON.stringify(error), now, hostname(), silentSince]);
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
