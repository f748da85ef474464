import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

const PRELOAD = new URL('../shifting-clock.js', import.meta.url).href;
const LASTS_MS = 30_000;
const KILLS = 3;

/** Every process has a clock of its own that jumps by an hour and back; leases go by the database's. */
export const jumpClocks: Scenario = (setting) =>
  underLoad(setting, {
    environment: { NODE_OPTIONS: `--import ${PRELOAD}` },
    act: async ({ troupe }) => {
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(LASTS_MS / KILLS);
        await troupe.killOne();
      }
      return {
        disturbances: KILLS,
        notes: [
          `Date of each process jumps between −1 h, 0, +90 s and +1 h every 700 ms; ${KILLS} kills meanwhile`,
        ],
      };
    },
  });
