import fc from 'fast-check';
import type { RunEventBus } from '../../src/pipeline/events/run-event.bus.js';
import { isEnd, isNews, type RunEvent } from '../../src/pipeline/events/run-event.js';
import type { RunWatch } from '../../src/pipeline/events/run-watch.js';
import { SystemIds } from '../../src/shared/index.js';
import { madeUpStages, stepsOf } from '../support/made-up-runs.js';

/** Two processes that share a database, or one that is both. */
export interface BusesUnderTest {
  readonly worker: RunEventBus;
  readonly reader: RunEventBus;
  /** Stores a run in this state, without anybody being told. */
  store(taskId: string, state: 'running' | 'succeeded'): Promise<void>;
  close(): Promise<void>;
}

const ids = new SystemIds();
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs whose end is stored, with everything that was told of them. */
const stored = new Map<string, readonly RunEvent[]>();

/** Everything that a watch brings up to the end of the run, read from where it is stored where the watch says so. */
async function everything(watch: RunWatch): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (let news = await watch.next(); news; news = await watch.next()) {
    if (news.type === 'event') events.push(news.event);
    const rest = news.type === 'look' ? stored.get(watch.taskId) : undefined;
    if (rest) events.push(...rest.filter((event) => isNews(event, watch.lastId)));
    if (rest || (news.type === 'event' && isEnd(news.event))) break;
  }
  watch.close();
  return events;
}

/** Does the steps of a run, one in each turn of the event loop, and gives back what was told. */
async function work(
  bus: RunEventBus,
  taskId: string,
  steps: ReturnType<typeof stepsOf>,
  onStep: (at: number) => void = () => {},
): Promise<readonly RunEvent[]> {
  const progress = bus.open(taskId);
  for (const [at, step] of steps.entries()) {
    onStep(at);
    step(progress);
    await turn();
  }
  const told = progress.after(0);
  if (isEnd(told.at(-1)!)) stored.set(taskId, told);
  bus.close(taskId);
  return told;
}

export function describeRunEvents(name: string, open: () => Promise<BusesUnderTest>, numRuns: number): void {
  describe(`run events, ${name}`, () => {
    let buses: BusesUnderTest;
    beforeAll(async () => {
      buses = await open();
    });
    afterAll(() => buses.close());

    it('reach readers that come before, at any time and with any event behind them: the rest once, in order', async () => {
      const readers = fc.array(fc.record({ at: fc.nat(), behind: fc.nat() }), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(madeUpStages, readers, async (stages, comings) => {
          const { worker, reader } = buses;
          const taskId = ids.next();
          const steps = stepsOf(stages);
          const lastIds = comings.map(({ behind }) => behind % 40);
          const first = reader.watch(taskId, 0);
          const got = [everything(first)];
          const told = await work(worker, taskId, steps, (at) => {
            comings.forEach((coming, index) => {
              const isNow = coming.at % steps.length === at;
              if (isNow) got.push(everything(reader.watch(taskId, lastIds[index]!)));
            });
          });
          const expected = [
            0,
            ...[...comings.entries()]
              .sort(([a, one], [b, two]) => (one.at % steps.length) - (two.at % steps.length) || a - b)
              .map(([index]) => lastIds[index]!),
          ];
          const seen = await Promise.all(got);
          expect(seen).toEqual(expected.map((lastId) => told.filter((event) => isNews(event, lastId))));
        }),
        { numRuns },
      );
    });

    it('go on where the run goes on in another process, with nothing twice', async () => {
      const { worker, reader } = buses;
      const taskId = ids.next();
      const [stages] = fc.sample(madeUpStages, { numRuns: 1, seed: 7 });
      const steps = stepsOf(stages!);
      const got = everything(reader.watch(taskId, 0));
      await work(worker, taskId, steps.slice(0, Math.floor(steps.length / 2)));
      const told = await work(reader, taskId, steps);
      expect((await got).map(({ id }) => id)).toEqual(told.map(({ id }) => id));
    });

    it('let readers look at the row when a run that nobody works on has ended', async () => {
      const taskId = ids.next();
      const watch = buses.reader.watch(taskId, 0);
      buses.worker.ended(taskId);
      expect(await watch.next()).toEqual({ type: 'look' });
      watch.close();
      expect(await watch.next()).toBeNull();
    });

    it('let readers look at the row when its end was told to nobody', async () => {
      const taskId = ids.next();
      await buses.store(taskId, 'running');
      const watch = buses.reader.watch(taskId, 0);
      await buses.store(taskId, 'succeeded');
      expect(await watch.next()).toEqual({ type: 'look' });
      watch.close();
    });
  });
}
