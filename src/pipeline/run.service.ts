import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { VoiceProfiles } from '../corpus/index.js';
import { ownVoice } from '../qa/index.js';
import { Clock, untilAborted } from '../shared/index.js';
import { type RunOutcome, runCorridor } from './run.js';
import { awaitedJob, RunAttempt, type RunJob } from './run-attempt.js';
import type { ClaimedRun } from './run-claim.repository.js';
import type { RunLimits } from './run-context.js';
import { RunLeaseService } from './run-lease.service.js';
import type { NewRun, RunRecord } from './run-record.js';
import { type AttemptEnd, RunRecorder } from './run-recorder.service.js';
import { RunResumption } from './run-resumption.js';
import { StageRunner } from './stage-runner.js';
import { voiceMark } from './voice-mark.js';

/** How long asks that were stopped may take to say what they have spent. */
const WIND_UP_MS = 500;

/** Takes one stored run through the corridor, from where its last attempt ended, and has written what comes of it. */
@Injectable()
export class RunService {
  constructor(
    private readonly runner: StageRunner,
    private readonly recorder: RunRecorder,
    private readonly resumption: RunResumption,
    private readonly leases: RunLeaseService,
    private readonly voices: VoiceProfiles,
    private readonly clock: Clock,
  ) {}

  /** Sees a run to its end that was just stored under its first lease; throws the fault that ended it. */
  async execute(run: NewRun): Promise<RunRecord> {
    const job = awaitedJob(run);
    const end = await this.leases.hold(job.lease, (limits) => this.work(job, limits));
    if (end.kind !== 'ended' || end.fault) throw end.fault;
    return end.record;
  }

  /** Goes on with a run that was just claimed. Throws where the lease is lost or the database is away. */
  resume(claimed: ClaimedRun): Promise<AttemptEnd> {
    return this.leases.hold(claimed.lease, async (limits) =>
      this.work(await this.resumption.jobOf(claimed, limits), limits),
    );
  }

  private async work(job: RunJob, limits: RunLimits): Promise<AttemptEnd> {
    const attempt = new RunAttempt(job, this.clock.elapsedMs());
    try {
      return await this.attempt(attempt, limits);
    } finally {
      this.recorder.close(attempt);
    }
  }

  private async attempt(attempt: RunAttempt, limits: RunLimits): Promise<AttemptEnd> {
    let outcome: RunOutcome;
    try {
      outcome = await this.pass(attempt, limits);
    } catch (error) {
      // Whatever broke while the run was being stopped, that it was stopped is why.
      const { aborted, reason } = limits.signal;
      return this.recorder.breakOff(attempt, limits, aborted ? reason : error);
    }
    return this.recorder.conclude(attempt, limits, outcome);
  }

  private async pass(attempt: RunAttempt, limits: RunLimits): Promise<RunOutcome> {
    const { job, reports, journal } = attempt;
    if (job.refusal) throw job.refusal;
    if (job.attempts > 0 || job.journal.length > 0) limits.progress.resumed(job.journal.length);
    const { ownerId, request } = job.run;
    const profile = await untilAborted(
      limits.patiently(() => this.voices.forRun(ownerId, request.mode)),
      limits.signal,
    );
    if (profile) reports.measureBy(ownVoice(profile), voiceMark(profile));
    const context = attempt.context(limits, this.recorder.writes(attempt, limits));
    const working = runCorridor(this.runner, context);
    try {
      const outcome = await untilAborted(working, limits.signal);
      journal.assertUsedUp();
      return outcome;
    } catch (error) {
      const stopped = working.catch(() => undefined);
      await Promise.race([stopped, sleep(WIND_UP_MS, undefined, { ref: false })]);
      throw error;
    }
  }
}
