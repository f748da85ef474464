import type { EntityManager } from 'typeorm';
import { GovernanceService } from '../../src/governance/index.js';
import type { CallEnd } from '../../src/pipeline/call-ends.js';
import type { JournalEntry } from '../../src/pipeline/journal.js';
import { cancelled as cancelledFault } from '../../src/pipeline/run-faults.js';
import type { Unstored } from '../../src/pipeline/run-trail.repository.js';
import type { Role } from '../../src/shared/index.js';
import type { CountedEngine } from '../support/counted-engine.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { aCountedProcess, MAX_ATTEMPTS, type Process, type ProcessParts } from '../support/durable-runs.js';

const DONE = { state: 'succeeded', lease_owner: null, lease_expires_at: null };

/** Opens when it is told to; who comes before waits. */
class Gate {
  private readonly opened = Promise.withResolvers<void>();
  private readonly reached = Promise.withResolvers<void>();

  async pass(): Promise<void> {
    this.reached.resolve();
    await this.opened.promise;
  }

  /** Once somebody stands before it. */
  get met(): Promise<void> {
    return this.reached.promise;
  }

  open(): void {
    this.opened.resolve();
  }
}

/** What every database must give a run that its process leaves. */
export function describeDurableRuns(name: string): void {
  describe(`runs that outlive their process on ${name}`, () => {
    let database: TestDatabase;
    const processes: Process[] = [];

    beforeAll(async () => {
      database = await openTestDatabase();
    });
    afterEach(async () => {
      for (const { stop } of processes.splice(0)) stop();
      await database.dataSource.query(
        'TRUNCATE runs, run_stages, journal_entries, budget_reservations, daily_spend',
      );
    });
    afterAll(() => database?.close());

    const rows = (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
      database.dataSource.query(sql, values);
    const row = async (taskId: string) => (await rows('SELECT * FROM runs WHERE task_id = $1', taskId))[0];
    const reservations = () =>
      rows('SELECT role, ordinal, state FROM budget_reservations ORDER BY reserved_at, role, ordinal');
    const sequences = async (taskId: string) =>
      (await rows('SELECT sequence FROM journal_entries WHERE task_id = $1 ORDER BY sequence', taskId)).map(
        ({ sequence }) => sequence,
      );
    const runOut = (taskId: string) =>
      rows(`UPDATE runs SET lease_expires_at = now() - interval '1 second' WHERE task_id = $1`, taskId);

    async function start(isExternal: boolean, over: Partial<ProcessParts> = {}) {
      const process = await aCountedProcess(database.dataSource, isExternal, over);
      processes.push(process);
      return process;
    }
    /** Holds up the writer outside when it comes to a role, as a line does that is about to break. */
    function hold(primary: CountedEngine, wanted: Role): Gate {
      const gate = new Gate();
      primary.before = (role) => (role === wanted ? gate.pass() : Promise.resolve());
      return gate;
    }
    const lost = { code: 'pipeline.lease_lost' };

    it('takes up a run whose process is gone, and lets the old one write nothing more', async () => {
      const [old, next] = [await start(false), await start(false)];
      const gate = new Gate();
      old.gate.search = () => gate.pass();
      const run = await old.stored('running');
      const working = old.service.execute(run);
      await gate.met;
      await runOut(run.taskId);
      await next.orphans.takeUp(null);
      expect(next.queue.runs).toEqual([{ taskId: run.taskId, ownerId: 'mara', priority: 0 }]);
      expect(await row(run.taskId)).toMatchObject({ state: 'queued', attempts: 1 });
      expect(await next.worker.perform(run.taskId)).toBe('ended');
      const ended = await row(run.taskId);
      expect(ended).toMatchObject({ ...DONE, attempts: 1, lease_token: '2' });
      gate.open();
      await expect(working).rejects.toMatchObject(lost);
      expect(await row(run.taskId)).toEqual(ended);
      const places = await sequences(run.taskId);
      expect(places).toEqual(places.map((_, index) => index));
      expect(await next.worker.perform(run.taskId)).toBe('not_claimed');
    });

    it.each([
      ['ideator', 2],
      ['drafter', 1],
    ] as const)(
      'counts a call as spent that was cut off between reserve and settle: %s',
      async (role, most) => {
        const [old, next] = [await start(true), await start(true)];
        const gate = hold(old.primary, role);
        const run = await old.stored('running');
        const working = old.service.execute(run);
        await gate.met;
        await runOut(run.taskId);
        await next.orphans.takeUp(null);
        expect(await next.worker.perform(run.taskId)).toBe('ended');
        expect(await row(run.taskId)).toMatchObject(DONE);
        const spent = (await reservations()).filter((each) => each['role'] === role);
        expect(spent.slice(0, 1)).toEqual([{ role, ordinal: 1, state: 'reserved' }]);
        expect(spent.slice(1)).toEqual(most > 1 ? [{ role, ordinal: 2, state: 'succeeded' }] : []);
        const [stage] = await rows('SELECT external_calls, fallback FROM run_stages WHERE role = $1', role);
        expect(stage).toEqual({ external_calls: most, fallback: most > 1 ? null : 'local' });
        // What was recorded before is not done again.
        const before = role === 'drafter' ? ['search personal', 'ideator outside'] : [];
        expect(next.done.filter((each) => before.includes(each))).toEqual([]);
        gate.open();
        await expect(working).rejects.toMatchObject(lost);
        expect((await reservations()).filter((each) => each['state'] === 'reserved')).toHaveLength(1);
      },
    );

    it('hands a run over when its process stops, and ends it elsewhere with the same text', async () => {
      const undisturbed = await start(true);
      const whole = await undisturbed.service.execute(await undisturbed.stored('running'));
      const [old, next] = [await start(true), await start(true)];
      const gate = new Gate();
      old.primary.before = (role, signal) =>
        role === 'critic'
          ? new Promise((_, reject) => {
              signal?.addEventListener('abort', () => reject(signal.reason));
              void gate.pass();
            })
          : Promise.resolve();
      const run = await old.stored('running');
      const working = old.service.execute(run);
      const told = expect(working).rejects.toMatchObject({
        code: 'pipeline.handed_over',
        taskId: run.taskId,
      });
      await gate.met;
      old.leases.onModuleDestroy();
      await old.leases.beforeApplicationShutdown();
      await told;
      expect(old.queue.runs).toMatchObject([{ taskId: run.taskId }]);
      expect(await row(run.taskId)).toMatchObject({ state: 'queued', attempts: 0, lease_owner: null });
      expect(await old.worker.perform(run.taskId)).toBe('not_claimed');
      expect(await next.worker.perform(run.taskId)).toBe('ended');
      expect(await row(run.taskId)).toMatchObject({ ...DONE, content: whole.content, attempts: 0 });
      expect(next.done.slice(0, 1)).toEqual(['critic outside']);
      const critic = (await reservations()).filter((each) => each['role'] === 'critic').slice(-2);
      expect(critic).toEqual([
        { role: 'critic', ordinal: 1, state: 'failed' },
        { role: 'critic', ordinal: 2, state: 'succeeded' },
      ]);
    });

    it('gives a run up after its last attempt', async () => {
      const one = await start(false);
      const run = await one.stored('running');
      for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
        await runOut(run.taskId);
        await one.orphans.takeUp(null);
        expect(await row(run.taskId)).toMatchObject({ state: 'queued', attempts: attempt });
        await one.claims.claim(run.taskId, one.leases.terms, one.factory.pins(), MAX_ATTEMPTS);
      }
      await runOut(run.taskId);
      await one.orphans.takeUp(null);
      expect(await row(run.taskId)).toMatchObject({
        state: 'failed',
        attempts: MAX_ATTEMPTS,
        failure: { code: 'pipeline.dead_letter', retryable: true },
        finished_at: expect.any(Date),
      });
      const again = await database.dataSource.transaction((manager) =>
        one.claims.reopen(manager, run.taskId),
      );
      expect(again).toMatchObject({ taskId: run.taskId });
      expect(await one.worker.perform(run.taskId)).toBe('ended');
      expect(await row(run.taskId)).toMatchObject({ ...DONE, failure: null });
    });

    it('takes up the runs of every other process where there can be only one', async () => {
      const [old, next] = [await start(false), await start(false)];
      const theirs = await old.stored('running');
      const own = await next.stored('running');
      await next.orphans.takeUp(null);
      expect(next.queue.runs).toEqual([]);
      await next.orphans.takeUp(next.leases.terms.owner);
      expect(next.queue.runs).toMatchObject([{ taskId: theirs.taskId }]);
      expect(await row(own.taskId)).toMatchObject({ state: 'running' });
    });

    it('tries a run again that a passing fault ended, from where it came to', async () => {
      const one = await start(true, { runTimeboxMs: 1_000 });
      one.primary.before = (role, signal) =>
        role === 'drafter'
          ? new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
          : Promise.resolve();
      const { taskId } = await one.stored('queued');
      expect(await one.worker.perform(taskId)).toBe('ended');
      expect(await row(taskId)).toMatchObject({
        state: 'queued',
        attempts: 1,
        failure: { code: 'pipeline.timebox_exceeded' },
      });
      expect(one.queue.runs).toMatchObject([{ taskId, startAfterSeconds: 5 }]);
      const before = one.done.length;
      expect(await one.worker.perform(taskId)).toBe('ended');
      // Its one call is spent: the engine of this machine stands in, and nothing is done again.
      expect(one.done.slice(before)[0]).toBe('drafter here');
      expect(await row(taskId)).toMatchObject({ ...DONE, attempts: 1, failure: null });
    });

    it('tells a caller that waits of a fault, and leaves it to him to try again', async () => {
      const one = await start(false, { runTimeboxMs: 200 });
      one.gate.search = () => new Promise(() => undefined);
      const run = await one.stored('running');
      const fault = { code: 'pipeline.timebox_exceeded', retryable: true };
      await expect(one.service.execute(run)).rejects.toMatchObject(fault);
      expect(await row(run.taskId)).toMatchObject({ state: 'failed', failure: fault });
      expect(one.queue.runs).toEqual([]);
    });

    it('ends a run that somebody cancelled, whether it works or waits, with what it had', async () => {
      const one = await start(true);
      const gate = hold(one.primary, 'drafter');
      const run = await one.stored('running');
      const working = one.service.execute(run);
      await gate.met;
      const cancelled = { code: 'pipeline.cancelled', retryable: false };
      const told = expect(working).rejects.toMatchObject(cancelled);
      expect(one.leases.stop(run.taskId, cancelledFault(run.taskId))).toBe(true);
      gate.open();
      await told;
      expect(await row(run.taskId)).toMatchObject({ state: 'cancelled', failure: cancelled, content: null });
      expect((await sequences(run.taskId)).length).toBeGreaterThan(0);
      expect((await reservations()).filter((each) => each['state'] === 'reserved')).toEqual([]);

      const { taskId } = await one.stored('queued');
      await rows('UPDATE runs SET cancel_requested_at = now() WHERE task_id = $1', taskId);
      const done = one.done.length;
      expect(await one.worker.perform(taskId)).toBe('ended');
      expect(await row(taskId)).toMatchObject({ state: 'cancelled', failure: cancelled });
      expect(one.done.length).toBe(done);
      expect(one.leases.stop(taskId, cancelledFault(taskId))).toBe(false);
    });

    it('is claimed by one of many', async () => {
      const one = await start(false);
      const { taskId } = await one.stored('queued');
      const claims = await Promise.all(
        Array.from({ length: 6 }, () =>
          one.claims.claim(taskId, one.leases.terms, one.factory.pins(), MAX_ATTEMPTS),
        ),
      );
      expect(claims.filter((claim) => claim !== null)).toMatchObject([{ lease: { token: 1 }, attempts: 0 }]);
    });

    describe('under another policy', () => {
      const other = async () => {
        const built = GovernanceService.open(null);
        const policyRef = () => ({ version: 'other', hash: 'f'.repeat(64) });
        return start(true, {
          governance: Object.assign(Object.create(built), { policyRef }) as GovernanceService,
        });
      };

      it('begins under the one in force at its first claim', async () => {
        const { taskId } = await (await start(true)).stored('queued');
        expect(await (await other()).worker.perform(taskId)).toBe('ended');
        expect(await row(taskId)).toMatchObject({
          ...DONE,
          policy_version: 'other',
          policy_hash: 'f'.repeat(64),
        });
      });

      it('begins anew where nothing of it was recorded', async () => {
        const { taskId } = await (await start(true)).stored('running');
        await runOut(taskId);
        const next = await other();
        await next.orphans.takeUp(null);
        expect(await next.worker.perform(taskId)).toBe('ended');
        expect(await row(taskId)).toMatchObject({ ...DONE, policy_hash: 'f'.repeat(64) });
      });

      it('does not go on, says so, and spends nothing more', async () => {
        const old = await start(true);
        const gate = hold(old.primary, 'drafter');
        const run = await old.stored('running');
        const working = old.service.execute(run);
        await gate.met;
        await runOut(run.taskId);
        const next = await other();
        await next.orphans.takeUp(null);
        const before = await sequences(run.taskId);
        expect(before.length).toBeGreaterThan(0);
        expect(await next.worker.perform(run.taskId)).toBe('ended');
        expect(await row(run.taskId)).toMatchObject({
          state: 'failed',
          failure: { code: 'pipeline.policy_changed', retryable: true },
        });
        expect(next.done).toEqual([]);
        expect(await sequences(run.taskId)).toEqual(before);
        gate.open();
        await expect(working).rejects.toMatchObject(lost);
      });
    });

    describe('writing', () => {
      const entry = (role: Role) =>
        ({ kind: 'pack', role, pack: { snippetIds: [] } }) as unknown as JournalEntry;
      const trail = (from: number, roles: readonly Role[], calls: readonly CallEnd[] = []): Unstored => ({
        journal: { from, entries: roles.map(entry) },
        calls,
        at: new Date('2026-11-22T00:00:00.000Z'),
      });
      const failed = (taskId: string) => ({
        taskId,
        state: 'failed' as const,
        content: null,
        metadata: null,
        failure: { code: 'x', kind: 'internal' as const, message: 'm', hint: null, retryable: false },
        held: null,
        stages: [],
        finishedAt: new Date('2026-11-22T00:00:00.000Z'),
        durationMs: 1,
      });
      const requeued = { failure: null, startAfterSeconds: null, keep: null };
      const reservation = (taskId: string, id: string) => ({
        id,
        taskId,
        ownerId: 'mara',
        role: 'critic' as const,
        budget: 'external_call' as const,
        ordinal: 1,
        provider: 'p',
        model: 'm',
        upperBound: { inputTokens: 10, outputTokens: 5, microUsd: 20 },
      });
      const ID = '0198c0de-0000-7000-8000-00000000000a';
      const end: CallEnd = {
        reservationId: ID,
        outcome: 'succeeded',
        cost: { inputTokens: 1, outputTokens: 1, microUsd: 2 },
      };

      it('is refused to who was overtaken: append, reserve, settle, end and hand-over', async () => {
        const one = await start(false);
        const { taskId } = await one.stored('running');
        const old = { taskId, token: 1 };
        const guard = (lease: typeof old) => (manager: EntityManager) =>
          one.claims.assertHeld(manager, lease);
        await one.ledger.reserve(reservation(taskId, ID), guard(old));
        await runOut(taskId);
        await one.claims.claim(taskId, one.leases.terms, one.factory.pins(), MAX_ATTEMPTS);
        const before = await row(taskId);
        expect(before).toMatchObject({ state: 'running', lease_token: '2', attempts: 1 });

        await expect(one.trails.append(old, trail(0, ['ideator'], [end]))).rejects.toMatchObject(lost);
        const more = { ...reservation(taskId, '0198c0de-0000-7000-8000-00000000000b'), ordinal: 2 };
        await expect(one.ledger.reserve(more, guard(old))).rejects.toMatchObject(lost);
        await one.trails.settleLate(old, end);
        expect(await one.trails.finish(old, failed(taskId), trail(0, ['ideator'], [end]))).toBe(false);
        expect(await one.trails.requeue(old, requeued, trail(0, ['ideator'], [end]))).toBe(false);
        expect([...(await one.claims.extend([old], 15))]).toEqual([[taskId, 'lost']]);
        expect(await row(taskId)).toEqual(before);
        expect(await sequences(taskId)).toEqual([]);
        expect(await reservations()).toEqual([{ role: 'critic', ordinal: 1, state: 'reserved' }]);
        expect(one.queue.runs).toEqual([]);

        const current = { taskId, token: 2 };
        expect([...(await one.claims.extend([current], 15))]).toEqual([[taskId, 'extended']]);
        await one.trails.append(current, trail(0, ['ideator'], [end]));
        expect(await sequences(taskId)).toEqual([0]);
        expect(await reservations()).toMatchObject([{ state: 'succeeded' }]);
      });

      it('can be repeated where nobody knows whether it was done: it is done once', async () => {
        const one = await start(false);
        const { taskId } = await one.stored('running');
        const lease = { taskId, token: 1 };
        for (let time = 0; time < 2; time++)
          expect(await one.ledger.reserve(reservation(taskId, ID))).toBe(ID);
        expect(await rows('SELECT calls FROM daily_spend')).toEqual([{ calls: '1' }]);
        for (let time = 0; time < 2; time++)
          await one.trails.append(lease, trail(0, ['ideator', 'drafter'], [end]));
        expect(await sequences(taskId)).toEqual([0, 1]);
        expect(await rows('SELECT tokens FROM daily_spend')).toEqual([{ tokens: '2' }]);
        for (let time = 0; time < 2; time++)
          expect(await one.trails.requeue(lease, requeued, trail(2, ['critic']))).toBe(true);
        expect(one.queue.runs).toHaveLength(1);
        const claim = await one.claims.claim(taskId, one.leases.terms, one.factory.pins(), MAX_ATTEMPTS);
        for (let time = 0; time < 2; time++)
          expect(await one.trails.finish(claim!.lease, failed(taskId), trail(3, ['revisor']))).toBe(true);
        expect(await sequences(taskId)).toEqual([0, 1, 2, 3]);
      });

      it('leaves out what led to a failure, where the run is to be tried again', async () => {
        const one = await start(false);
        const { taskId } = await one.stored('running');
        const lease = { taskId, token: 1 };
        await one.trails.append(lease, trail(0, ['ideator', 'drafter']));
        const { failure } = failed(taskId);
        const later = { failure, startAfterSeconds: 5, keep: 1 };
        expect(await one.trails.requeue(lease, later, trail(2, ['critic']))).toBe(true);
        expect(await sequences(taskId)).toEqual([0]);
        expect(await row(taskId)).toMatchObject({ state: 'queued', attempts: 1, failure: { code: 'x' } });
        expect(one.queue.runs).toMatchObject([{ startAfterSeconds: 5 }]);
      });
    });
  });
}
