import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Ids rise with time, so what is past is among the oldest; no index by time is needed. */
const REMOVE = `
  DELETE FROM audit_events WHERE id IN (
    SELECT id FROM (SELECT id, occurred_at FROM audit_events ORDER BY id LIMIT $2) AS oldest
    WHERE occurred_at < $1::timestamptz)`;

/** The one way by which events leave the trail: by their age. */
@Injectable()
export class AuditRemovalRepository {
  /** Removes at most `limit` events from before `keptFrom`, in the caller's transaction; gives back how many. */
  async removeOldest(manager: EntityManager, keptFrom: Date, limit: number): Promise<number> {
    // The table's trigger lets go of nothing unless the transaction has said so.
    await manager.query(`SELECT set_config('mcg.audit_kept_from', $1, true)`, [keptFrom.toISOString()]);
    const [, count] = await manager.query(REMOVE, [keptFrom, limit]);
    return count;
  }
}
