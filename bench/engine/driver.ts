import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** A connection of the application's own pool, without the layers above it. */
export function connectionOf(dataSource: DataSource): Promise<PoolClient> {
  const pool = Reflect.get(dataSource.driver, 'master') as Pool;
  return pool.connect();
}
