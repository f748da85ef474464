import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { SystemIds } from '../../src/shared/index.js';

const DAY_MS = 86_400_000;
const HASH = '0'.repeat(64);
const ids = new SystemIds();

/** A run of the past; ages are days before now. */
export interface PastRun {
  readonly state: 'queued' | 'running' | 'held' | 'succeeded' | 'failed' | 'rejected' | 'cancelled';
  readonly createdAge: number;
  /** Of its end; null for one that has none. */
  readonly endedAge: number | null;
  /** Of a reviewer's decision. */
  readonly decidedAge: number | null;
  /** Index of the run whose answer it was given; it came later than that one. */
  readonly source: number | null;
}

/** A day away from every bound, so that the time a test takes decides nothing. */
const anAge = fc.constantFrom(0.1, 5, 20, 40, 80, 95, 120, 400);

const aMaker: fc.Arbitrary<PastRun> = fc
  .record({
    state: fc.oneof(
      fc.constant<PastRun['state']>('succeeded'),
      fc.constantFrom<PastRun['state']>('queued', 'running', 'held', 'failed', 'rejected', 'cancelled'),
    ),
    age: anAge,
    worked: fc.constantFrom(0, 15),
    decidedAfter: fc.constantFrom(0.05, 30),
    isReviewed: fc.boolean(),
  })
  .map(({ state, age, worked, decidedAfter, isReviewed }) => {
    const isOpen = state === 'queued' || state === 'running';
    const endedAge = isOpen ? null : Math.max(0.05, age - worked);
    const hasReview = state === 'rejected' || (state === 'succeeded' && isReviewed);
    const decidedAge = hasReview && endedAge !== null ? Math.max(0.01, endedAge - decidedAfter) : null;
    return { state, createdAge: age, endedAge, decidedAge, source: null };
  });

/** Runs, some of which were given the answer of an earlier one. */
export const pastRuns: fc.Arbitrary<PastRun[]> = fc
  .tuple(
    fc.array(aMaker, { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(5), anAge), { maxLength: 6 }),
  )
  .map(([makers, reuses]) => [
    ...makers,
    ...reuses.flatMap(([at, age]): PastRun[] => {
      const source = at % makers.length;
      const maker = makers[source]!;
      if (maker.state !== 'succeeded' || maker.endedAge === null || age > maker.endedAge) return [];
      return [{ state: 'succeeded', createdAge: age, endedAge: age, decidedAge: null, source }];
    }),
  ]);

/** Stores runs with two journal entries, a stage and a reservation each; gives back their ids. */
export async function storePastRuns(manager: EntityManager, runs: readonly PastRun[]): Promise<string[]> {
  const taskIds: string[] = [];
  for (const run of runs) taskIds.push(await storePastRun(manager, run, taskIds));
  return taskIds;
}

async function storePastRun(manager: EntityManager, run: PastRun, earlier: readonly string[]) {
  const taskId = taskIdAt(run.createdAge);
  await manager.query(
    `INSERT INTO runs (task_id, owner_id, request_id, idempotency_key, request_hash, request, state, mode,
                       policy_version, policy_hash, created_at, finished_at, review, source_task_id, reuse)
     VALUES ($1, 'u', 'r', $1::uuid::text, $2, $3, $4, 'chat', '1', $2, $5, $6, $7, $8, $9)`,
    [
      taskId,
      HASH,
      run.source === null ? {} : null,
      run.state,
      timeAt(run.createdAge),
      run.endedAge === null ? null : timeAt(run.endedAge),
      run.decidedAge === null ? null : { decidedAt: timeAt(run.decidedAge).toISOString() },
      run.source === null ? null : earlier[run.source],
      run.source === null ? null : {},
    ],
  );
  await manager.query(
    `INSERT INTO journal_entries (task_id, sequence, role, kind, action, permitted, policies, body, recorded_at)
     SELECT $1::uuid, n, 'ideator', 'ask', 'search', true, '{}', '{}', now() FROM generate_series(0, 1) AS n`,
    [taskId],
  );
  await manager.query(
    `INSERT INTO run_stages (task_id, role, result, duration_ms, external_calls, input_tokens, output_tokens, finished_at)
     VALUES ($1, 'ideator', 'passed', 1, 0, 0, 0, now())`,
    [taskId],
  );
  await manager.query(
    `INSERT INTO budget_reservations (id, task_id, role, budget, ordinal, provider, model, state, reserved_at)
     VALUES ($1, $2, 'drafter', 'external_call', 1, 'p', 'm', 'reserved', now())`,
    [ids.next(), taskId],
  );
  return taskId;
}

export function timeAt(ageDays: number): Date {
  return new Date(Date.now() - ageDays * DAY_MS);
}

/** An id as one that was made then: its first 48 bits are the time. */
function taskIdAt(ageDays: number): string {
  const time = timeAt(ageDays).getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${ids.next().slice(13)}`;
}
