import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { SingleFlight } from './single-flight.js';

const NEVER = new AbortController().signal;

interface Caller {
  readonly fails: boolean;
  readonly accepts: boolean;
  readonly givesUp: boolean;
}

/** That a caller's outcome is its own failure, its own work, or the well-done work of another. */
function expectOwn(
  outcome: PromiseSettledResult<{ value: number; joined: boolean }>,
  index: number,
  callers: readonly Caller[],
  led: number,
): void {
  const { fails, accepts, givesUp } = callers[index]!;
  expect(led).toBeLessThanOrEqual(1);
  if (outcome.status === 'rejected') {
    const own = [
      ...(fails && led === 1 ? [`failed ${index}`] : []),
      ...(givesUp ? [`gave up ${index}`] : []),
    ];
    expect(own).toContain((outcome.reason as Error).message);
    return;
  }
  const { value, joined } = outcome.value;
  expect(callers[value]!.fails).toBe(false);
  expect(joined ? [accepts, led, value !== index] : [led, value]).toEqual(
    joined ? [true, 0, true] : [1, index],
  );
}

describe('SingleFlight', () => {
  it('does the work of a hundred once', async () => {
    const flight = new SingleFlight();
    let led = 0;
    const lead = async () => ++led;
    const all = await Promise.all(Array.from({ length: 100 }, () => flight.share('k', NEVER, lead)));
    expect(led).toBe(1);
    expect(all.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set([1]));
  });

  it('does it again for who comes after, and at once for another key', async () => {
    const flight = new SingleFlight();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = flight.share('a', NEVER, () => promise);
    expect(await flight.share('b', NEVER, async () => 'other')).toEqual({ value: 'other', joined: false });
    resolve('first');
    await first;
    expect(await flight.share('a', NEVER, async () => 'second')).toEqual({ value: 'second', joined: false });
    expect(flight.size).toBe(0);
  });

  it("takes a failure for its leader's alone, also one that is thrown at once", async () => {
    const flight = new SingleFlight();
    const lead = () => {
      throw new Error('at once');
    };
    const first = flight.share('k', NEVER, lead);
    const second = flight.share('k', NEVER, async () => 'well');
    await expect(first).rejects.toThrow('at once');
    expect(await second).toEqual({ value: 'well', joined: false });
    expect(flight.size).toBe(0);
  });

  it('lets go of a follower that gives up, and of nobody else', async () => {
    const flight = new SingleFlight();
    const { promise, resolve } = Promise.withResolvers<string>();
    const gone = new AbortController();
    const leader = flight.share('k', NEVER, () => promise);
    const follower = flight.share('k', gone.signal, async () => 'never');
    const patient = flight.share('k', NEVER, async () => 'never');
    gone.abort(new Error('gave up'));
    await expect(follower).rejects.toThrow('gave up');
    resolve('done');
    expect(await Promise.all([leader, patient])).toEqual([
      { value: 'done', joined: false },
      { value: 'done', joined: true },
    ]);
  });

  it('leaves no listener on the signal of a caller', async () => {
    const flight = new SingleFlight();
    const { signal } = new AbortController();
    for (let each = 0; each < 100; each++)
      await Promise.all([1, 2, 3].map(() => flight.share('k', signal, async () => each)));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('starts nothing for who has given up already', async () => {
    const lead = async () => {
      throw new Error('led');
    };
    await expect(new SingleFlight().share('k', AbortSignal.abort(new Error('gone')), lead)).rejects.toThrow(
      'gone',
    );
  });

  it('never does the same work twice at once, and gives each caller one outcome of its own, in any order', async () => {
    const caller: fc.Arbitrary<Caller> = fc.record({
      fails: fc.boolean(),
      accepts: fc.boolean(),
      givesUp: fc.boolean(),
    });
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.array(caller, { minLength: 1, maxLength: 7 }),
      async (schedule, callers) => {
        const flight = new SingleFlight();
        let working = 0;
        const led = callers.map(() => 0);
        const call = async ({ fails, accepts, givesUp }: Caller, index: number) => {
          const patience = new AbortController();
          await schedule.schedule(Promise.resolve(), `${index} comes`);
          if (givesUp)
            schedule
              .schedule(Promise.resolve(), `${index} gives up`)
              .then(() => patience.abort(new Error(`gave up ${index}`)));
          const lead = async () => {
            led[index]!++;
            expect(++working).toBe(1);
            await schedule.schedule(Promise.resolve(), `${index} works`);
            working--;
            patience.signal.throwIfAborted();
            if (fails) throw new Error(`failed ${index}`);
            return index;
          };
          return flight.share('k', patience.signal, lead, () => accepts);
        };
        const outcomes = await schedule.waitFor(Promise.allSettled(callers.map(call)));
        for (const [index, outcome] of outcomes.entries()) expectOwn(outcome, index, callers, led[index]!);
        expect([working, flight.size]).toEqual([0, 0]);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});
