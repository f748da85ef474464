import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from '../chaos-field.js';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

const SHORTEST_MS = 200;
const LONGEST_MS = 1_800;
/** Two scenarios kill at random. */
const SHARE = 2;

/** Kills whichever process it is, at any moment, half of `--kills` times. */
export function killAtRandom(provider: Provider): Scenario {
  return (setting) => {
    const { options, random, say } = setting;
    const kills = Math.ceil(options.kills / SHARE);
    return underLoad(setting, {
      provider,
      act: async ({ troupe, load }) => {
        for (let kill = 1; kill <= kills; kill++) {
          await sleep(random.between(SHORTEST_MS, LONGEST_MS));
          await troupe.killOne();
          if (kill % 25 === 0) say(`${kill} kills, ${load.count} asked`);
        }
        return { disturbances: kills };
      },
    });
  };
}
