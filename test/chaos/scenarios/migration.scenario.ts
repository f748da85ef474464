import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

/** On which replicas that start together wait for each other. */
const MIGRATION_LOCK_KEY = 7_240_511;
const LASTS_MS = 3_000;
const MIGRATIONS = [
  'ALTER TABLE runs ADD COLUMN chaos_note text',
  `ALTER TABLE runs ALTER COLUMN chaos_note SET DEFAULT ''`,
  'ALTER TABLE journal_entries ADD COLUMN chaos_note text',
  'ALTER TABLE runs DROP COLUMN chaos_note',
];

/** Changes tables under old processes, which hold no lock on them, while a new process waits to start. */
export const migrateMeanwhile: Scenario = (setting) =>
  underLoad(setting, {
    act: async ({ field }) => {
      for (const migration of MIGRATIONS) {
        await sleep(2_000);
        const statements = [`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK_KEY})`, migration];
        let started: Promise<unknown> = Promise.resolve();
        await field.database.within(statements, async () => {
          started = field.start('worker', 'new-worker');
          await sleep(LASTS_MS);
        });
        await started;
      }
      return { disturbances: MIGRATIONS.length, notes: [`each held its locks for ${LASTS_MS} ms`] };
    },
  });
