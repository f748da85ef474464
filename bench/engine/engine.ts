import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { parseSettings, type Settings } from '../../src/config/index.js';
import type { EngineName } from '../options.js';

/** An empty database and data folder of one measurement, and how to be rid of them. */
export interface Engine {
  readonly name: EngineName;
  readonly folder: string;
  /** Environment of an application on this database. */
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: Settings;
  remove(): Promise<void>;
}

/** Makes a data folder and, for PostgreSQL, a database on the server of the URL. */
export async function makeEngine(name: EngineName, serverUrl: string | null): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'mcg-bench-'));
  const database = name === 'postgresql' && serverUrl !== null ? await createDatabase(serverUrl) : null;
  const environment = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    PORT: '0',
    MCG_DATA_DIR: folder,
    JWT_SECRET_KEY: randomBytes(36).toString('base64'),
    // The parts measure real work; those about caches say so themselves.
    MCG_CACHE_BACKEND: 'none',
    RATE_LIMIT_PER_MINUTE: '0',
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  };
  return {
    name,
    folder,
    environment,
    settings: parseSettings(environment),
    remove: async () => {
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same database and folder for an application with further settings. */
export function withEnvironment(engine: Engine, more: Readonly<Record<string, string>>): Engine {
  const environment = { ...engine.environment, ...more };
  return { ...engine, environment, settings: parseSettings(environment) };
}

async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `mcg_bench_${randomUUID().replaceAll('-', '')}`;
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
