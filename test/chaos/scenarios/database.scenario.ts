import { setTimeout as sleep } from 'node:timers/promises';
import { PrivatePostgres } from '../private-postgres.js';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

const RESTARTS = ['fast', 'immediate', 'fast', 'immediate'] as const;
const BETWEEN_RESTARTS_MS = 5_000;
const CUTS = 20;

/** Restarts the database under load, in peace and as after a loss of power. */
export const restartPostgres: Scenario = async (setting) => {
  const skipped = PrivatePostgres.whyNot();
  if (skipped !== null) return { scenario: setting.name, skipped };
  const postgres = await PrivatePostgres.start();
  try {
    return await underLoad(setting, {
      serverUrl: postgres.url,
      act: async () => {
        for (const how of RESTARTS) {
          await sleep(BETWEEN_RESTARTS_MS);
          await postgres.restart(how);
        }
        await sleep(BETWEEN_RESTARTS_MS);
        return {
          disturbances: RESTARTS.length,
          notes: [`stopped ${RESTARTS.join(', ')}, and started again`],
        };
      },
    });
  } finally {
    await postgres.remove();
  }
};

/** Ends every connection to the database, again and again. */
export const cutConnections: Scenario = (setting) =>
  underLoad(setting, {
    act: async ({ field }) => {
      let lines = 0;
      for (let cut = 0; cut < CUTS; cut++) {
        await sleep(setting.random.between(200, 2_500));
        lines += await field.database.cutConnections();
      }
      return { disturbances: CUTS, notes: [`${lines} connections ended`] };
    },
  });
