import {
  type BudgetLedger,
  type BudgetReservation,
  PostgresBudgetLedger,
} from '../../src/governance/index.js';
import { SystemClock, SystemIds } from '../../src/shared/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

/** What every ledger must do. */
export function describeBudgetLedger(name: string): void {
  describe(`the budget ledger on ${name}`, () => {
    let database: TestDatabase;
    let ledger: BudgetLedger;
    const ids = new SystemIds();

    beforeAll(async () => {
      database = await openTestDatabase();
      ledger = new PostgresBudgetLedger(database.dataSource, ids, new SystemClock());
    });

    afterAll(async () => {
      await database?.close();
    });

    const reservation = (rest: Partial<BudgetReservation> = {}): BudgetReservation => ({
      taskId: ids.next(),
      role: 'critic',
      budget: 'external_call',
      ordinal: 1,
      provider: 'test',
      model: 'none',
      ...rest,
    });
    const tokens = { inputTokens: 12, outputTokens: 3 };

    it('counts what is reserved before it is settled, and still after it failed', async () => {
      const first = reservation();
      const id = await ledger.reserve(first);
      expect(await ledger.usage(first.taskId, 'critic')).toEqual({ externalCalls: 1, retrievals: 0 });
      await ledger.settle(id, { outcome: 'failed', ...tokens });
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

    it('gives an ordinal to one of many that want it at once', async () => {
      const wanted = reservation();
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => ledger.reserve(wanted)));
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(7);
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ code: 'governance.budget_conflict', kind: 'conflict' });
      }
      expect(await ledger.usage(wanted.taskId, 'critic')).toEqual({ externalCalls: 1, retrievals: 0 });
    });

    it('writes down how a call ended, once', async () => {
      const wanted = reservation();
      const id = await ledger.reserve(wanted);
      await ledger.settle(id, { outcome: 'succeeded', ...tokens });
      const [row] = await database.dataSource.query<Record<string, unknown>[]>(
        'SELECT state, input_tokens, output_tokens, settled_at FROM budget_reservations WHERE id = $1',
        [id],
      );
      expect(row).toMatchObject({ state: 'succeeded', input_tokens: 12, output_tokens: 3 });
      expect(row!.settled_at).toBeInstanceOf(Date);
      const again = ledger.settle(id, { outcome: 'failed', ...tokens });
      await expect(again).rejects.toMatchObject({ code: 'governance.reservation_closed' });
      const unknown = ledger.settle(ids.next(), { outcome: 'failed', ...tokens });
      await expect(unknown).rejects.toMatchObject({ code: 'governance.reservation_closed' });
    });
  });
}
