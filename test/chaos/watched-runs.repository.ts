import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import type { Role } from '../../src/shared/index.js';

/** A change of a run's state or claim, by whom and when. */
export interface RunStep {
  readonly taskId: string;
  readonly state: string;
  readonly token: number;
  /** The process that wrote it. */
  readonly process: string;
  readonly atMs: number;
}

export interface StoredRun {
  readonly taskId: string;
  readonly ownerId: string;
  readonly key: string | null;
  readonly prompt: string;
  readonly state: string;
  readonly failureCode: string | null;
  readonly attempts: number;
  readonly content: string | null;
  readonly metadata: Record<string, unknown> | null;
}

export interface StoredCall {
  readonly id: string;
  readonly taskId: string;
  readonly role: Role;
}

const OWN = 'chaos';

/** Writes down each step of each run, whoever makes it: the application knows nothing of it. */
const WATCH = `
  CREATE TABLE chaos_steps (
    id bigserial PRIMARY KEY, task_id uuid NOT NULL, state text NOT NULL, token bigint NOT NULL,
    process text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE FUNCTION chaos_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos_steps (task_id, state, token, process)
    VALUES (NEW.task_id, NEW.state, NEW.lease_token, coalesce(current_setting('chaos.process', true), ''));
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_begins AFTER INSERT ON runs FOR EACH ROW EXECUTE FUNCTION chaos_step();
  CREATE TRIGGER chaos_goes_on AFTER UPDATE ON runs FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.lease_token IS DISTINCT FROM NEW.lease_token)
    EXECUTE FUNCTION chaos_step();`;

const RUNS = `
  SELECT task_id AS "taskId", owner_id AS "ownerId", idempotency_key AS key, request->>'prompt' AS prompt, state,
         failure->>'code' AS "failureCode", attempts, content, metadata
  FROM runs ORDER BY task_id`;

/** The database that the processes share, and lines of the harness's own to it. */
export class WatchedRunsRepository {
  private constructor(
    readonly url: string,
    private readonly serverUrl: string,
    private readonly pool: Pool,
  ) {}

  static async create(serverUrl: string): Promise<WatchedRunsRepository> {
    const name = `mcg_chaos_${randomUUID().replaceAll('-', '')}`;
    await administer(serverUrl, `CREATE DATABASE ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const pool = new Pool({ connectionString: url.href, application_name: OWN, max: 3 });
    // A line that the scenario cuts is opened again with the next statement.
    pool.on('error', () => undefined);
    return new WatchedRunsRepository(url.href, serverUrl, pool);
  }

  /** From here on each step of a run is written down; the tables have to be there. */
  async watch(): Promise<void> {
    await this.pool.query(WATCH);
  }

  /** Patient with a server that is away for a while. */
  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (let tries = 0; ; tries++) {
      try {
        return (await this.pool.query(sql, [...values])).rows as Row[];
      } catch (error) {
        if (tries > 120) throw error;
        await sleep(500);
      }
    }
  }

  runs(): Promise<StoredRun[]> {
    return this.rows<StoredRun>(RUNS);
  }

  async unended(): Promise<number> {
    const [row] = await this.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM runs WHERE state IN ('queued', 'running')`,
    );
    return row!.count;
  }

  steps(): Promise<RunStep[]> {
    return this.rows<RunStep>(
      `SELECT task_id AS "taskId", state, token::int AS token, process,
              (extract(epoch FROM at) * 1000)::float8 AS "atMs"
       FROM chaos_steps ORDER BY id`,
    );
  }

  calls(): Promise<StoredCall[]> {
    return this.rows<StoredCall>(
      `SELECT id, task_id AS "taskId", role FROM budget_reservations WHERE budget = 'external_call'`,
    );
  }

  /** As if the time of every lease were over, so that nobody has to wait for it. */
  async endLeases(): Promise<void> {
    await this.rows(`UPDATE runs SET lease_expires_at = now() - interval '1 second' WHERE state = 'running'`);
  }

  /** Ends every line but the harness's own, as a failing server does. */
  async cutConnections(): Promise<number> {
    const cut = await this.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name <> '${OWN}'`,
    );
    return cut.length;
  }

  /** Keeps a transaction open while the work goes on. */
  async within(statements: readonly string[], work: () => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      for (const statement of statements) await client.query(statement);
      await work();
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  async drop(): Promise<void> {
    await this.pool.end();
    const name = new URL(this.url).pathname.slice(1);
    await administer(this.serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
