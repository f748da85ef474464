import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrate } from '../../src/database/migrate.js';
import { PostgresNotifications } from '../../src/database/postgres-notifications.js';
import { createDatabase } from './database.js';
import { SILENT_LOG } from './run-buses.js';

/** A database of the test's own, with what listens on it. */
export interface SharedDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** A process's own notifications. */
  notifications(): PostgresNotifications;
  /** Ends every connection that listens, as a restart of the server would. */
  breakListeners(): Promise<void>;
  close(): Promise<void>;
}

export async function openSharedDatabase(): Promise<SharedDatabase> {
  const { url, drop } = await createDatabase(process.env.TEST_DATABASE_URL!);
  const dataSource = await new DataSource({ type: 'postgres', url, migrations, poolSize: 5 }).initialize();
  await migrate(dataSource);
  const opened: PostgresNotifications[] = [];
  return {
    url,
    dataSource,
    notifications: () => {
      const one = new PostgresNotifications(url, dataSource, SILENT_LOG);
      opened.push(one);
      return one;
    },
    breakListeners: async () => {
      await dataSource.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'mcg-agent-listen' AND datname = current_database()`,
      );
    },
    close: async () => {
      for (const one of opened) await one.close();
      await dataSource.destroy();
      await drop();
    },
  };
}
