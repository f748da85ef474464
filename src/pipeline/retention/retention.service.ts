import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { RetentionConfig } from '../../config/index.js';
import { Log, Metrics } from '../../telemetry/index.js';
import { RetentionRepository, type RunPlace } from './retention.repository.js';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
/** Between two transactions, so that others come to the database too. */
const PAUSE_MS = 5;
/** A kept answer may be read this long before the run that is given it is stored. */
const MARGIN_MS = 3_600_000;
const LAST_BATCH_MS = 2_000;

/** How many of each went. */
export interface Removed {
  journals: number;
  runs: number;
  reservations: number;
  audit_events: number;
}

/** Removes what has been kept long enough: at the start and every hour, in one process at a time. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | null = null;
  private isClosing = false;

  constructor(
    private readonly past: RetentionRepository,
    private readonly config: RetentionConfig,
    private readonly audit: AuditLog,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    clearInterval(this.timer);
    // A statement that hangs must not keep the process.
    await Promise.race([this.round, sleep(LAST_BATCH_MS, undefined, { ref: false })]);
  }

  private begin(): void {
    this.round ??= this.tryToRemove().finally(() => {
      this.round = null;
    });
  }

  /** One round. What was removed is written into the trail, though a fault ended the round. */
  async remove(): Promise<Removed> {
    const removed: Removed = { journals: 0, runs: 0, reservations: 0, audit_events: 0 };
    const { runDays, journalDays, auditDays } = this.config;
    // The database's time: a process whose clock has jumped must not take young runs for old ones.
    const nowMs = (await this.past.databaseTime()).getTime();
    try {
      if (runDays > 0) await this.removeRuns(removed, nowMs, runDays * DAY_MS);
      if (journalDays > 0) await this.removeJournals(removed, new Date(nowMs - journalDays * DAY_MS));
      if (auditDays > 0) await this.removeEvents(removed, new Date(nowMs - auditDays * DAY_MS));
    } finally {
      await this.tell(removed);
    }
    return removed;
  }

  private async tryToRemove(): Promise<void> {
    try {
      await this.remove();
    } catch (error) {
      this.log.warn('retention.round_failed', { reason: error instanceof Error ? error.message : 'unknown' });
    }
  }

  /** Until a walk finds none: a run that gave others its answer can go once they are gone. */
  private async removeRuns(removed: Removed, nowMs: number, ageMs: number): Promise<void> {
    const sourceAgeMs = Math.max(ageMs, this.config.answerKeptMs + MARGIN_MS);
    const bounds = { keptFrom: new Date(nowMs - ageMs), sourcesKeptFrom: new Date(nowMs - sourceAgeMs) };
    for (let found = true; found; ) {
      found = false;
      let place: RunPlace | null = null;
      do {
        const batch = await this.past.removeRuns(bounds, place);
        removed.runs += batch?.runs ?? 0;
        removed.reservations += batch?.reservations ?? 0;
        found ||= (batch?.runs ?? 0) > 0;
        place = batch?.next ?? null;
      } while (place && (await this.mayGoOn()));
      found &&= await this.mayGoOn();
    }
  }

  private async removeJournals(removed: Removed, keptFrom: Date): Promise<void> {
    let place: string | null = null;
    do {
      const batch = await this.past.removeJournals(keptFrom, place);
      removed.journals += batch?.journals ?? 0;
      place = batch?.next ?? null;
    } while (place && (await this.mayGoOn()));
  }

  private async removeEvents(removed: Removed, keptFrom: Date): Promise<void> {
    let isDone: boolean;
    do {
      const batch = await this.past.removeEvents(keptFrom);
      removed.audit_events += batch?.events ?? 0;
      isDone = batch?.isDone ?? true;
    } while (!isDone && (await this.mayGoOn()));
  }

  private async mayGoOn(): Promise<boolean> {
    await sleep(PAUSE_MS);
    return !this.isClosing;
  }

  private async tell(removed: Removed): Promise<void> {
    const counts = Object.entries(removed).filter(([, count]) => count > 0);
    if (counts.length === 0) return;
    for (const [kind, count] of counts) this.metrics.removed(kind as keyof Removed, count);
    this.log.info('retention.removed', { ...removed });
    const { runDays, journalDays, auditDays } = this.config;
    await this.audit.append({
      actor: 'system',
      action: 'retention.remove',
      resource: 'runs',
      outcome: 'done',
      details: { ...removed, run_days: runDays, journal_days: journalDays, audit_days: auditDays },
    });
  }
}
