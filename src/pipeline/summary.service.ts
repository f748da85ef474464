import { Injectable } from '@nestjs/common';
import { Cache, type NamespaceFigures } from '../cache/index.js';
import { MemoryManager, type Pressure } from '../memory/index.js';
import { Clock, ROLES } from '../shared/index.js';
import { type QueueFigures, RunQueue } from './queue/run-queue.port.js';
import { RUN_STATES } from './run-state.js';
import { type RunStanding, StandingRunsService } from './standing-runs.service.js';
import {
  type DenialFigures,
  type FailureFigures,
  type OperationFigures,
  type StageFigures,
  SummaryRepository,
} from './summary.repository.js';

/** Length of a window in minutes. */
export const SUMMARY_WINDOWS = { '15m': 15, '1h': 60, '24h': 1_440 } as const;
export type SummaryWindow = keyof typeof SUMMARY_WINDOWS;

export interface PipelineSummary {
  readonly window: SummaryWindow;
  readonly since: string;
  readonly runs: Readonly<Record<string, number>>;
  readonly stages: readonly StageFigures[];
  /** Runs that were given another one's answer. */
  readonly answers: { readonly reused: number; readonly cached: number; readonly joined: number };
  /** Asks by how the optimizer came by their results. */
  readonly operations: readonly OperationFigures[];
  /** Of the process that answers; the others' are in their own metrics. */
  readonly cache: readonly NamespaceFigures[];
  /** Runs that wait for a worker, now. */
  readonly queue: QueueSummary;
  /** Runs that are not over, and dead letters, now; the oldest by how long it has been so. */
  readonly standing: Readonly<
    Record<string, { readonly count: number; readonly oldest_seconds: number | null }>
  >;
  readonly pressure: Pressure;
  readonly denials: readonly DenialFigures[];
  readonly last_failures: readonly FailureFigures[];
}

export interface QueueSummary {
  readonly waiting: number;
  readonly working: number;
  readonly dead: number;
  readonly oldest_waiting_seconds: number | null;
}

/** What the pipeline did in a window, over all replicas, in figures. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly figures: SummaryRepository,
    private readonly cache: Cache,
    private readonly memory: MemoryManager,
    private readonly queue: RunQueue,
    private readonly standing: StandingRunsService,
    private readonly clock: Clock,
  ) {}

  async summarize(window: SummaryWindow): Promise<PipelineSummary> {
    const since = new Date(this.clock.now().getTime() - SUMMARY_WINDOWS[window] * 60_000);
    const runs = await this.figures.runs(since);
    const stages = await this.figures.stages(since);
    const reused = await this.figures.reusedAnswers(since);
    return {
      window,
      since: since.toISOString(),
      runs: Object.fromEntries(
        RUN_STATES.map((state) => [state, runs.find((row) => row.state === state)?.count ?? 0]),
      ),
      stages: ROLES.flatMap((role) => stages.find((row) => row.role === role) ?? []),
      answers: {
        reused: reused.reduce((sum, { count }) => sum + count, 0),
        cached: reused.find(({ source }) => source === 'cached')?.count ?? 0,
        joined: reused.find(({ source }) => source === 'joined')?.count ?? 0,
      },
      operations: await this.figures.operations(since),
      cache: this.cache.figures(),
      queue: presentFigures(await this.queue.figures()),
      standing: presentStanding(await this.standing.figure()),
      pressure: this.memory.pressure(),
      denials: await this.figures.denials(since),
      last_failures: await this.figures.failures(since),
    };
  }
}

function presentFigures({ waiting, working, dead, oldestWaitingSeconds }: QueueFigures): QueueSummary {
  return { waiting, working, dead, oldest_waiting_seconds: rounded(oldestWaitingSeconds) };
}

function presentStanding(standing: RunStanding): PipelineSummary['standing'] {
  return Object.fromEntries(
    Object.entries(standing).map(([state, { count, oldestSeconds }]) => [
      state,
      { count, oldest_seconds: rounded(oldestSeconds) },
    ]),
  );
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 10) / 10;
}
