import 'reflect-metadata';
import { Random } from '../../bench/corpus/random.js';
import { type ChaosOptions, readOptions, type ScenarioName, USAGE } from './options.js';
import { chaosJson, chaosTable, isSkipped, isSound, type Outcome } from './report.js';
import { jumpClocks } from './scenarios/clock.scenario.js';
import { cutConnections, restartPostgres } from './scenarios/database.scenario.js';
import { hangUp } from './scenarios/disconnect.scenario.js';
import { fillDisk } from './scenarios/disk-full.scenario.js';
import { flood } from './scenarios/flood.scenario.js';
import { killAtRandom } from './scenarios/kills.scenario.js';
import { migrateMeanwhile } from './scenarios/migration.scenario.js';
import { poison } from './scenarios/poison.scenario.js';
import type { Scenario } from './scenarios/scenario.js';
import { killAtEachStep } from './scenarios/steps.scenario.js';

const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  'steps-local': killAtEachStep('local'),
  'steps-outside': killAtEachStep('outside'),
  'kills-local': killAtRandom('local'),
  'kills-outside': killAtRandom('outside'),
  restart: restartPostgres,
  cut: cutConnections,
  migration: migrateMeanwhile,
  clock: jumpClocks,
  disconnect: hangUp,
  flood,
  poison,
  'disk-full': fillDisk,
};

async function run(options: ChaosOptions): Promise<boolean> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  say(`seed ${options.seed}`);
  const outcomes: Outcome[] = [];
  for (const name of options.scenarios) {
    const startedMs = Date.now();
    say(`${name} …`);
    const setting = {
      name,
      options,
      random: new Random(options.seed),
      say: (text: string) => say(`${name}, ${Math.round((Date.now() - startedMs) / 1_000)} s: ${text}`),
    };
    const outcome = await SCENARIOS[name](setting);
    outcomes.push(outcome);
    setting.say(
      isSkipped(outcome) ? `SKIPPED: ${outcome.skipped}` : isSound(outcome) ? 'sound' : 'NOT SOUND',
    );
  }
  const { seed, isJson } = options;
  process.stdout.write(`${isJson ? chaosJson(outcomes, seed) : `seed ${seed}\n\n${chaosTable(outcomes)}`}\n`);
  return outcomes.every(isSound);
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(`${USAGE}\n`);
  else process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
