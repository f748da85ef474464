import type { ReservedCall } from '../governance/index.js';
import type { AppError } from '../shared/index.js';
import { CallEnds, EarlierCalls } from './call-ends.js';
import { Journal, type JournalEntry } from './journal.js';
import { ReportMemo } from './report-memo.js';
import { type RunContext, type RunLimits, UsageCounter } from './run-context.js';
import type { RunTrace } from './run-ending.js';
import { firstLease, type RunLease } from './run-lease.js';
import type { NewRun } from './run-record.js';
import type { Unstored } from './run-trail.repository.js';
import type { StageRecord } from './stage-record.js';

/** A run that is to be worked on, with what its earlier attempts left. */
export interface RunJob {
  readonly run: NewRun;
  readonly lease: RunLease;
  readonly startedAt: Date;
  /** Attempts before this one that a crash or a fault ended. */
  readonly attempts: number;
  /** Whether a caller waits: a fault is then told, and not tried again. */
  readonly isAwaited: boolean;
  readonly journal: readonly JournalEntry[];
  readonly calls: readonly ReservedCall[];
  /** Why it cannot be worked on; it then ends with this. */
  readonly refusal: AppError | null;
}

/** The job of a caller that waits for a run of its own, which has just been stored. */
export function awaitedJob(run: NewRun): RunJob {
  return {
    run,
    lease: firstLease(run.taskId),
    startedAt: run.createdAt,
    attempts: 0,
    isAwaited: true,
    journal: [],
    calls: [],
    refusal: null,
  };
}

/** One process's turn at a run: what it holds in memory, and what of it is not stored yet. */
export class RunAttempt {
  readonly calls = new CallEnds();
  readonly journal: Journal;
  readonly reports: ReportMemo;
  private readonly records: StageRecord[] = [];

  constructor(
    readonly job: RunJob,
    private readonly startedMs: number,
  ) {
    this.journal = new Journal(job.journal);
    this.reports = new ReportMemo(job.run.request);
  }

  get taskId(): string {
    return this.job.run.taskId;
  }

  context(limits: RunLimits, writes: Pick<RunContext, 'guard' | 'save'>): RunContext {
    const { taskId, actor, request } = this.job.run;
    const { journal, reports, calls, records } = this;
    const earlierCalls = new EarlierCalls(this.job.calls);
    const usage = new UsageCounter();
    return {
      taskId,
      actor,
      request,
      ...limits,
      ...writes,
      calls,
      earlierCalls,
      journal,
      usage,
      reports,
      records,
    };
  }

  trace(): RunTrace {
    return { stages: [...this.records], journal: this.journal.all() };
  }

  /** Time worked on the run, in milliseconds: this attempt's, and what the asks took that were given back. */
  durationMs(elapsedMs: number): number {
    return elapsedMs - this.startedMs + this.journal.givenBackMs();
  }

  unstored(at: Date): Unstored {
    return { journal: this.journal.unstored(), calls: this.calls.unstored(), at };
  }

  wasStored({ journal, calls }: Unstored): void {
    this.journal.wasStored(journal);
    this.calls.wereStored(calls);
  }
}
