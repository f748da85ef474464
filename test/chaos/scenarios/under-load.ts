import { account } from '../accounts.js';
import type { Environment } from '../app-member.js';
import { ChaosField, type Provider } from '../chaos-field.js';
import { Load } from '../load.js';
import type { Verdict } from '../report.js';
import { Troupe } from '../troupe.js';
import type { StoredRun } from '../watched-runs.repository.js';
import type { ScenarioSetting } from './scenario.js';

/** What a scenario does while callers ask. */
export interface Disturbance {
  readonly provider?: Provider;
  readonly serverUrl?: string;
  readonly environment?: Environment;
  readonly mayFail?: (run: StoredRun) => boolean;
  readonly drainLimitMs?: number;
  /** Gives how often it disturbed, and what is to be said of it. */
  act(scene: Scene): Promise<{ readonly disturbances: number; readonly notes?: readonly string[] }>;
}

export interface Scene {
  readonly field: ChaosField;
  readonly load: Load;
  readonly troupe: Troupe;
}

/** Two servers and three workers on one database, callers, and a disturbance; then the accounts. */
export async function underLoad(setting: ScenarioSetting, disturbance: Disturbance): Promise<Verdict> {
  const { name, options, random, say } = setting;
  const { provider = 'local', serverUrl = options.databaseUrl, environment = {}, mayFail } = disturbance;
  const startedMs = Date.now();
  const field = await ChaosField.open({
    serverUrl,
    provider,
    environment,
    logFolder: options.logFolder,
  });
  try {
    const troupe = new Troupe(field, random);
    await troupe.start();
    const load = new Load(field, random);
    load.start();
    const { disturbances, notes = [] } = await disturbance.act({ field, load, troupe });
    say(`${disturbances} disturbances done, ${load.count} asked`);
    await load.drain(options.runs, disturbance.drainLimitMs);
    troupe.end();
    const all = [...notes, ...troupe.crashed];
    return await account(field, load, {
      scenario: name,
      disturbances,
      startedMs,
      notes: all,
      ...(mayFail ? { mayFail } : {}),
    });
  } finally {
    await field.close();
  }
}
