import { Injectable } from '@nestjs/common';
import { VoiceProfiles } from '../corpus/index.js';
import { databaseFault } from '../database/index.js';
import { type OwnVoice, ownVoice } from '../qa/index.js';
import { type Actor, AppError, Clock, untilAborted } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import { Journal } from './journal.js';
import { ReportMemo } from './report-memo.js';
import { runCorridor } from './run.js';
import { type RunEnding, RunRepository } from './run.repository.js';
import { type RunContext, UsageCounter } from './run-context.js';
import { endingOf, failureEnding } from './run-ending.js';
import { RunLeaseService, type RunLimits } from './run-lease.service.js';
import type { NewRun, RunRecord } from './run-record.js';
import { StageBlocked } from './stage.js';
import { StageRunner } from './stage-runner.js';

/** Sees one stored run to exactly one end, and writes that end whole. */
@Injectable()
export class RunService {
  constructor(
    private readonly runner: StageRunner,
    private readonly runs: RunRepository,
    private readonly leases: RunLeaseService,
    private readonly voices: VoiceProfiles,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  execute(actor: Actor, run: NewRun): Promise<RunRecord> {
    return this.leases.hold(run.taskId, (limits) => this.work(actor, run, limits));
  }

  private async work(actor: Actor, run: NewRun, limits: RunLimits): Promise<RunRecord> {
    const startedMs = this.clock.elapsedMs();
    const context: RunContext = {
      taskId: run.taskId,
      actor,
      request: run.request,
      ...limits,
      journal: new Journal(),
      usage: new UsageCounter(),
      reports: new ReportMemo(run.request),
      records: [],
    };
    const trace = () => ({ stages: [...context.records], journal: context.journal.all() });
    const timing = () => ({ finishedAt: this.clock.now(), durationMs: this.clock.elapsedMs() - startedMs });
    try {
      context.reports.voice = await untilAborted(this.voiceFor(run), limits.signal);
      const outcome = await untilAborted(runCorridor(this.runner, context), limits.signal);
      return await this.finish(run, endingOf(run, outcome, trace(), timing()));
    } catch (error) {
      const fault = faultOf(error, run.taskId);
      this.log.error('run.failed', error, { code: fault.code });
      await this.fail(run, failureEnding(run, fault, trace(), timing()));
      throw fault;
    }
  }

  /** How the owner writes, for the texts of this run to be measured by. */
  private async voiceFor({ ownerId, request }: NewRun): Promise<OwnVoice | null> {
    const profile = await this.voices.forRun(ownerId, request.mode);
    return profile && ownVoice(profile);
  }

  /** Stores a failure; where only its journal cannot be stored, without it, and where the database is away, later. */
  private async fail(run: NewRun, ending: RunEnding): Promise<void> {
    for (const each of [ending, { ...ending, journal: [] }]) {
      try {
        await this.finish(run, each);
        return;
      } catch (lost) {
        this.log.error('run.end_not_stored', lost);
        if (databaseFault(lost)) return this.leases.endLater(ending);
      }
    }
  }

  private async finish(run: NewRun, ending: RunEnding): Promise<RunRecord> {
    const stored = await this.runs.finish(ending, this.leases.owner);
    if (!stored) throw lostLease(run.taskId);
    this.log.info(`run.${ending.state}`, {
      duration_ms: Math.round(ending.durationMs),
      mode: run.request.mode,
    });
    return {
      ...run,
      ...ending,
      metadata: ending.metadata,
      review: null,
      sourceTaskId: null,
      createdAt: run.createdAt.toISOString(),
      finishedAt: ending.finishedAt.toISOString(),
    };
  }
}

/** What a run's error means to its caller; what is not known stays inside. */
function faultOf(error: unknown, taskId: string): AppError {
  const known = databaseFault(error) ?? (error instanceof AppError ? error : null);
  if (known) {
    const { hint, retryable, retryAfterSeconds, details } = known;
    return new AppError(known.code, known.kind, known.message, {
      ...(hint === undefined ? {} : { hint }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(details === undefined ? {} : { details }),
      retryable,
      taskId,
      cause: error,
    });
  }
  if (error instanceof StageBlocked) return blockedFault(error, taskId);
  return new AppError('pipeline.internal', 'internal', 'The run ended in an error of ours.', {
    hint: 'Report it with the request id; the log of the server holds the cause.',
    taskId,
    cause: error,
  });
}

const HINTS: Readonly<Record<string, string>> = {
  'optimizer.quality_gate':
    'The texts measured below OPTIMIZATION_QA_MIN_*; lower these, or turn OPTIMIZATION_QA_ENFORCE off.',
  'optimizer.timebox':
    'Repeat the request later; OPTIMIZATION_TIMEBOX_MS says how long an operation may take.',
};

/** What it means that a role could not go on. */
function blockedFault(error: StageBlocked, taskId: string): AppError {
  const isLate = error.code === 'optimizer.timebox';
  return new AppError(
    error.code,
    isLate ? 'timeout' : 'unprocessable',
    `The ${error.role} could not go on: ${error.message}`,
    {
      hint: HINTS[error.code] ?? 'GET /policy shows what each role may do.',
      retryable: isLate,
      taskId,
      cause: error,
    },
  );
}

function lostLease(taskId: string): AppError {
  return new AppError('pipeline.interrupted', 'unavailable', 'This process lost the run to another one.', {
    hint: `Read GET /runs/${taskId}.`,
    retryAfterSeconds: 1,
    taskId,
  });
}
