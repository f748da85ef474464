import { setTimeout as sleep } from 'node:timers/promises';
import { OWNERS, PROMPTS } from '../chaos-field.js';
import type { StoredRun } from '../watched-runs.repository.js';
import type { Scenario } from './scenario.js';
import { type Scene, underLoad } from './under-load.js';

const ATTEMPTS = 3;
const POISON = `${PROMPTS[0]} (poison)`;
const LIMIT_MS = 180_000;

const isDead = ({ prompt, state, failureCode }: StoredRun) =>
  prompt === POISON && state === 'failed' && failureCode === 'pipeline.dead_letter';

/** One run ends each process that works on it, always; it is given up, and no other is. */
export const poison: Scenario = (setting) =>
  underLoad(setting, {
    provider: 'outside',
    environment: { QUEUE_MAX_ATTEMPTS: String(ATTEMPTS) },
    mayFail: isDead,
    act: async ({ field, load, troupe }: Scene) => {
      field.api.onCall = ({ user, process }) => {
        if (!user.includes('(poison)')) return true;
        void troupe.killNamed(process);
        return false;
      };
      await load.ask({ owner: OWNERS[0], prompt: POISON, isAsync: true }, 'poison');
      for (const untilMs = Date.now() + LIMIT_MS; Date.now() < untilMs; await sleep(500))
        if ((await field.database.runs()).some(isDead))
          return { disturbances: field.kills.length, notes: [`given up after ${ATTEMPTS} attempts`] };
      throw new Error(`the poisoned run was not given up within ${LIMIT_MS} ms`);
    },
  });
