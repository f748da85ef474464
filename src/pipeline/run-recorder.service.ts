import { Injectable } from '@nestjs/common';
import { QueueConfig } from '../config/index.js';
import { databaseFault } from '../database/index.js';
import { AppError, Clock, type ErrorKind } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { soundLength } from './journal.js';
import { retryAfterSeconds } from './queue/retry-backoff.js';
import { RecoveryRecord } from './recovery-record.js';
import type { RunOutcome } from './run.js';
import type { RunAttempt } from './run-attempt.js';
import { RunClaimRepository } from './run-claim.repository.js';
import type { RunContext, RunLimits } from './run-context.js';
import { cancelledEnding, endingOf, failureEnding, failureOf } from './run-ending.js';
import { deadLetter, faultOf, interrupted, isDatabaseAway, leaseLost } from './run-faults.js';
import type { RunRecord } from './run-record.js';
import { type RunEnding, RunTrailRepository } from './run-trail.repository.js';

/** How an attempt at a run ended. `requeued`: the run waits in the queue, and `fault` says why. */
export type AttemptEnd =
  | { readonly kind: 'ended'; readonly record: RunRecord; readonly fault: AppError | null }
  | { readonly kind: 'handed_over' | 'retried'; readonly fault: AppError };

/** Kinds of faults that pass by themselves. A changed policy, or a limit of the day, does not within minutes. */
const PASSING: readonly ErrorKind[] = ['unavailable', 'timeout', 'bad_gateway'];

/**
 * Writes what becomes of a run, each time only while this process holds it: its trail as it grows, its end, or its
 * way back into the queue. What a database that is away refuses is tried again as long as the lease lives; then the
 * run is let go (`pipeline.interrupted`) and whoever finds it goes on with it.
 */
@Injectable()
export class RunRecorder {
  constructor(
    private readonly trails: RunTrailRepository,
    private readonly claims: RunClaimRepository,
    private readonly limits: QueueConfig,
    private readonly record: RecoveryRecord,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** How an attempt writes while it works. */
  writes(attempt: RunAttempt, { patiently }: RunLimits): Pick<RunContext, 'guard' | 'save'> {
    const { lease } = attempt.job;
    return {
      guard: (manager) => this.claims.assertHeld(manager, lease),
      save: async () => {
        const unstored = attempt.unstored(this.clock.now());
        await patiently(() => this.trails.append(lease, unstored));
        attempt.wasStored(unstored);
      },
    };
  }

  /** Stores the end of a run that went through the corridor. */
  async conclude(attempt: RunAttempt, limits: RunLimits, outcome: RunOutcome): Promise<AttemptEnd> {
    const ending = endingOf(attempt.job.run, outcome, attempt.trace(), this.timing(attempt));
    try {
      return { kind: 'ended', record: await this.finish(attempt, limits, ending), fault: null };
    } catch (error) {
      // What the database will never take is an error of ours, and told as one.
      return this.breakOff(attempt, limits, error);
    }
  }

  /** Stores what follows from an error: the queue again, or a failure. Throws where nothing can or may be stored. */
  async breakOff(attempt: RunAttempt, limits: RunLimits, error: unknown): Promise<AttemptEnd> {
    const { taskId, job } = attempt;
    const fault = faultOf(error, taskId);
    if (fault.code === 'pipeline.lease_lost') throw fault;
    if (isDatabaseAway(error)) throw interrupted(taskId, error);
    if (fault.code === 'pipeline.handed_over') return this.handOver(attempt, limits, fault);
    if (fault.code === 'pipeline.cancelled') {
      const ending = cancelledEnding(taskId, fault, attempt.trace(), this.timing(attempt));
      return { kind: 'ended', record: await this.finish(attempt, limits, ending), fault };
    }
    this.log.error('run.failed', error, { code: fault.code });
    if (job.isAwaited || !fault.retryable || !PASSING.includes(fault.kind))
      return this.fail(attempt, limits, fault);
    return this.retry(attempt, limits, fault);
  }

  /** From here on a call's end can only be told to the ledger. */
  close({ calls, job: { lease } }: RunAttempt): void {
    calls.close((call) => {
      this.trails
        .settleLate(lease, call)
        .catch((error) =>
          this.log.error('governance.settle_failed', error, { reservation_id: call.reservationId }),
        );
    });
  }

  private async handOver(attempt: RunAttempt, limits: RunLimits, fault: AppError): Promise<AttemptEnd> {
    await this.requeue(attempt, limits, { failure: null, startAfterSeconds: null, keep: null });
    this.record.add('handed_over', attempt.taskId);
    return { kind: 'handed_over', fault };
  }

  private async retry(attempt: RunAttempt, limits: RunLimits, fault: AppError): Promise<AttemptEnd> {
    const attempts = attempt.job.attempts + 1;
    const startAfterSeconds = retryAfterSeconds(fault, attempts, this.limits.maxAttempts);
    if (startAfterSeconds === null) {
      const end = await this.fail(attempt, limits, deadLetter(attempts, fault));
      this.record.add('dead', attempt.taskId);
      return end;
    }
    const entries = attempt.journal.all();
    const keep = attempt.journal.isRepeating ? null : soundLength(entries);
    await this.requeue(attempt, limits, { failure: failureOf(fault), startAfterSeconds, keep });
    this.record.add('retried', attempt.taskId, { code: fault.code, after_seconds: startAfterSeconds });
    return { kind: 'retried', fault };
  }

  /** Stores a failure; where only its journal cannot be stored, without it. */
  private async fail(attempt: RunAttempt, limits: RunLimits, fault: AppError): Promise<AttemptEnd> {
    const ending = failureEnding(attempt.taskId, fault, attempt.trace(), this.timing(attempt));
    try {
      return { kind: 'ended', record: await this.finish(attempt, limits, ending), fault };
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.log.error('run.journal_not_stored', error, { task_id: attempt.taskId });
      attempt.journal.wasStored(attempt.journal.unstored());
      return { kind: 'ended', record: await this.finish(attempt, limits, ending), fault };
    }
  }

  private async finish(attempt: RunAttempt, limits: RunLimits, ending: RunEnding): Promise<RunRecord> {
    const { run } = attempt.job;
    await this.write(attempt, limits, (unstored) => this.trails.finish(attempt.job.lease, ending, unstored));
    limits.progress.ended(ending, attempt.journal.unstored().from);
    this.log.info(`run.${ending.state}`, {
      duration_ms: Math.round(ending.durationMs),
      mode: run.request.mode,
    });
    return {
      ...run,
      ...ending,
      review: null,
      sourceTaskId: null,
      attempts: attempt.job.attempts,
      nextAttemptAt: null,
      startedAt: attempt.job.startedAt.toISOString(),
      cancelRequestedAt: null,
      createdAt: run.createdAt.toISOString(),
      finishedAt: ending.finishedAt.toISOString(),
    };
  }

  private async requeue(
    attempt: RunAttempt,
    limits: RunLimits,
    how: Parameters<RunTrailRepository['requeue']>[1],
  ) {
    await this.write(attempt, limits, (unstored) => this.trails.requeue(attempt.job.lease, how, unstored));
  }

  /** Writes an end, patiently. Throws `pipeline.lease_lost` and `pipeline.interrupted`. */
  private async write(
    attempt: RunAttempt,
    { patiently }: RunLimits,
    work: (unstored: ReturnType<RunAttempt['unstored']>) => Promise<boolean>,
  ): Promise<void> {
    const unstored = attempt.unstored(this.clock.now());
    try {
      if (!(await patiently(() => work(unstored)))) throw leaseLost(attempt.taskId);
      attempt.wasStored(unstored);
    } catch (error) {
      if (databaseFault(error)) throw interrupted(attempt.taskId, error);
      throw error;
    }
  }

  private timing(attempt: RunAttempt) {
    return { finishedAt: this.clock.now(), durationMs: attempt.durationMs(this.clock.elapsedMs()) };
  }
}
