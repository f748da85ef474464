import fc from 'fast-check';
import {
  type BudgetLedger,
  type BudgetOutcome,
  type BudgetReservation,
  type CallCost,
  PostgresBudgetLedger,
  SpendLimits,
} from '../../src/governance/index.js';
import { Clock, SystemIds } from '../../src/shared/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

class SetClock extends Clock {
  constructor(public time: string) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  elapsedMs(): number {
    return 0;
  }
}

const LIMITS = new SpendLimits({
  defaults: { callsPerDay: 10, tokensPerDay: 1_000, usdPerDay: 0.002 },
  owners: {
    busy: { callsPerDay: 12 },
    free: { callsPerDay: null, tokensPerDay: null, usdPerDay: null },
    barred: { callsPerDay: 0 },
  },
});

const cost = (inputTokens: number, outputTokens: number, microUsd: number | null = 0): CallCost => ({
  inputTokens,
  outputTokens,
  microUsd,
});
const refusal = (limit: string) => ({
  code: 'governance.spend_limit',
  kind: 'rate_limited',
  retryable: true,
  details: { limit, resets_at: '2026-11-23T00:00:00.000Z' },
});

/** What every ledger must do. */
export function describeBudgetLedger(name: string): void {
  describe(`the budget ledger on ${name}`, () => {
    let database: TestDatabase;
    let ledger: BudgetLedger;
    let clock: SetClock;
    const ids = new SystemIds();

    beforeAll(async () => {
      database = await openTestDatabase();
    });

    beforeEach(() => {
      clock = new SetClock('2026-11-22T23:59:30.000Z');
      ledger = new PostgresBudgetLedger(database.dataSource, ids, clock, LIMITS);
    });

    afterAll(async () => {
      await database?.close();
    });

    const reservation = (rest: Partial<BudgetReservation> = {}): BudgetReservation => ({
      taskId: ids.next(),
      ownerId: ids.next(),
      role: 'critic',
      budget: 'external_call',
      ordinal: 1,
      provider: 'test',
      model: 'none',
      upperBound: cost(10, 5, 20),
      ...rest,
    });
    const taken = (owner: string, upperBound: CallCost) =>
      ledger.reserve(reservation({ ownerId: owner, upperBound }));
    const ended = (real: CallCost | null): BudgetOutcome => ({ outcome: 'succeeded', cost: real });
    /** What is counted for an owner, by day: calls, tokens, millionths of a dollar, calls without a price. */
    const spent = async (owner: string): Promise<Record<string, number[]>> => {
      const rows = await database.dataSource.query<Record<string, string>[]>(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, calls, tokens, micro_usd, unpriced_calls
         FROM daily_spend WHERE owner_id = $1`,
        [owner],
      );
      return Object.fromEntries(
        rows.map((row) => [
          row['day'],
          [row['calls'], row['tokens'], row['micro_usd'], row['unpriced_calls']].map(Number),
        ]),
      );
    };

    it('counts what is reserved before it is settled, and still after it failed', async () => {
      const first = reservation();
      const id = await ledger.reserve(first);
      expect(await ledger.usage(first.taskId, 'critic')).toEqual({ externalCalls: 1, retrievals: 0 });
      await ledger.settle(id, { outcome: 'failed', cost: cost(0, 0) });
      expect(await ledger.usage(first.taskId, 'critic')).toEqual({ externalCalls: 1, retrievals: 0 });
    });

    it('keeps runs, roles and budgets apart', async () => {
      const { taskId } = reservation();
      await ledger.reserve(reservation({ taskId }));
      await ledger.reserve(reservation({ taskId, budget: 'retrieval' }));
      await ledger.reserve(reservation({ taskId, role: 'drafter' }));
      await ledger.reserve(reservation({ taskId, ordinal: 2 }));
      expect(await ledger.usage(taskId, 'critic')).toEqual({ externalCalls: 2, retrievals: 1 });
      expect(await ledger.usage(taskId, 'drafter')).toEqual({ externalCalls: 1, retrievals: 0 });
      expect(await ledger.usage(ids.next(), 'critic')).toEqual({ externalCalls: 0, retrievals: 0 });
    });

    it('gives an ordinal to one of many that want it at once, and counts that one only', async () => {
      const wanted = reservation();
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => ledger.reserve(wanted)));
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(7);
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ code: 'governance.budget_conflict', kind: 'conflict' });
      }
      expect(await ledger.usage(wanted.taskId, 'critic')).toEqual({ externalCalls: 1, retrievals: 0 });
      expect(await spent(wanted.ownerId)).toEqual({ '2026-11-22': [1, 15, 20, 0] });
    });

    it('writes down how a call ended, once', async () => {
      const wanted = reservation();
      const id = await ledger.reserve(wanted);
      await ledger.settle(id, ended(cost(8, 3, 12)));
      const [row] = await database.dataSource.query<Record<string, unknown>[]>(
        'SELECT state, input_tokens, output_tokens, settled_at FROM budget_reservations WHERE id = $1',
        [id],
      );
      expect(row).toMatchObject({ state: 'succeeded', input_tokens: 8, output_tokens: 3 });
      expect(row!['settled_at']).toBeInstanceOf(Date);
      const again = ledger.settle(id, { outcome: 'failed', cost: cost(0, 0) });
      await expect(again).rejects.toMatchObject({ code: 'governance.reservation_closed' });
      const unknown = ledger.settle(ids.next(), ended(cost(1, 1)));
      await expect(unknown).rejects.toMatchObject({ code: 'governance.reservation_closed' });
    });

    it('gives back what a call did not take, once, however many settle it', async () => {
      const owner = ids.next();
      const id = await taken(owner, cost(600, 300, 1_500));
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 900, 1_500, 0] });
      const settled = await Promise.allSettled(
        Array.from({ length: 6 }, () => ledger.settle(id, ended(cost(100, 20, 70)))),
      );
      const refused = settled.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(5);
      for (const { reason } of refused)
        expect(reason).toMatchObject({ code: 'governance.reservation_closed' });
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 120, 70, 0] });
      await taken(owner, cost(800, 80, 1_930));
    });

    it('takes a repeat under the same id for the same reservation, and another id for another caller', async () => {
      const wanted = { ...reservation(), id: ids.next() };
      const same = await Promise.all([ledger.reserve(wanted), ledger.reserve(wanted)]);
      expect(same).toEqual([wanted.id, wanted.id]);
      expect(await spent(wanted.ownerId)).toEqual({ '2026-11-22': [1, 15, 20, 0] });
      const other = ledger.reserve({ ...wanted, id: ids.next() });
      await expect(other).rejects.toMatchObject({ code: 'governance.budget_conflict' });
      expect(await ledger.callsOf(wanted.taskId)).toEqual([
        { role: 'critic', budget: 'external_call', ordinal: 1 },
      ]);
    });

    it('writes nothing where its caller may not', async () => {
      const wanted = reservation();
      const refused = ledger.reserve(wanted, async () => {
        throw new Error('somebody else has the run');
      });
      await expect(refused).rejects.toThrow('somebody else has the run');
      expect(await ledger.callsOf(wanted.taskId)).toEqual([]);
      expect(await spent(wanted.ownerId)).toEqual({});
    });

    it('settles within a transaction of its caller, and not at all where that is undone', async () => {
      const owner = ids.next();
      const id = await taken(owner, cost(600, 300, 1_500));
      const undone = database.dataSource.transaction(async (manager) => {
        await ledger.settle(id, ended(cost(1, 1, 1)), manager);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 900, 1_500, 0] });
      await database.dataSource.transaction((manager) => ledger.settle(id, ended(cost(1, 1, 1)), manager));
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 2, 1, 0] });
    });

    it('counts a call at its upper bound when nobody settles it, or nobody can say what it took', async () => {
      const owner = ids.next();
      await taken(owner, cost(300, 100, 500));
      const unclear = await taken(owner, cost(200, 200, 600));
      await ledger.settle(unclear, { outcome: 'failed', cost: null });
      expect(await spent(owner)).toEqual({ '2026-11-22': [2, 800, 1_100, 0] });
      await expect(taken(owner, cost(201, 0))).rejects.toMatchObject(refusal('tokens'));
    });

    it('lets no race past a limit on calls, and leaves no trace of what it refuses', async () => {
      const owner = ids.next();
      const taskId = ids.next();
      const wanted = Array.from({ length: 50 }, (_, at) =>
        ledger.reserve(reservation({ taskId, ownerId: owner, ordinal: at + 1 })),
      );
      const results = await Promise.allSettled(wanted);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(40);
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ ...refusal('calls'), retryAfterSeconds: 30 });
      }
      expect(await spent(owner)).toEqual({ '2026-11-22': [10, 150, 200, 0] });
      expect(await ledger.usage(taskId, 'critic')).toEqual({ externalCalls: 10, retrievals: 0 });
    });

    it.each([
      ['tokens', cost(90, 10, 0), cost(1, 0, 0)],
      ['cost_micro_usd', cost(0, 0, 200), cost(0, 0, 1)],
    ])('lets no race past a limit on %s', async (limit, each, oneMore) => {
      const owner = ids.next();
      await Promise.all(Array.from({ length: 8 }, () => taken(owner, each)));
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => taken(owner, doubled(each))));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(taken(owner, oneMore)).rejects.toMatchObject(refusal(limit));
    });

    it('refuses a first call that is too large by itself, and one that is barred', async () => {
      const owner = ids.next();
      await expect(taken(owner, cost(1_000, 1))).rejects.toMatchObject(refusal('tokens'));
      await expect(taken('barred', cost(1, 1))).rejects.toMatchObject(refusal('calls'));
      expect(await spent(owner)).toEqual({});
    });

    it('starts anew at the UTC midnight, and settles on the day of the reservation', async () => {
      const owner = ids.next();
      const late = await taken(owner, cost(900, 100, 2_000));
      await expect(taken(owner, cost(1, 0))).rejects.toMatchObject(refusal('tokens'));
      clock.time = '2026-11-23T00:00:00.000Z';
      await taken(owner, cost(500, 0, 10));
      await ledger.settle(late, ended(cost(40, 2, 7)));
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 42, 7, 0], '2026-11-23': [1, 500, 10, 0] });
    });

    it('keeps owners apart, and gives some of them other limits', async () => {
      const calls = async (owner: string, times: number) => {
        const wanted = Array.from({ length: times }, () => taken(owner, cost(1, 1, 1)));
        const results = await Promise.allSettled(wanted);
        return results.filter(({ status }) => status === 'fulfilled').length;
      };
      const [busy, free, one, other] = ['busy', 'free', ids.next(), ids.next()];
      expect(await calls(one!, 11)).toBe(10);
      expect(await calls(other!, 11)).toBe(10);
      expect(await calls(busy!, 13)).toBe(12);
      expect(await calls(free!, 25)).toBe(25);
      await expect(taken('free', cost(2 ** 31 - 1, 2 ** 31 - 1, 2 ** 40))).resolves.toBeTruthy();
    });

    it('counts a call without a known price as no money, and says so', async () => {
      const owner = ids.next();
      const id = await taken(owner, cost(400, 100, null));
      await ledger.settle(id, ended(cost(300, 50, null)));
      expect(await spent(owner)).toEqual({ '2026-11-22': [1, 350, 0, 1] });
    });

    interface Step {
      readonly bound: number;
      readonly end: 'known' | 'unclear' | 'open';
      readonly share: number;
    }
    /** Makes one call and returns what must be counted for it; null where it is refused. */
    const spend = async (owner: string, { bound, end, share }: Step): Promise<number | null> => {
      const id = await taken(owner, cost(bound, 0, bound * 2)).catch(() => null);
      if (id === null) return null;
      const real = end === 'known' ? Math.floor(bound * share) : bound;
      if (end !== 'open') await ledger.settle(id, ended(end === 'known' ? cost(real, 0, real * 2) : null));
      return real;
    };

    it('holds exactly what was reserved or settled, and never more than the limits', async () => {
      const step: fc.Arbitrary<Step> = fc.record({
        bound: fc.integer({ min: 0, max: 400 }),
        end: fc.constantFrom<Step['end']>('known', 'unclear', 'open'),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          const owner = ids.next();
          const total = { calls: 0, tokens: 0 };
          for (const one of steps) {
            const fits = total.calls < 10 && total.tokens + one.bound <= 1_000;
            const counted = await spend(owner, one);
            expect(counted !== null).toBe(fits);
            total.calls += fits ? 1 : 0;
            total.tokens += counted ?? 0;
          }
          const counted = Object.values(await spent(owner));
          expect(counted).toEqual(total.calls ? [[total.calls, total.tokens, total.tokens * 2, 0]] : []);
        }),
        { numRuns: 15 },
      );
    });
  });
}

function doubled({ inputTokens, outputTokens, microUsd }: CallCost): CallCost {
  return cost(inputTokens * 2, outputTokens * 2, (microUsd ?? 0) * 2);
}
