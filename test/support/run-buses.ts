import type { DataSource } from 'typeorm';
import type { Notifications } from '../../src/database/index.js';
import { RunEventBus } from '../../src/pipeline/events/run-event.bus.js';
import { RunEventRelay } from '../../src/pipeline/events/run-event.relay.js';
import { StoredRunRepository } from '../../src/pipeline/events/stored-run.repository.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';

export const SILENT_LOG = new Log({ logLevel: 'silent', environment: 'test' });

/** A process's bus, and how to stop it. */
export interface OpenBus {
  readonly bus: RunEventBus;
  stop(): void;
}

/** A bus on these notifications, once it hears what others say. */
export async function openBus(notifications: Notifications, dataSource: DataSource): Promise<OpenBus> {
  const stored = new StoredRunRepository(dataSource);
  const relay = new RunEventRelay(notifications, stored, new SystemClock(), SILENT_LOG, new SystemIds());
  const bus = new RunEventBus(relay, new SystemClock());
  relay.onApplicationBootstrap();
  await new Promise<void>((resolve) => notifications.listen('test_ready', () => {}, resolve));
  return { bus, stop: () => relay.onApplicationShutdown() };
}

/** Stores what a bus looks at of a run. */
export async function storeRun(dataSource: DataSource, taskId: string, state: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO runs (task_id, owner_id, request_id, request_hash, request, state, mode, policy_version,
                       policy_hash, created_at)
     VALUES ($1, 'u', 'r', $2, '{}', $3, 'chat', '1', $2, now())
     ON CONFLICT (task_id) DO UPDATE SET state = excluded.state`,
    [taskId, '0'.repeat(64), state],
  );
}
