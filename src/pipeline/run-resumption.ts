import { Injectable } from '@nestjs/common';
import { BudgetLedger } from '../governance/index.js';
import type { AppError } from '../shared/index.js';
import { RecoveryRecord } from './recovery-record.js';
import { RunFactory, type RunPins } from './run.factory.js';
import { RunRepository } from './run.repository.js';
import type { RunJob } from './run-attempt.js';
import { type ClaimedRun, RunClaimRepository } from './run-claim.repository.js';
import type { RunLimits } from './run-context.js';
import { cancelled, enginesChanged, policyChanged } from './run-faults.js';
import type { NewRun } from './run-record.js';

/** Makes a claimed run ready: reads what earlier attempts left, and sees whether it can go on from there. */
@Injectable()
export class RunResumption {
  constructor(
    private readonly runs: RunRepository,
    private readonly claims: RunClaimRepository,
    private readonly ledger: BudgetLedger,
    private readonly factory: RunFactory,
    private readonly record: RecoveryRecord,
  ) {}

  async jobOf(claimed: ClaimedRun, { patiently }: RunLimits): Promise<RunJob> {
    const { run, lease, attempts, startedAt } = claimed;
    const job = { run, lease, attempts, startedAt, isAwaited: false, journal: [], calls: [], refusal: null };
    if (claimed.isCancelRequested) return { ...job, refusal: cancelled(run.taskId) };
    if (lease.token === 1) return job;
    const journal = await patiently(() => this.runs.journalOf(run.taskId));
    const calls = await patiently(() => this.ledger.callsOf(run.taskId));
    this.record.add('resumed', run.taskId, { entries: journal.length, calls: calls.length });
    const pins = this.factory.pins();
    const refusal = refusalOf(run, pins);
    if (journal.length > 0 || calls.length > 0 || refusal === null)
      return { ...job, journal, calls, refusal };
    // Nothing was done under the former settings: it begins anew under those in force.
    await patiently(() => this.claims.repin(lease, pins));
    return { ...job, run: pinned(run, pins) };
  }
}

/** Why a run that has begun cannot go on here, or null. */
function refusalOf({ policy, request }: NewRun, pins: RunPins): AppError | null {
  if (policy.hash !== pins.policy.hash) return policyChanged(policy.hash, pins.policy.hash);
  const names = ['primary', 'firebreak', 'local'] as const;
  return names.every((name) => request.writers[name] === pins.writers[name]) ? null : enginesChanged();
}

function pinned(run: NewRun, { policy, writers }: RunPins): NewRun {
  return { ...run, policy, request: { ...run.request, writers } };
}
