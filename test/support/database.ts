import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { type BulkCopy, PostgresBulkCopy } from '../../src/database/bulk-copy.js';
import { EmbeddedDatabase } from '../../src/database/embedded-database.js';
import { migrate } from '../../src/database/migrate.js';
import { connectEmbedded } from '../../src/database/open-database.js';

export interface TestDatabase {
  readonly dataSource: DataSource;
  readonly bulkCopy: BulkCopy;
  close(): Promise<void>;
}

/** A migrated, empty database of the test's own: embedded, or on PostgreSQL when TEST_DATABASE_URL names a server. */
export function openTestDatabase(poolSize = 5): Promise<TestDatabase> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? openOnServer(url, poolSize) : openEmbeddedTestDatabase();
}

/** A migrated, empty embedded database, whatever else there is. */
export async function openEmbeddedTestDatabase(): Promise<TestDatabase> {
  const embedded = await EmbeddedDatabase.open(null);
  const dataSource = await connectEmbedded(embedded);
  await migrate(dataSource);
  const close = async () => {
    await dataSource.destroy();
    await embedded.close();
  };
  return { dataSource, bulkCopy: embedded.bulkCopy(), close };
}

async function openOnServer(serverUrl: string, poolSize: number): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(serverUrl);
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    migrations,
    poolSize,
    connectTimeoutMS: 10_000,
  }).initialize();
  await migrate(dataSource);
  const close = async () => {
    await dataSource.destroy();
    await drop();
  };
  return { dataSource, bulkCopy: new PostgresBulkCopy(), close };
}

/** An empty database on a PostgreSQL server, and how to drop it. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `mcg_test_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
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
