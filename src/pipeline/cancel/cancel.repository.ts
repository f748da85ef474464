import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RunFailure } from '../run-record.js';

/** Writes that somebody wants a run to end. */
@Injectable()
export class CancelRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Ends a queued run, or marks a running one for the process that works on it. Gives back the state it then has, or
   * null where it has its end already.
   */
  async cancel(taskId: string, failure: RunFailure): Promise<'cancelled' | 'running' | null> {
    const [rows] = await this.dataSource.query(
      `UPDATE runs SET
         cancel_requested_at = coalesce(cancel_requested_at, now()),
         state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
         failure = CASE state WHEN 'queued' THEN $2::jsonb ELSE failure END,
         finished_at = CASE state WHEN 'queued' THEN now() ELSE finished_at END
       WHERE task_id = $1 AND state IN ('queued', 'running')
       RETURNING state`,
      [taskId, failure],
    );
    return rows[0]?.state ?? null;
  }
}
