import fc from 'fast-check';
import { LocalNotifications } from '../../src/database/local-notifications.js';
import { isEnd } from '../../src/pipeline/events/run-event.js';
import { SystemIds } from '../../src/shared/index.js';
import { openTestDatabase } from '../support/database.js';
import { madeUpStages, stepsOf } from '../support/made-up-runs.js';
import { openBus, SILENT_LOG, storeRun } from '../support/run-buses.js';
import { type BusesUnderTest, describeRunEvents } from './run-events.contract.js';

/** `processes` 1: the worker is the reader. */
async function openLocal(processes: 1 | 2): Promise<BusesUnderTest> {
  const database = await openTestDatabase();
  const notifications = new LocalNotifications(SILENT_LOG);
  const worker = await openBus(notifications, database.dataSource);
  const reader = processes === 1 ? worker : await openBus(notifications, database.dataSource);
  return {
    worker: worker.bus,
    reader: reader.bus,
    store: (taskId, state) => storeRun(database.dataSource, taskId, state),
    close: async () => {
      worker.stop();
      reader.stop();
      await database.close();
    },
  };
}

describeRunEvents('in one process', () => openLocal(1), 100);
describeRunEvents('between two that hear each other at once', () => openLocal(2), 100);

/** Loses events on their way, as a listener does whose line is being made anew. */
class LossyNotifications extends LocalNotifications {
  losses: boolean[] = [];

  override async notify(channel: string, payload: string): Promise<void> {
    const isBatch = channel.startsWith('mcg_run_events_');
    if (!isBatch || !this.losses.shift()) await super.notify(channel, payload);
  }
}

describe('run events that get lost on their way', () => {
  it('are noticed to be missing and asked for again: whatever a reader has, it lacks nothing before it', async () => {
    const database = await openTestDatabase();
    const notifications = new LossyNotifications(SILENT_LOG);
    const worker = await openBus(notifications, database.dataSource);
    const reader = await openBus(notifications, database.dataSource);
    const losses = fc.array(fc.boolean(), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(madeUpStages, losses, async (stages, lost) => {
        notifications.losses = [...lost];
        const taskId = new SystemIds().next();
        const watch = reader.bus.watch(taskId, 0);
        const progress = worker.bus.open(taskId);
        for (const step of stepsOf(stages)) {
          step(progress);
          for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
        }
        worker.bus.close(taskId);
        const told = progress.after(0).map(({ id }) => id);
        watch.finish();
        const ids: number[] = [];
        for (let news = await watch.next(); news; news = await watch.next())
          if (news.type === 'event' && !isEnd(news.event)) ids.push(news.event.id);
        expect(ids).toEqual(told.slice(0, ids.length));
        watch.close();
      }),
    );
    worker.stop();
    reader.stop();
    await database.close();
  });
});
