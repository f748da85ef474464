import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StageRecord } from '../stage-record.js';
import type { StoredEntry } from './stored-events.js';

interface StageRow {
  readonly role: StageRecord['role'];
  readonly result: StageRecord['result'];
  readonly duration_ms: number;
  readonly external_calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly fallback: string | null;
}

/** What is stored of a run's steps, without their texts. */
@Injectable()
export class StoredRunRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** In the order of the journal. */
  async entriesOf(taskId: string): Promise<StoredEntry[]> {
    const rows: { body: Omit<StoredEntry, 'at'>; recorded_at: Date }[] = await this.dataSource.query(
      `SELECT body #- '{answer,value}' #- '{report}' #- '{pack}' #- '{notes}' AS body, recorded_at
       FROM journal_entries WHERE task_id = $1 ORDER BY sequence`,
      [taskId],
    );
    return rows.map(({ body, recorded_at }) => ({ ...body, at: recorded_at.toISOString() }) as StoredEntry);
  }

  async stagesOf(taskId: string): Promise<StageRecord[]> {
    const rows: StageRow[] = await this.dataSource.query(
      `SELECT role, result, duration_ms, external_calls, input_tokens, output_tokens, fallback
       FROM run_stages WHERE task_id = $1`,
      [taskId],
    );
    return rows.map((row) => ({
      role: row.role,
      result: row.result,
      durationMs: row.duration_ms,
      externalCalls: row.external_calls,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      fallback: row.fallback,
    }));
  }

  /** Those of the runs that wait and work no more. */
  async endedAmong(taskIds: readonly string[]): Promise<string[]> {
    const rows: { task_id: string }[] = await this.dataSource.query(
      `SELECT task_id FROM runs WHERE task_id = ANY($1::uuid[]) AND state NOT IN ('queued', 'running')`,
      [taskIds],
    );
    return rows.map((row) => row.task_id);
  }
}
