import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import type { DatabaseConfig } from '../config/index.js';
import { DataFolderLock } from './data-folder.lock.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { connectEmbedded, connectPostgresOnce } from './open-database.js';

/** What a database is, found without changing it. */
export interface DatabaseInspection {
  /** As PostgreSQL names it, `15.4`. */
  readonly version: string;
  readonly majorVersion: number;
  readonly pendingMigrations: number;
  /** Migrations it has that this version does not know: a newer version worked on it. */
  readonly unknownMigrations: number;
  /** The database's clock, in ISO 8601. */
  readonly now: string;
}

/** Looks at the database of the settings; null where an embedded one is still to be made. Throws where it cannot be reached. */
export async function inspectDatabase(config: DatabaseConfig): Promise<DatabaseInspection | null> {
  if (config.url !== null) return inspected(await connectPostgresOnce(config.url));
  const folder = join(config.dataDirectory, 'database');
  if (!existsSync(folder)) return null;
  const lock = DataFolderLock.acquire(config.dataDirectory);
  try {
    const embedded = await EmbeddedDatabase.open(folder);
    try {
      return await inspected(await connectEmbedded(embedded));
    } finally {
      await embedded.close();
    }
  } finally {
    lock.release();
  }
}

async function inspected(dataSource: DataSource): Promise<DatabaseInspection> {
  try {
    const [facts] = await dataSource.query(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              clock_timestamp() AS now, to_regclass('migrations') IS NOT NULL AS has_migrations`,
    );
    const rows = facts.has_migrations ? await dataSource.query('SELECT name FROM migrations') : [];
    const applied = new Set(rows.map(({ name }: { name: string }) => name));
    const known = migrations.map((migration) => migration.name);
    return {
      version: facts.version,
      majorVersion: Math.floor(facts.number / 10_000),
      pendingMigrations: known.filter((name) => !applied.has(name)).length,
      unknownMigrations: [...applied].filter((name) => !known.includes(name as string)).length,
      now: new Date(facts.now).toISOString(),
    };
  } finally {
    await dataSource.destroy();
  }
}
