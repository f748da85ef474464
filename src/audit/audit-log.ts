import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../shared/index.js';
import { currentRequestId, Log } from '../telemetry/index.js';

/** Who did what to which thing, and how it ended. `details` holds facts, never texts or tokens. */
export interface AuditEvent {
  readonly actor: string;
  /** `noun.verb`, e.g. `login.refuse`, `corpus.import`, `run.review`. */
  readonly action: string;
  readonly resource: string;
  readonly outcome: 'allowed' | 'denied' | 'failed' | 'done';
  readonly details?: Readonly<Record<string, unknown>>;
}

const INSERT = `
  INSERT INTO audit_events (occurred_at, actor, action, resource, outcome, request_id, details)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** The append-only trail of what was done and what was refused. */
@Injectable()
export class AuditLog {
  private pending = new Set<Promise<void>>();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Resolves when the event is stored; throws when it cannot be. */
  async append(event: AuditEvent): Promise<void> {
    await this.dataSource.query(INSERT, [
      this.clock.now(),
      clean(event.actor),
      event.action,
      clean(event.resource),
      event.outcome,
      currentRequestId(),
      JSON.stringify(event.details ?? {}, (_name, value) =>
        typeof value === 'string' ? clean(value) : value,
      ),
    ]);
  }

  /** For refusals: the answer does not wait for the event, and a failure to store it is logged. */
  record(event: AuditEvent): void {
    const stored = this.append(event)
      .catch((error) => this.log.error('audit.append_failed', error, { action: event.action }))
      .finally(() => this.pending.delete(stored));
    this.pending.add(stored);
  }

  /** Waits for events that `record` has not stored yet. */
  async flush(): Promise<void> {
    await Promise.all(this.pending);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }
}

/** What a caller sent may end here: PostgreSQL refuses NUL, and a trail needs no long values. */
function clean(value: string): string {
  return value.replaceAll('\u0000', '').slice(0, 300).toWellFormed();
}
