import type { DataSource, EntityManager } from 'typeorm';
import { SystemIds } from '../../src/shared/index.js';

const ids = new SystemIds();
const HASH = '0'.repeat(64);

/** Writes the row of a run as far as the queue looks at it; gives back its id. */
export async function storeRun(
  manager: EntityManager,
  ownerId: string,
  { state = 'queued', priority = 0 } = {},
): Promise<string> {
  const taskId = ids.next();
  await manager.query(
    `INSERT INTO runs (task_id, owner_id, request_id, request_hash, request, state, mode, policy_version, policy_hash,
                       priority, created_at)
     VALUES ($1, $2, 'r', $3, '{}', $4, 'chat', '1', $3, $5, now())`,
    [taskId, ownerId, HASH, state, priority],
  );
  return taskId;
}

export async function setState(dataSource: DataSource, taskId: string, state: string): Promise<void> {
  await dataSource.query(`UPDATE runs SET state = $2 WHERE task_id = $1`, [taskId, state]);
}
