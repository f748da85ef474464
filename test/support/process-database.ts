import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createDatabase } from './database.js';

/** What tells the lines of the test from those of the application. */
const OWN = 'test';

/** An empty PostgreSQL database and lines to it, by which a test can watch and hold up what the application does. */
export class WatchedDatabase {
  private constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
    private readonly client: Client,
    /** Holds locks; what it saw of other lines would stand still as long as its transaction lasts. */
    private readonly locker: Client,
  ) {}

  static async create(): Promise<WatchedDatabase> {
    const { url, drop } = await createDatabase(process.env['TEST_DATABASE_URL']!);
    const [client, locker] = [1, 2].map(() => new Client({ connectionString: url, application_name: OWN }));
    await client!.connect();
    await locker!.connect();
    return new WatchedDatabase(url, drop, client!, locker!);
  }

  async rows<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, values)).rows as Row[];
  }

  /** From here on whoever reads documents waits. */
  async lockDocuments(): Promise<void> {
    await this.locker.query('BEGIN');
    await this.locker.query('LOCK TABLE documents IN ACCESS EXCLUSIVE MODE');
  }

  /** From here on whoever writes how a run ended waits. */
  async lockEnds(): Promise<void> {
    await this.locker.query('BEGIN');
    await this.locker.query('LOCK TABLE run_stages IN ACCESS EXCLUSIVE MODE');
  }

  async unlock(): Promise<void> {
    await this.locker.query('ROLLBACK');
  }

  /** Resolves when a connection of the application waits for a lock; fails when `work` ends without waiting. */
  async waitsFor(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    const sql = `SELECT 1 FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name <> '${OWN}'`;
    while ((await this.rows(sql)).length === 0) {
      if (isOver) throw new Error(`ended without a wait: ${JSON.stringify(await work)}`);
      await sleep(20);
    }
  }

  /** Resolves when the statement finds a row. */
  async waitUntil(sql: string): Promise<void> {
    while ((await this.rows(sql)).length === 0) await sleep(20);
  }

  /** Ends every connection but the test's own, as a failing server does; resolves when they are gone. */
  async cutConnections(): Promise<void> {
    const ended = await this.rows<{ pid: number }>(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name <> '${OWN}'`,
    );
    const left = `SELECT 1 FROM pg_stat_activity WHERE pid = ANY($1)`;
    const pids = ended.map(({ pid }) => pid);
    while ((await this.rows(left, [pids])).length > 0) await sleep(20);
  }

  async close(): Promise<void> {
    await this.locker.end();
    await this.client.end();
    await this.drop();
  }
}
