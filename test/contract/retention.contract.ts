import { asyncProperty, assert as checkAll } from 'fast-check';
import { LimitRetention1763801100000 } from '../../migrations/1763801100000-LimitRetention.js';
import { AuditLog, AuditRemovalRepository } from '../../src/audit/index.js';
import { RetentionRepository } from '../../src/pipeline/retention/retention.repository.js';
import { RetentionService } from '../../src/pipeline/retention/retention.service.js';
import { SystemClock } from '../../src/shared/index.js';
import { Log, Metrics } from '../../src/telemetry/index.js';
import type { TestDatabase } from '../support/database.js';
import { type PastRun, pastRuns, storePastRuns, timeAt } from '../support/kept-runs.js';

const DAY_MS = 86_400_000;
/** Journals go after 30 days, runs after 90; an answer can be given to others for 100. */
const TERMS = { runDays: 90, journalDays: 30, auditDays: 365, answerKeptMs: 100 * DAY_MS };
const LONG_AGO: PastRun = {
  state: 'succeeded',
  createdAge: 400,
  endedAge: 400,
  decidedAge: null,
  source: null,
};

/** What has to be there afterwards: indices of runs, and of runs with their journal. */
function expectedOf(runs: readonly PastRun[]): { runs: number[]; journals: number[] } {
  const isOver = ({ state }: PastRun) => !['queued', 'running', 'held'].includes(state);
  const age = ({ endedAge, decidedAge }: PastRun) => decidedAge ?? endedAge ?? 0;
  const stays = runs.map((run, index): boolean => {
    if (!isOver(run) || age(run) < TERMS.runDays) return true;
    const isSource = run.state === 'succeeded' && run.source === null;
    if (isSource && (run.endedAge ?? 0) < TERMS.answerKeptMs / DAY_MS) return true;
    return runs.some((other) => other.source === index && age(other) < TERMS.runDays);
  });
  const indices = runs.map((_run, index) => index).filter((index) => stays[index]);
  return {
    runs: indices,
    journals: indices.filter((index) => !isOver(runs[index]!) || age(runs[index]!) < TERMS.journalDays),
  };
}

/** What is kept, for how long, and what goes, whichever engine keeps it. */
export function describeRetention(engine: string, open: () => Promise<TestDatabase>): void {
  describe(`retention: ${engine}`, () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await open();
    });
    beforeEach(() =>
      database.dataSource.query('TRUNCATE runs, run_stages, journal_entries, budget_reservations'),
    );
    afterAll(() => database?.close());

    function aProcess(terms = TERMS): { service: RetentionService; metrics: Metrics } {
      const { dataSource } = database;
      const log = new Log({ logLevel: 'silent', environment: 'test' });
      const metrics = new Metrics();
      const past = new RetentionRepository(dataSource, new AuditRemovalRepository());
      const audit = new AuditLog(dataSource, new SystemClock(), log);
      return { service: new RetentionService(past, terms, audit, metrics, log), metrics };
    }

    const idsIn = async (table: string): Promise<string[]> => {
      const rows = await database.dataSource.query(`SELECT DISTINCT task_id FROM ${table}`);
      return rows.map((row: { task_id: string }) => row.task_id).sort();
    };
    const lastAudit = async () =>
      (
        await database.dataSource.query(
          `SELECT actor, outcome, details FROM audit_events WHERE action = 'retention.remove' ORDER BY id DESC LIMIT 1`,
        )
      )[0];

    // First, since events are removed in the order they were written in, and rounds write some.
    describe('the trail', () => {
      const store = (ageDays: number, times: number) =>
        database.dataSource.query(
          `INSERT INTO audit_events (occurred_at, actor, action, resource, outcome)
           SELECT $1, 'u', 'test.event', 'r', 'done' FROM generate_series(1, $2::int)`,
          [timeAt(ageDays), times],
        );
      const ages = async (): Promise<unknown[]> =>
        database.dataSource.query(
          `SELECT round(extract(epoch FROM now() - occurred_at) / 86400)::int AS age, count(*)::int AS count
           FROM audit_events WHERE action = 'test.event' GROUP BY 1 ORDER BY 1`,
        );

      it('loses what is older than its days, and is shortened by nothing else', async () => {
        await store(400, 2_100);
        await store(300, 3);
        await store(0, 2);
        expect(await aProcess().service.remove()).toMatchObject({ audit_events: 2_100 });
        const kept = [
          { age: 0, count: 2 },
          { age: 300, count: 3 },
        ];
        expect(await ages()).toEqual(kept);
        await expect(database.dataSource.query('DELETE FROM audit_events')).rejects.toThrow('append-only');
        const bounded = database.dataSource.transaction(async (manager) => {
          await manager.query(`SELECT set_config('mcg.audit_kept_from', $1, true)`, [timeAt(-1)]);
          await manager.query('DELETE FROM audit_events');
        });
        // Not even with a bound in the future do the events of the last day go.
        await expect(bounded).rejects.toThrow('append-only');
        await expect(database.dataSource.query(`TRUNCATE audit_events`)).rejects.toThrow('append-only');
        expect(await ages()).toEqual(kept);
      });
    });

    it('removes all that is past and nothing else, and a second round finds nothing', async () => {
      const { service } = aProcess();
      await checkAll(
        asyncProperty(pastRuns, async (runs) => {
          await database.dataSource.query('TRUNCATE runs, run_stages, journal_entries, budget_reservations');
          const ids = await storePastRuns(database.dataSource.manager, runs);
          const expected = expectedOf(runs);
          const of = (indices: number[]) => indices.map((index) => ids[index]!).sort();
          const removed = await service.remove();
          expect(await idsIn('runs')).toEqual(of(expected.runs));
          expect(await idsIn('run_stages')).toEqual(of(expected.runs));
          expect(await idsIn('budget_reservations')).toEqual(of(expected.runs));
          expect(await idsIn('journal_entries')).toEqual(of(expected.journals));
          expect(removed).toMatchObject({
            runs: runs.length - expected.runs.length,
            reservations: runs.length - expected.runs.length,
            journals: expected.runs.length - expected.journals.length,
          });
          expect(await service.remove()).toMatchObject({ runs: 0, reservations: 0, journals: 0 });
        }),
        { numRuns: 25 },
      );
    });

    it('keeps a run as long as another one shows its answer, and not longer', async () => {
      const shown: PastRun[] = [LONG_AGO, { ...LONG_AGO, createdAge: 60, endedAge: 60, source: 0 }];
      const ids = await storePastRuns(database.dataSource.manager, shown);
      expect(await aProcess().service.remove()).toMatchObject({ runs: 0, journals: 2 });
      expect(await idsIn('runs')).toEqual(ids.toSorted());
      expect(await aProcess({ ...TERMS, runDays: 50 }).service.remove()).toMatchObject({ runs: 2 });
    });

    it('goes through more than one transaction holds, sources after those they gave their answer', async () => {
      const makers = Array.from({ length: 120 }, () => LONG_AGO);
      const given = makers.map((_maker, source): PastRun => ({ ...LONG_AGO, createdAge: 390, source }));
      const held = Array.from({ length: 40 }, (): PastRun => ({ ...LONG_AGO, state: 'held' }));
      const young = Array.from(
        { length: 70 },
        (): PastRun => ({ ...LONG_AGO, createdAge: 40, endedAge: 40 }),
      );
      await storePastRuns(database.dataSource.manager, [...makers, ...given, ...held, ...young]);
      const { service, metrics } = aProcess();
      expect(await service.remove()).toEqual({ runs: 240, reservations: 240, journals: 70, audit_events: 0 });
      expect(await idsIn('runs')).toHaveLength(110);
      expect(await idsIn('journal_entries')).toHaveLength(40);
      expect(await metrics.text()).toContain('mcg_retention_removed_total{kind="runs"} 240');
      expect(await lastAudit()).toEqual({
        actor: 'system',
        outcome: 'done',
        details: {
          runs: 240,
          reservations: 240,
          journals: 70,
          audit_events: 0,
          run_days: 90,
          journal_days: 30,
          audit_days: 365,
        },
      });
    });

    it('works in two processes at once as in one, each row counted once', async () => {
      const runs = Array.from({ length: 250 }, () => LONG_AGO);
      await storePastRuns(database.dataSource.manager, [...runs, { ...LONG_AGO, state: 'held' }]);
      const rounds = await Promise.all([aProcess().service.remove(), aProcess().service.remove()]);
      const last = await aProcess().service.remove();
      expect(rounds[0].runs + rounds[1].runs + last.runs).toBe(250);
      expect(await idsIn('runs')).toHaveLength(1);
    });

    it('keeps all where the days are 0', async () => {
      await storePastRuns(database.dataSource.manager, [LONG_AGO]);
      const { service } = aProcess({ ...TERMS, runDays: 0, journalDays: 0, auditDays: 0 });
      expect(await service.remove()).toEqual({ runs: 0, reservations: 0, journals: 0, audit_events: 0 });
      expect(await idsIn('journal_entries')).toHaveLength(1);
    });

    it('can be taken back and brought up again over stored runs', async () => {
      await storePastRuns(database.dataSource.manager, [
        LONG_AGO,
        { ...LONG_AGO, createdAge: 390, source: 0 },
      ]);
      const all = () => database.dataSource.query('SELECT * FROM runs ORDER BY task_id');
      const before = await all();
      const runner = database.dataSource.createQueryRunner();
      try {
        await new LimitRetention1763801100000().down(runner);
        await runner.query(`SELECT set_config('mcg.audit_kept_from', '2100-01-01', false)`);
        await expect(runner.query('DELETE FROM audit_events')).rejects.toThrow('append-only');
        await runner.query(`SELECT set_config('mcg.audit_kept_from', '', false)`);
        await new LimitRetention1763801100000().up(runner);
      } finally {
        await runner.release();
      }
      expect(await all()).toEqual(before);
    });
  });
}
