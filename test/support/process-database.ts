import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createDatabase } from './database.js';

/** An empty PostgreSQL database and a second line to it, by which a test can hold up what the application does. */
export class WatchedDatabase {
  private constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
    private readonly client: Client,
  ) {}

  static async create(): Promise<WatchedDatabase> {
    const { url, drop } = await createDatabase(process.env['TEST_DATABASE_URL']!);
    const client = new Client({ connectionString: url });
    await client.connect();
    return new WatchedDatabase(url, drop, client);
  }

  async rows<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, values)).rows as Row[];
  }

  /** From here on whoever reads documents waits. */
  async lockDocuments(): Promise<void> {
    await this.client.query('BEGIN');
    await this.client.query('LOCK TABLE documents IN ACCESS EXCLUSIVE MODE');
  }

  async unlock(): Promise<void> {
    await this.client.query('ROLLBACK');
  }

  /** Resolves when a connection of the application waits for a lock; fails when `work` ends without waiting. */
  async waitsFor(work: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    const sql = `SELECT 1 FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`;
    while ((await this.rows(sql)).length === 0) {
      if (isOver) throw new Error(`ended without a wait: ${JSON.stringify(await work)}`);
      await sleep(20);
    }
  }

  /** Resolves when the statement finds a row. */
  async waitUntil(sql: string): Promise<void> {
    while ((await this.rows(sql)).length === 0) await sleep(20);
  }

  /** Ends every connection but the test's own, as a failing server does. */
  async cutConnections(): Promise<void> {
    await this.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.drop();
  }
}
