import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseConfig, PipelineConfig } from '../config/index.js';
import { databaseFault } from '../database/index.js';
import { AppError, Clock, Ids } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { type RunEnding, RunRepository } from './run.repository.js';
import type { RunContext } from './run-context.js';

const LEASE_SECONDS = 15;
const BEAT_MS = 5_000;
/** What the ends of stopped runs may take to be written, after the grace time. */
const LAST_WRITES_MS = 5_000;
/** More ends than this are left to their leases, which run out. */
const MAX_UNSTORED_ENDS = 1_000;

const INTERRUPTED = new AppError(
  'pipeline.interrupted',
  'unavailable',
  'The process that worked on this run stopped.',
  {
    hint: 'Nothing was lost. Repeat the request; the same Idempotency-Key starts it anew.',
    retryAfterSeconds: 1,
  },
);

/** How long a run may work: until its signal aborts, and how much of that is left, in milliseconds. */
export type RunLimits = Pick<RunContext, 'signal' | 'remainingMs'>;

/** Owns the runs of this process: keeps their leases, ends orphans, and on shutdown lets running work finish in time. */
@Injectable()
export class RunLeaseService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly owner: string;
  readonly leaseSeconds = LEASE_SECONDS;
  private readonly active = new Map<string, { stop: AbortController; done: Promise<void> }>();
  private readonly unstoredEnds = new Map<string, RunEnding>();
  private beat: NodeJS.Timeout | undefined;
  private isClosing = false;

  constructor(
    private readonly runs: RunRepository,
    private readonly pipeline: PipelineConfig,
    private readonly database: DatabaseConfig,
    private readonly log: Log,
    private readonly clock: Clock,
    ids: Ids,
  ) {
    this.owner = ids.next();
  }

  async onApplicationBootstrap(): Promise<void> {
    // The embedded database has one process: whatever another one left running is dead.
    await this.failOrphans(this.database.url === null ? this.owner : null);
    this.beat = setInterval(() => void this.keep(), BEAT_MS).unref();
  }

  /** Throws `pipeline.shutting_down` once the process takes no new work. */
  assertOpen(): void {
    if (this.isClosing) throw shuttingDown();
  }

  /** Runs what waits for another run's answer; its signal aborts after as long as a run may work. */
  async waiting<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(this.timeboxError()), this.pipeline.runTimeboxMs);
    return wait(stop.signal).finally(() => clearTimeout(limit));
  }

  /** Runs `work` as an active run; its signal aborts at the run's timebox and when the grace time is over. */
  async hold<T>(taskId: string, work: (limits: RunLimits) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    // Stored while the process began to close: it ends at once, as interrupted.
    if (this.isClosing) stop.abort(INTERRUPTED);
    const timebox = setTimeout(() => stop.abort(this.timeboxError()), this.pipeline.runTimeboxMs);
    const endMs = this.clock.elapsedMs() + this.pipeline.runTimeboxMs;
    const remainingMs = () => endMs - this.clock.elapsedMs();
    const result = work({ signal: stop.signal, remainingMs });
    const done = result.then(
      () => undefined,
      () => undefined,
    );
    this.active.set(taskId, { stop, done });
    try {
      return await result;
    } finally {
      clearTimeout(timebox);
      this.active.delete(taskId);
    }
  }

  /** Keeps the end of a run that the database could not take, and writes it when it can. */
  endLater(ending: RunEnding): void {
    if (this.unstoredEnds.size < MAX_UNSTORED_ENDS) this.unstoredEnds.set(ending.taskId, ending);
  }

  /** Running work may finish within the grace time, and keeps its lease meanwhile; a write that hangs is not waited for. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    const { shutdownGraceMs } = this.pipeline;
    if (this.active.size > 0)
      this.log.info('pipeline.draining', { runs: this.active.size, grace_ms: shutdownGraceMs });
    const stopAll = setTimeout(() => {
      for (const { stop } of this.active.values()) stop.abort(INTERRUPTED);
    }, shutdownGraceMs);
    await Promise.race([this.drained(), sleep(shutdownGraceMs + LAST_WRITES_MS, undefined, { ref: false })]);
    clearTimeout(stopAll);
    clearInterval(this.beat);
  }

  private async drained(): Promise<void> {
    while (this.active.size > 0) await Promise.all([...this.active.values()].map(({ done }) => done));
  }

  private async keep(): Promise<void> {
    try {
      const taskIds = [...this.active.keys()];
      if (taskIds.length > 0) await this.runs.extendLeases(taskIds, this.owner, LEASE_SECONDS);
      for (const ending of this.unstoredEnds.values()) await this.storeEnd(ending);
      await this.failOrphans(null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.log.warn('pipeline.lease_beat_failed', { reason });
    }
  }

  /** An end that the database will never take is given up, so that the run's lease runs out and it ends as interrupted. */
  private async storeEnd(ending: RunEnding): Promise<void> {
    try {
      await this.runs.finish(ending, this.owner);
    } catch (error) {
      if (databaseFault(error)) throw error;
      this.log.error('run.end_given_up', error, { task_id: ending.taskId });
    }
    this.unstoredEnds.delete(ending.taskId);
  }

  private async failOrphans(everyOther: string | null): Promise<void> {
    const { code, kind, message, hint, retryable } = INTERRUPTED;
    const ended = await this.runs.failOrphans(
      { code, kind, message, hint: hint ?? null, retryable },
      everyOther,
    );
    for (const taskId of ended) this.log.warn('run.interrupted', { task_id: taskId });
  }

  private timeboxError(): AppError {
    return new AppError(
      'pipeline.timebox_exceeded',
      'timeout',
      `The run took longer than ${this.pipeline.runTimeboxMs} ms.`,
      { hint: 'Repeat it, ask for less, or raise RUN_TIMEBOX_MS.', retryable: true, retryAfterSeconds: 5 },
    );
  }
}

export function shuttingDown(): AppError {
  return new AppError('pipeline.shutting_down', 'unavailable', 'This process is shutting down.', {
    hint: 'Repeat the request after the time in Retry-After.',
    retryAfterSeconds: 2,
  });
}
