import { parseArgs } from 'node:util';
import { positive } from '../../bench/options.js';
import { loadSettings } from '../../src/config/index.js';

export const SCENARIOS = [
  'steps-local',
  'steps-outside',
  'kills-local',
  'kills-outside',
  'restart',
  'cut',
  'migration',
  'clock',
  'disconnect',
  'flood',
  'poison',
  'disk-full',
] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface ChaosOptions {
  readonly scenarios: readonly ScenarioName[];
  /** Decides what is killed when. */
  readonly seed: number;
  /** Kills at random, over both scenarios that have them. */
  readonly kills: number;
  /** Least number of runs of each scenario under load. */
  readonly runs: number;
  /** Runs that are queued at once. */
  readonly queued: number;
  /** Of the kills at a step, every so manieth is done. */
  readonly every: number;
  readonly isJson: boolean;
  /** Where what each process said on standard error is kept; null: nowhere. */
  readonly logFolder: string | null;
  /** A PostgreSQL server on which databases may be made. */
  readonly databaseUrl: string;
}

export const USAGE = `Usage: npm run chaos -- [options]
  --only SCENARIO       ${SCENARIOS.join(' | ')}; may be given several times
  --seed N              decides what is killed when (default: drawn, and printed)
  --kills N             kills at random, over both scenarios that have them (default 200)
  --runs N              least number of runs of each scenario under load (default 60)
  --queued N            runs that are queued at once (default 5000)
  --every N             does every Nth of the kills at a step (default 1: all)
  --logs FOLDER         keeps what each process said on standard error
  --json                prints the table as JSON
  --database-url URL    PostgreSQL server (default DATABASE_URL); its databases are the run's own and dropped`;

/** Reads the command line; null where help is wanted. Throws `TypeError` with what is wrong. */
export function readOptions(args: readonly string[]): ChaosOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [...SCENARIOS] },
      seed: { type: 'string' },
      kills: { type: 'string', default: '200' },
      runs: { type: 'string', default: '60' },
      queued: { type: 'string', default: '5000' },
      every: { type: 'string', default: '1' },
      logs: { type: 'string' },
      json: { type: 'boolean', default: false },
      'database-url': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const databaseUrl = values['database-url'] ?? loadSettings().database.url;
  if (databaseUrl === null)
    throw new TypeError('--database-url or DATABASE_URL must name a PostgreSQL server');
  const stranger = values.only.find((name) => !SCENARIOS.some((known) => known === name));
  if (stranger !== undefined)
    throw new TypeError(`--only must be ${SCENARIOS.join(', ')}, not "${stranger}"`);
  return {
    scenarios: SCENARIOS.filter((name) => values.only.includes(name)),
    seed: values.seed === undefined ? drawnSeed() : positive('--seed', values.seed),
    kills: positive('--kills', values.kills),
    runs: positive('--runs', values.runs),
    queued: positive('--queued', values.queued),
    every: positive('--every', values.every),
    isJson: values.json,
    logFolder: values.logs ?? null,
    databaseUrl,
  };
}

function drawnSeed(): number {
  return 1 + Math.floor(Math.random() * 1_000_000);
}
