import { AuditLog } from '../../src/audit/index.js';
import { Clock } from '../../src/shared/index.js';
import { Log, withRequestId } from '../../src/telemetry/index.js';
import type { TestDatabase } from '../support/database.js';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-03-04T05:06:07.089Z');
  }

  elapsedMs(): number {
    return 0;
  }
}

interface Row {
  readonly id: string;
  readonly occurred_at: Date;
  readonly actor: string;
  readonly resource: string;
  readonly request_id: string | null;
  readonly details: unknown;
}

const EVENT = { actor: 'alice', action: 'run.review', resource: 'run 1', outcome: 'done' } as const;

/** What the trail must do, whichever engine keeps it. */
export function describeAuditLog(engine: string, open: () => Promise<TestDatabase>): void {
  describe(`the audit log: ${engine}`, () => {
    let database: TestDatabase;
    let audit: AuditLog;
    let lines: string[];

    beforeAll(async () => {
      database = await open();
    });

    beforeEach(() => {
      lines = [];
      const log = new Log(
        { logLevel: 'info', environment: 'test' },
        { write: (line) => void lines.push(line) },
      );
      audit = new AuditLog(database.dataSource, new FixedClock(), log);
    });

    afterAll(() => database?.close());

    const rows = () => database.dataSource.query<Row[]>('SELECT * FROM audit_events ORDER BY id');
    const last = async () => (await rows()).at(-1)!;

    it('keeps who, what, when and how it ended, with the request it belongs to', async () => {
      await withRequestId('r1', () => audit.append({ ...EVENT, details: { decision: 'approve' } }));
      expect(await last()).toMatchObject({
        ...EVENT,
        occurred_at: new Date('2026-03-04T05:06:07.089Z'),
        request_id: 'r1',
        details: { decision: 'approve' },
      });
      await audit.append(EVENT);
      expect(await last()).toMatchObject({ request_id: null, details: {} });
    });

    it('takes what a caller may have sent: NUL, half characters, long values', async () => {
      const actor = `a\u0000b\ud800${'c'.repeat(1_000)}`;
      await audit.append({
        ...EVENT,
        actor,
        resource: '\u0000',
        details: { file: 'a\u0000b', list: ['\ud800'] },
      });
      const row = await last();
      expect(row.actor).toMatch(/^ab\ufffdc+$/);
      expect(row.actor).toHaveLength(300);
      expect(row.resource).toBe('');
      expect(row.details).toEqual({ file: 'ab', list: ['\ufffd'] });
    });

    it('can be neither changed nor shortened', async () => {
      await audit.append(EVENT);
      const before = await rows();
      for (const statement of ["UPDATE audit_events SET outcome = 'allowed'", 'DELETE FROM audit_events'])
        await expect(database.dataSource.query(statement)).rejects.toThrow('append-only');
      expect(await rows()).toEqual(before);
    });

    it('refuses an outcome that it does not know', async () => {
      const event = { ...EVENT, outcome: 'maybe' as 'done' };
      await expect(audit.append(event)).rejects.toThrow(/check constraint/);
    });

    it('stores what was recorded in passing before it is let go', async () => {
      const before = (await rows()).length;
      for (let i = 0; i < 10; i++) audit.record({ ...EVENT, resource: `run ${i}` });
      await audit.beforeApplicationShutdown();
      expect(await rows()).toHaveLength(before + 10);
    });

    it('logs an event that it could not store, and throws nothing', async () => {
      audit.record({ ...EVENT, outcome: 'maybe' as 'done' });
      await audit.beforeApplicationShutdown();
      expect(lines.join('')).toContain('audit.append_failed');
    });
  });
}
