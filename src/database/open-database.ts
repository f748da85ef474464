import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import type { DatabaseConfig } from '../config/index.js';
import { AppError, type Clock } from '../shared/index.js';
import type { Log } from '../telemetry/index.js';
import { type BulkCopy, PostgresBulkCopy } from './bulk-copy.js';
import { DataFolderLock } from './data-folder.lock.js';
import { databaseFault } from './database-fault.js';
import { EmbeddedDatabase } from './embedded-database.js';
import { LocalNotifications } from './local-notifications.js';
import { migrate } from './migrate.js';
import type { Notifications } from './notifications.port.js';
import { PostgresNotifications } from './postgres-notifications.js';
import { SteadyClient } from './steady-client.js';

const ACQUIRE_TIMEOUT_MS = 10_000;
const RETRY_MS = 1_000;
/** A statement that hangs must not keep the process: the server ends it when the line is gone. */
const CLOSE_MS = 2_000;

const COMMON = {
  type: 'postgres',
  migrations,
  connectTimeoutMS: ACQUIRE_TIMEOUT_MS,
  // The default logger writes to standard output, which belongs to what a command prints.
  logger: 'debug',
} as const;

/** An open, migrated database and how to let go of it. */
export interface OpenDatabase {
  readonly dataSource: DataSource;
  readonly bulkCopy: BulkCopy;
  readonly notifications: Notifications;
  /** Null for PostgreSQL, which needs none. */
  readonly folderLock: DataFolderLock | null;
  close(): Promise<void>;
}

/** Opens PostgreSQL or the embedded database and brings its schema up to date. */
export function openDatabase(config: DatabaseConfig, clock: Clock, log: Log): Promise<OpenDatabase> {
  return config.url === null
    ? openEmbedded(config, log)
    : openPostgres({ ...config, url: config.url }, clock, log);
}

async function openPostgres(
  config: DatabaseConfig & { url: string },
  clock: Clock,
  log: Log,
): Promise<OpenDatabase> {
  const dataSource = new DataSource({
    ...COMMON,
    url: config.url,
    poolSize: config.poolSize,
    applicationName: 'mcg-agent',
    // Compiling a search costs more than running it: tens of milliseconds where the planner has no statistics yet.
    extra: { options: '-c jit=off', Client: SteadyClient },
    poolErrorHandler: (error) => log.warn('database.connection_lost', { reason: String(error) }),
  });
  await connectWithin(config.waitSeconds, dataSource, clock, log);
  log.info('database.ready', { engine: 'postgresql', migrations: await migrate(dataSource) });
  const notifications = new PostgresNotifications(config.url, dataSource, log);
  const close = async () => {
    const closed = Promise.all([notifications.close(), dataSource.destroy()]);
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
  };
  return { dataSource, bulkCopy: new PostgresBulkCopy(), notifications, folderLock: null, close };
}

async function openEmbedded(config: DatabaseConfig, log: Log): Promise<OpenDatabase> {
  const folderLock = DataFolderLock.acquire(config.dataDirectory);
  let embedded: EmbeddedDatabase | undefined;
  let dataSource: DataSource | undefined;
  const close = async () => {
    await dataSource?.destroy();
    await embedded?.close();
    folderLock.release();
  };
  try {
    embedded = await EmbeddedDatabase.open(join(config.dataDirectory, 'database'));
    dataSource = await connectEmbedded(embedded);
    log.info('database.ready', { engine: 'embedded', migrations: await migrate(dataSource) });
    return {
      dataSource,
      bulkCopy: embedded.bulkCopy(),
      notifications: new LocalNotifications(log),
      folderLock,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One connection to PostgreSQL, tried once; throws the driver's error. */
export function connectPostgresOnce(url: string): Promise<DataSource> {
  return new DataSource({ ...COMMON, url, poolSize: 1, applicationName: 'mcg-agent' }).initialize();
}

/** Connects the ordinary driver to an embedded database: one connection, so that transactions stay apart. */
export async function connectEmbedded(embedded: EmbeddedDatabase): Promise<DataSource> {
  const dataSource = new DataSource({
    ...COMMON,
    host: embedded.socketFolder,
    port: embedded.port,
    username: 'postgres',
    database: 'postgres',
    poolSize: 1,
  });
  return dataSource.initialize();
}

async function connectWithin(
  waitSeconds: number,
  dataSource: DataSource,
  clock: Clock,
  log: Log,
): Promise<void> {
  const startedMs = clock.elapsedMs();
  for (;;) {
    try {
      await dataSource.initialize();
      return;
    } catch (error) {
      const waitedSeconds = Math.round((clock.elapsedMs() - startedMs) / 1_000);
      const { message, code } = error as { message?: string; code?: string };
      // Where a name has several addresses, the message is empty and only the code speaks.
      const reason = message || code || String(error);
      if (!databaseFault(error) || waitedSeconds >= waitSeconds)
        throw unreachable(reason, waitSeconds, error);
      log.warn('database.waiting', { reason, waited_seconds: waitedSeconds, give_up_seconds: waitSeconds });
    }
    await sleep(RETRY_MS);
  }
}

function unreachable(reason: string, waitSeconds: number, cause: unknown): AppError {
  return new AppError(
    'database.unreachable',
    'unavailable',
    `The database of DATABASE_URL did not accept a connection: ${reason}`,
    {
      hint: `Check host, port, user and password of DATABASE_URL (waited up to ${waitSeconds} s; DATABASE_WAIT_SECONDS), or unset it to use the embedded database.`,
      cause,
    },
  );
}
