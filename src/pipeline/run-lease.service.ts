import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { PipelineConfig } from '../config/index.js';
import { databaseFault } from '../database/index.js';
import { AppError, Clock, Ids } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { RunEventBus } from './events/run-event.bus.js';
import { type LeaseState, RunClaimRepository } from './run-claim.repository.js';
import type { RunLimits } from './run-context.js';
import { cancelled, handedOver, leaseLost, timeboxExceeded } from './run-faults.js';
import type { LeaseTerms, RunLease } from './run-lease.js';

const LEASE_SECONDS = 15;
const BEAT_MS = 5_000;
/** Between two tries of what a database that is away refused. */
const RETRY_MS = 500;
/** What hand-overs of stopped runs may take to be written, after the grace time. */
const LAST_WRITES_MS = 5_000;

/** A run that this process works on. */
interface ActiveRun {
  readonly lease: RunLease;
  readonly stop: AbortController;
  readonly done: Promise<void>;
  /** Until when the lease lives at least, by this process's own clock. */
  leaseEndMs: number;
}

/** Holds the runs of this process: keeps their leases, stops them, and on shutdown lets them finish or hands them over. */
@Injectable()
export class RunLeaseService implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  readonly terms: LeaseTerms;
  private readonly active = new Map<string, ActiveRun>();
  private beat: NodeJS.Timeout | undefined;
  private isClosing = false;
  private isBeating = false;

  constructor(
    private readonly claims: RunClaimRepository,
    private readonly events: RunEventBus,
    private readonly pipeline: PipelineConfig,
    private readonly log: Log,
    private readonly clock: Clock,
    ids: Ids,
  ) {
    this.terms = { owner: ids.next(), seconds: LEASE_SECONDS };
  }

  onApplicationBootstrap(): void {
    this.beat = setInterval(() => void this.keep(), BEAT_MS).unref();
  }

  /** The first of a shutdown's steps: whoever drains comes later. */
  onModuleDestroy(): void {
    this.isClosing = true;
  }

  get activeTaskIds(): readonly string[] {
    return [...this.active.keys()];
  }

  /** Whether the process takes no new work any more. */
  get isShuttingDown(): boolean {
    return this.isClosing;
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

  /**
   * Runs `work` as an active run, whose lease has just been taken and is kept. Its signal aborts at the run's timebox,
   * when it is stopped, when the lease is lost and when the grace time is over.
   */
  async hold<T>(lease: RunLease, work: (limits: RunLimits) => Promise<T>): Promise<T> {
    const { taskId } = lease;
    const stop = new AbortController();
    // Stored while the process began to close: another one goes on with it.
    if (this.isClosing) stop.abort(handedOver(taskId));
    const timebox = setTimeout(() => stop.abort(this.timeboxError()), this.pipeline.runTimeboxMs);
    const startMs = this.clock.elapsedMs();
    const remainingMs = () => startMs + this.pipeline.runTimeboxMs - this.clock.elapsedMs();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const run: ActiveRun = { lease, stop, done, leaseEndMs: startMs + LEASE_SECONDS * 1_000 };
    this.active.set(taskId, run);
    try {
      const patiently: RunLimits['patiently'] = (each) => this.patiently(run, each);
      const progress = this.events.open(taskId);
      return await work({ signal: stop.signal, remainingMs, patiently, progress });
    } finally {
      clearTimeout(timebox);
      this.events.close(taskId);
      this.active.delete(taskId);
      resolve();
    }
  }

  /** Ends a run of this process with a reason; false where this process does not work on it. */
  stop(taskId: string, reason: AppError): boolean {
    const run = this.active.get(taskId);
    run?.stop.abort(reason);
    return run !== undefined;
  }

  /** Running work may finish within the grace time, and keeps its lease meanwhile; then it is handed over. */
  async beforeApplicationShutdown(): Promise<void> {
    const { shutdownGraceMs } = this.pipeline;
    if (this.active.size > 0)
      this.log.info('pipeline.draining', { runs: this.active.size, grace_ms: shutdownGraceMs });
    const stopAll = setTimeout(() => {
      for (const [taskId, { stop }] of this.active) stop.abort(handedOver(taskId));
    }, shutdownGraceMs);
    await Promise.race([this.drained(), sleep(shutdownGraceMs + LAST_WRITES_MS, undefined, { ref: false })]);
    clearTimeout(stopAll);
    clearInterval(this.beat);
  }

  private async drained(): Promise<void> {
    while (this.active.size > 0) await Promise.all([...this.active.values()].map(({ done }) => done));
  }

  /** Repeats what a database that is away refused until the lease may have run out: then another may have the run. */
  private async patiently<T>(run: ActiveRun, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!databaseFault(error) || this.clock.elapsedMs() + RETRY_MS >= run.leaseEndMs) throw error;
      }
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }

  /** Renews every lease; a run that another has claimed, or that somebody wants to be ended, is stopped. */
  private async keep(): Promise<void> {
    const held = [...this.active.values()];
    if (held.length === 0 || this.isBeating) return;
    this.isBeating = true;
    const startMs = this.clock.elapsedMs();
    try {
      const leases = held.map(({ lease }) => lease);
      const states = await this.claims.extend(leases, LEASE_SECONDS);
      for (const run of held) this.heed(run, states.get(run.lease.taskId) ?? 'lost', startMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.log.warn('pipeline.lease_beat_failed', { reason });
    } finally {
      this.isBeating = false;
    }
  }

  private heed(run: ActiveRun, state: LeaseState, askedMs: number): void {
    const { taskId } = run.lease;
    if (state === 'extended' || state === 'cancel_requested')
      run.leaseEndMs = askedMs + LEASE_SECONDS * 1_000;
    if (state === 'cancel_requested') run.stop.abort(cancelled(taskId));
    if (state === 'lost') run.stop.abort(leaseLost(taskId));
  }

  private timeboxError(): AppError {
    return timeboxExceeded(this.pipeline.runTimeboxMs);
  }
}

export function shuttingDown(): AppError {
  return new AppError('pipeline.shutting_down', 'unavailable', 'This process is shutting down.', {
    hint: 'Repeat the request after the time in Retry-After.',
    retryAfterSeconds: 2,
  });
}
