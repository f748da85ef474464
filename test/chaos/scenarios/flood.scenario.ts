import { account } from '../accounts.js';
import { ChaosField, EMPTY_OWNER, PROMPTS } from '../chaos-field.js';
import { Load } from '../load.js';
import { Troupe } from '../troupe.js';
import type { Scenario } from './scenario.js';

const SUBMITTERS = 32;
/** Every so manieth run is of an owner who has notes. */
const WITH_NOTES = 50;
const DRAIN_LIMIT_MS = 1_800_000;
const KILLS = 5;

/** Queues thousands of runs before there is a worker, then lets three work on them, and kills some meanwhile. */
export const flood: Scenario = async (setting) => {
  const { name, options, random, say } = setting;
  const startedMs = Date.now();
  const environment = {
    QUEUE_MAX_QUEUED_PER_OWNER: String(options.queued * 2),
    QUEUE_MAX_QUEUED: String(options.queued * 2),
    QUEUE_MAX_PER_OWNER: '64',
    QUEUE_WORKERS: '4',
  };
  const field = await ChaosField.open({
    serverUrl: options.databaseUrl,
    provider: 'local',
    environment,
    logFolder: options.logFolder,
  });
  try {
    const troupe = new Troupe(field, random);
    await troupe.start(2, 0);
    const load = new Load(field, random);
    let next = 0;
    const submit = async () => {
      for (let index = next++; index < options.queued; index = next++) {
        const ofNotes = random.pick(field.questions(true));
        const empty = { owner: EMPTY_OWNER, prompt: PROMPTS[index % PROMPTS.length]!, isAsync: true };
        await load.ask(index % WITH_NOTES === 0 ? ofNotes : empty, `flood-${index}`);
      }
    };
    await Promise.all(Array.from({ length: SUBMITTERS }, submit));
    const queuedMs = Date.now() - startedMs;
    say(`${load.count} queued`);
    await troupe.start(0, 3);
    const workedMs = Date.now();
    for (let kill = 0; kill < KILLS; kill++) await troupe.killOne();
    await load.drain(0, DRAIN_LIMIT_MS);
    troupe.end();
    const seconds = (Date.now() - workedMs) / 1_000;
    const rate = (load.count / seconds).toFixed(1);
    const notes = [
      `queued in ${(queuedMs / 1_000).toFixed(0)} s, worked on in ${seconds.toFixed(0)} s (${rate} a second)`,
      ...troupe.crashed,
    ];
    return await account(field, load, { scenario: name, disturbances: KILLS, startedMs, notes });
  } finally {
    await field.close();
  }
};
