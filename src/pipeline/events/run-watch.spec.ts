import { TASK_ID } from '../../../test/support/made-up-runs.js';
import type { RunEvent } from './run-event.js';
import { RunWatch } from './run-watch.js';

function anEvent(id: number, kind: RunEvent['kind'] = 'ask.started'): RunEvent {
  return { id, taskId: TASK_ID, kind, role: null, body: {}, at: '2026-11-22T10:00:00.000Z' };
}

function watching(limits = { maxEvents: 3, maxBytes: 10_000 }, lastId = 0) {
  const closed: string[] = [];
  const watch = new RunWatch(TASK_ID, lastId, ({ taskId }) => closed.push(taskId), limits);
  return { watch, closed };
}

const idOf = async (watch: RunWatch) => {
  const news = await watch.next();
  return news?.type === 'event' ? news.event.id : (news?.type ?? null);
};

describe('RunWatch', () => {
  it('gives each event once, whatever is told twice', async () => {
    const { watch } = watching();
    watch.add([anEvent(4), anEvent(8)]);
    watch.add([anEvent(4), anEvent(8), anEvent(9)]);
    expect([await idOf(watch), await idOf(watch), await idOf(watch)]).toEqual([4, 8, 9]);
  });

  it('never leaves out a resume or an end, which may stand before what was told', async () => {
    const { watch } = watching(undefined, 50);
    watch.add([anEvent(2, 'run.resumed'), anEvent(3), anEvent(40, 'run.failed')]);
    expect([await idOf(watch), await idOf(watch)]).toEqual([2, 40]);
    expect(watch.lastId).toBe(50);
  });

  it.each([
    ['events', { maxEvents: 2, maxBytes: 10_000 }],
    ['bytes', { maxEvents: 100, maxBytes: 300 }],
  ])('lets go of a reader that is too slow, by %s, and of all that waits for it', async (_what, limits) => {
    const { watch } = watching(limits);
    for (let id = 1; id <= 1_000; id++) watch.add([anEvent(id)]);
    expect(await idOf(watch)).toBe('too_slow');
    expect(watch.lastId).toBeLessThan(10);
    expect(watch.givenId).toBe(0);
  });

  it('says to look once, after what waits', async () => {
    const { watch } = watching();
    watch.look();
    watch.look();
    watch.add([anEvent(5)]);
    expect([await idOf(watch), await idOf(watch)]).toEqual([5, 'look']);
    watch.finish();
    expect(await idOf(watch)).toBeNull();
  });

  it('gives what waits when it is finished, and nothing when it is closed', async () => {
    const finished = watching();
    finished.watch.add([anEvent(5)]);
    finished.watch.finish();
    expect([await idOf(finished.watch), await idOf(finished.watch)]).toEqual([5, null]);
    const { watch, closed } = watching();
    watch.add([anEvent(5)]);
    watch.close();
    watch.close();
    expect(await idOf(watch)).toBeNull();
    expect(closed).toEqual([TASK_ID]);
  });

  it('wakes a reader that waits', async () => {
    const { watch } = watching();
    const news = idOf(watch);
    watch.add([anEvent(7)]);
    expect(await news).toBe(7);
    const last = idOf(watch);
    watch.close();
    expect(await last).toBeNull();
  });
});
