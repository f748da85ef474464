import type { Db } from 'pg-boss';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/** What the driver gives back: one result, or a list where the text held several statements. */
type DriverResult = { readonly rows?: unknown[] } | readonly { readonly rows?: unknown[] }[];

/** Lets the queue's library work through our own connections, each statement on one of the pool. */
export class BossDatabase implements Db {
  /** Where all statements go while it is set. */
  private locked: QueryRunner | null = null;

  constructor(private readonly dataSource: DataSource) {}

  async executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    if (this.locked) return settled(this.locked, text, values);
    const runner = this.dataSource.createQueryRunner();
    try {
      return await settled(runner, text, values);
    } finally {
      await runner.release();
    }
  }

  /** Work in which no other process does the same; its statements share the one connection that holds the lock. */
  async alone(lockKey: number, work: () => Promise<void>): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query(`SELECT pg_advisory_lock($1)`, [lockKey]);
      this.locked = runner;
      await work();
    } finally {
      this.locked = null;
      // A connection that broke has let go of its lock.
      await runner.query(`SELECT pg_advisory_unlock($1)`, [lockKey]).catch(() => undefined);
      await runner.release();
    }
  }
}

/** A transaction of ours, as the library takes it. */
export function bossTransaction({ queryRunner }: EntityManager): Db {
  if (!queryRunner) throw new Error('the queue was given a manager outside of a transaction');
  return { executeSql: (text, values) => run(queryRunner, text, values) };
}

/** A text of several statements brings its own transaction, which must not stay open on a pooled connection. */
async function settled(runner: QueryRunner, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  try {
    return await run(runner, text, values);
  } catch (error) {
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The driver itself, since TypeORM drops the rows of a text with several statements. */
async function run(runner: QueryRunner, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const client = (await runner.connect()) as {
    query(text: string, values?: unknown[]): Promise<DriverResult>;
  };
  const result = await client.query(text, values?.length ? values : undefined);
  return { rows: [result].flat().flatMap(({ rows }) => rows ?? []) };
}
