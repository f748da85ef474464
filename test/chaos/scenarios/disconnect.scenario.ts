import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { underLoad } from './under-load.js';

const HANG_UPS = 40;
const LATEST_MS = 400;

/** Callers hang up in mid-request, and ask again later under the same key. */
export const hangUp: Scenario = (setting) =>
  underLoad(setting, {
    act: async ({ field, load }) => {
      const { random } = setting;
      const later: Promise<void>[] = [];
      for (let index = 0; index < HANG_UPS; index++) {
        const question = random.pick(field.questions(index % 4 === 0));
        const key = `hang-up-${index}`;
        const stop = AbortSignal.timeout(random.between(1, LATEST_MS));
        const reply = await field.client.send(random.pick(field.servers).url, question, key, stop);
        if (reply.taskId !== null) load.promise(reply.taskId, question, key, reply);
        later.push(sleep(random.between(0, 2_000)).then(() => load.ask(question, key)));
      }
      await Promise.all(later);
      return { disturbances: HANG_UPS };
    },
  });
