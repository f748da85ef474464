import type { Role } from '../../src/shared/index.js';
import type { ApiCall } from './api-stub.js';
import type { ChaosField } from './chaos-field.js';
import { fingerprintOf } from './fingerprint.js';
import type { Load } from './load.js';
import type { ScenarioName } from './options.js';
import type { Verdict } from './report.js';
import type { RunStep, StoredCall, StoredRun } from './watched-runs.repository.js';

/** What the built-in policy lets each role call in one run. */
const BUDGETS: Readonly<Record<Role, number>> = {
  ideator: 2,
  drafter: 1,
  critic: 2,
  revisor: 1,
  summarizer: 1,
};
const FINAL = ['succeeded', 'held', 'failed', 'rejected', 'cancelled'];

export interface Happened {
  readonly scenario: ScenarioName;
  readonly disturbances: number;
  readonly startedMs: number;
  readonly notes?: readonly string[];
  /** Failures that the scenario itself gives the reason for. */
  readonly mayFail?: (run: StoredRun) => boolean;
}

/** Holds what was promised against the books of the database and of the API. */
export async function account(field: ChaosField, load: Load, happened: Happened): Promise<Verdict> {
  const { database, api, kills } = field;
  const all = await database.runs();
  const runs = all.filter(({ taskId }) => !field.isKnown(taskId));
  const steps = (await database.steps()).filter(({ taskId }) => !field.isKnown(taskId));
  const answers = runs.filter(({ state }) => state === 'succeeded').map((run) => compare(field, load, run));
  const failed = runs.filter((run) => run.state !== 'succeeded' && isFinal(run) && !happened.mayFail?.(run));
  return {
    scenario: happened.scenario,
    disturbances: happened.disturbances,
    runs: runs.length,
    faults: {
      lost: lost(load, runs),
      duplicated: endedTwice(steps) + promisedTwice(load, runs),
      overspent: overspent(api.calls, await database.calls()),
      differing: answers.filter((answer) => answer === 'differing').length,
      failed: failed.length,
    },
    stoodIn: answers.filter((answer) => answer === 'stood_in').length,
    resumed: [...byTask(steps).values()].filter((each) => claims(each).length > 1).length,
    resumeMs: resumeTimes(steps, kills),
    seconds: (Date.now() - happened.startedMs) / 1_000,
    notes: [...(happened.notes ?? []), ...failed.map(failureNote), ...load.refused, ...load.unanswered],
  };
}

function failureNote({ taskId, state, failureCode, attempts }: StoredRun): string {
  return `${taskId} ended ${state} (${failureCode}) after ${attempts} attempts`;
}

function isFinal({ state }: { readonly state: string }): boolean {
  return FINAL.includes(state);
}

function lost(load: Load, runs: readonly StoredRun[]): number {
  const ended = new Set(runs.filter(isFinal).map(({ taskId }) => taskId));
  const unkept = [...load.promised.keys()].filter((taskId) => !ended.has(taskId));
  const unended = runs.filter((run) => !isFinal(run) && !load.promised.has(run.taskId));
  return unkept.length + unended.length + load.unanswered.length + load.refused.length;
}

function endedTwice(steps: readonly RunStep[]): number {
  return [...byTask(steps).values()].filter((each) => each.filter(isFinal).length > 1).length;
}

/** A key that was given a second run though its first one did not fail. */
function promisedTwice(load: Load, runs: readonly StoredRun[]): number {
  return runs.filter(({ taskId, state }) => state !== 'failed' && load.promised.get(taskId)?.isGivenUp)
    .length;
}

function compare(field: ChaosField, load: Load, run: StoredRun): 'same' | 'stood_in' | 'differing' {
  const given = load.promised.get(run.taskId)?.content ?? null;
  if (given !== null && given !== run.content) return 'differing';
  const expected = field.expected(run.ownerId, run.prompt);
  const found = fingerprintOf(run);
  if (found.fallbacks !== expected.fallbacks) return 'stood_in';
  return found.answer === expected.answer ? 'same' : 'differing';
}

/** Calls beyond a role's budget in a run, without a reservation, and more than one with the same. */
export function overspent(seen: readonly ApiCall[], reserved: readonly StoredCall[]): number {
  const places = new Map(reserved.map(({ id, taskId, role }) => [id, { place: `${taskId} ${role}`, role }]));
  const spent = new Map<string, number>();
  const used = new Set<string>();
  let over = 0;
  for (const { reservationId } of seen) {
    const known = places.get(reservationId);
    if (known === undefined || used.has(reservationId)) {
      over++;
      continue;
    }
    used.add(reservationId);
    const count = (spent.get(known.place) ?? 0) + 1;
    spent.set(known.place, count);
    if (count > BUDGETS[known.role]) over++;
  }
  return over;
}

function byTask(steps: readonly RunStep[]): Map<string, RunStep[]> {
  const found = new Map<string, RunStep[]>();
  for (const step of steps) {
    const each = found.get(step.taskId);
    if (each) each.push(step);
    else found.set(step.taskId, [step]);
  }
  return found;
}

function claims(steps: readonly RunStep[]): readonly RunStep[] {
  return steps.filter(({ state }) => state === 'running');
}

/** From the kill of the process that worked on a run to the next claim of it. */
export function resumeTimes(
  steps: readonly RunStep[],
  kills: readonly { readonly process: string; readonly atMs: number }[],
): number[] {
  const killedMs = new Map(kills.map(({ process, atMs }) => [process, atMs]));
  return [...byTask(steps).values()].flatMap((each) => {
    const taken = claims(each);
    return taken.slice(1).flatMap((next, index) => {
      const { process, atMs: takenMs } = taken[index]!;
      const atMs = killedMs.get(process);
      const wasHeld = (killMs: number) =>
        killMs <= next.atMs && !each.some((step) => step.atMs > takenMs && step.atMs < killMs);
      return atMs !== undefined && wasHeld(atMs) ? [next.atMs - atMs] : [];
    });
  });
}
