import { type DataSource, MigrationExecutor } from 'typeorm';

/** Any number works as long as every replica uses the same one. */
const LOCK_KEY = 7_240_511;

/** Brings the schema up to date. Replicas that start together wait for each other on one advisory lock. */
export async function migrate(dataSource: DataSource): Promise<number> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    try {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'each';
      return (await executor.executePendingMigrations()).length;
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
    }
  } finally {
    await runner.release();
  }
}
