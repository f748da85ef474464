import { Injectable } from '@nestjs/common';
import { Log, Metrics } from '../telemetry/index.js';
import { RunEventBus } from './events/run-event.bus.js';

/** What keeps a run from ending where it began. */
export type Recovery = 'orphaned' | 'handed_over' | 'resumed' | 'retried' | 'dead';

/** Tells of runs that change hands: in the log, in figures, and to those who watch one that is given up. */
@Injectable()
export class RecoveryRecord {
  constructor(
    private readonly log: Log,
    private readonly metrics: Metrics,
    private readonly events: RunEventBus,
  ) {}

  add(recovery: Recovery, taskId: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.metrics.runRecovered(recovery);
    if (recovery === 'dead') this.events.ended(taskId);
    const tell = recovery === 'resumed' ? 'info' : 'warn';
    this.log[tell](`run.${recovery}`, { task_id: taskId, ...facts });
  }

  /** Says that orphans could not be looked for; the next look comes in a few seconds. */
  lookFailed(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown';
    this.log.warn('pipeline.orphan_look_failed', { reason });
  }
}
