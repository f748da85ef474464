import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { openDatabase } from '../../src/database/open-database.js';
import type { RunningServer } from '../../src/serve.js';
import { SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { connectionOf } from './driver.js';
import type { Engine } from './engine.js';

/** The rows that an import makes, in the order in which they can be loaded. */
const TABLES = ['corpus_scopes', 'corpus_counts', 'documents', 'terms', 'postings'] as const;

export interface TableDump {
  readonly table: string;
  readonly path: string;
}

/** Writes the finished rows of an import to files. */
export async function dumpTables(server: RunningServer, folder: string): Promise<TableDump[]> {
  const connection = await connectionOf(server.app.get(DataSource, { strict: false }));
  try {
    const dumps: TableDump[] = [];
    for (const table of TABLES) {
      const path = join(folder, `${table}.copy`);
      await pipeline(connection.query(to(`COPY ${table} TO STDOUT`)), createWriteStream(path));
      dumps.push({ table, path });
    }
    return dumps;
  } finally {
    connection.release();
  }
}

/** Makes the tables with all their indexes and loads the rows; the seconds of the loading alone. */
export async function copyInto(engine: Engine, dumps: readonly TableDump[]): Promise<number> {
  const { settings } = engine;
  const database = await openDatabase(settings.database, new SystemClock(), new Log(settings.telemetry));
  await database.close();
  return settings.database.url === null
    ? copyEmbedded(join(engine.folder, 'database'), dumps)
    : copyPostgres(settings.database.url, dumps);
}

async function copyPostgres(url: string, dumps: readonly TableDump[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const startedMs = performance.now();
    for (const { table, path } of dumps)
      await pipeline(createReadStream(path), client.query(from(`COPY ${table} FROM STDIN`)));
    return (performance.now() - startedMs) / 1_000;
  } finally {
    await client.end();
  }
}

/** The socket of the embedded database does not carry COPY FROM STDIN; its own interface reads a blob. */
async function copyEmbedded(folder: string, dumps: readonly TableDump[]): Promise<number> {
  const database = await PGlite.create(folder);
  try {
    const startedMs = performance.now();
    for (const { table, path } of dumps)
      await database.query(`COPY ${table} FROM '/dev/blob'`, [], { blob: await openAsBlob(path) });
    return (performance.now() - startedMs) / 1_000;
  } finally {
    await database.close();
  }
}
