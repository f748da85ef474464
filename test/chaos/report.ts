import { quantile } from '../../bench/report/statistics.js';
import { tableOf } from '../../bench/report/table.js';
import type { ScenarioName } from './options.js';

/** What one scenario did, and what came of the runs. The fields under `faults` must all be zero. */
export interface Verdict {
  readonly scenario: ScenarioName;
  /** Kills, or whatever else was done to the processes. */
  readonly disturbances: number;
  readonly runs: number;
  readonly faults: {
    /** Acknowledged, and without a final state. */
    readonly lost: number;
    /** More than one end of a run, or more than one run of a key. */
    readonly duplicated: number;
    /** Calls that reached the API beyond the policy's budgets, without a reservation, or twice with one. */
    readonly overspent: number;
    /** Other bytes than an undisturbed run gives, or than the caller was given. */
    readonly differing: number;
    /** Failed, where the scenario gives no reason to. */
    readonly failed: number;
  };
  /** Runs that another process went on with. */
  readonly resumed: number;
  /** From the kill to the next claim. */
  readonly resumeMs: readonly number[];
  /** Answers that differ since a call was lost and the local engine stood in. */
  readonly stoodIn: number;
  readonly seconds: number;
  readonly notes: readonly string[];
}

export interface Skipped {
  readonly scenario: ScenarioName;
  readonly skipped: string;
}

export type Outcome = Verdict | Skipped;

export function isSkipped(outcome: Outcome): outcome is Skipped {
  return 'skipped' in outcome;
}

/** Whether nothing was lost, done twice, overspent, changed or failed. */
export function isSound(outcome: Outcome): boolean {
  return isSkipped(outcome) || Object.values(outcome.faults).every((count) => count === 0);
}

const HEAD = [
  'scenario',
  'kills',
  'runs',
  'lost',
  'duplicated',
  'overspent',
  'differing',
  'failed',
  'stood in',
  'resumed',
  'p50 s',
  'p99 s',
  'took s',
];

export function chaosTable(outcomes: readonly Outcome[]): string {
  const done = outcomes.filter((outcome): outcome is Verdict => !isSkipped(outcome));
  const notes = outcomes.flatMap((outcome) =>
    isSkipped(outcome)
      ? [`${outcome.scenario}: SKIPPED, ${outcome.skipped}`]
      : outcome.notes.map((note) => `${outcome.scenario}: ${note}`),
  );
  return [tableOf(HEAD, done.map(cells)), '', ...notes].join('\n');
}

function cells(verdict: Verdict): string[] {
  const { scenario, disturbances, runs, faults, stoodIn, resumed, resumeMs, seconds } = verdict;
  const { lost, duplicated, overspent, differing, failed } = faults;
  const counts = [disturbances, runs, lost, duplicated, overspent, differing, failed, stoodIn, resumed];
  const times = [0.5, 0.99].map((share) =>
    resumeMs.length === 0 ? '–' : (quantile(resumeMs, share) / 1_000).toFixed(1),
  );
  return [scenario, ...counts.map(String), ...times, seconds.toFixed(0)];
}

/** The same for programs. */
export function chaosJson(outcomes: readonly Outcome[], seed: number): string {
  const scenarios = outcomes.map((outcome) => {
    if (isSkipped(outcome)) return outcome;
    const { resumeMs, ...rest } = outcome;
    const [p50, p99] = [0.5, 0.99].map((share) =>
      resumeMs.length === 0 ? null : Math.round(quantile(resumeMs, share)),
    );
    return { ...rest, resumeMs: { measured: resumeMs.length, p50, p99 } };
  });
  return JSON.stringify({ seed, sound: outcomes.every(isSound), scenarios }, null, 2);
}
