import { getEventListeners } from 'node:events';
import { jest } from '@jest/globals';
import { anOperation, anOptimizer, scores } from '../../test/support/optimizer-values.js';
import { AppError } from '../shared/index.js';

const YES = () => true;
const NO = () => false;

/** Work that says how often it was done, and gives a new text each time. */
function counted() {
  const work = { times: 0, execute: async () => `text ${++work.times}` };
  return work;
}

describe('a kept result', () => {
  it('is used again without any work, as long as it is fresh', async () => {
    const { optimizer, clock } = anOptimizer();
    const work = counted();
    const first = await optimizer.perform(anOperation(), work.execute, NO);
    expect(first.arrangement).toEqual({
      strategy: 'balanced',
      reason: 'as requested',
      source: 'executed',
      timeboxMs: 20_000,
      candidates: 1,
      pressure: 'ok',
    });
    clock.advance(999);
    const second = await optimizer.perform(anOperation(), work.execute, YES);
    expect(second).toMatchObject({ value: 'text 1', arrangement: { source: 'cached' } });
    clock.advance(1);
    const third = await optimizer.perform(anOperation(), work.execute, YES);
    expect(third).toMatchObject({ value: 'text 2', arrangement: { source: 'executed' } });
  });

  it.each([
    ['says no', NO],
    [
      'fails',
      () => {
        throw new Error('cannot say');
      },
    ],
  ])('is let go and made anew where the recheck %s', async (_what, recheck) => {
    const { optimizer, cache } = anOptimizer();
    const work = counted();
    await optimizer.perform(anOperation(), work.execute, YES);
    const kept = cache.entries.get(anOperation().key!);
    expect((await optimizer.perform(anOperation(), work.execute, recheck)).value).toBe('text 2');
    expect(cache.entries.get(anOperation().key!)).not.toBe(kept);
    const failing = () => Promise.reject(new Error('x'));
    await expect(optimizer.perform(anOperation(), failing, recheck)).rejects.toThrow('x');
    expect(cache.entries.size).toBe(0);
  });

  it('is another one under another key, and none without a key', async () => {
    const { optimizer, cache } = anOptimizer();
    const work = counted();
    await optimizer.perform(anOperation({ key: 'a' }), work.execute, YES);
    await optimizer.perform(anOperation({ key: 'b' }), work.execute, YES);
    await optimizer.perform(anOperation({ key: null }), work.execute, YES);
    await optimizer.perform(anOperation({ key: null }), work.execute, YES);
    expect([work.times, cache.entries.size]).toEqual([4, 2]);
  });

  it('is not kept where the work failed', async () => {
    const { optimizer, cache } = anOptimizer();
    const failing = () => Promise.reject(new Error('x'));
    await expect(optimizer.perform(anOperation(), failing, YES)).rejects.toThrow('x');
    expect(cache.entries.size).toBe(0);
  });

  it('that was the only one written is not what a request for quality gets', async () => {
    const { optimizer, levers } = anOptimizer();
    const work = counted();
    const operation = anOperation({ strategy: 'quality' });
    levers.pressure = 'warn';
    await optimizer.perform(operation, work.execute, YES);
    expect((await optimizer.perform(operation, work.execute, YES)).value).toBe('text 1');
    levers.pressure = 'ok';
    expect((await optimizer.perform(operation, work.execute, YES)).value).toBe('text 2');
    expect((await optimizer.perform(operation, work.execute, YES)).value).toBe('text 2');
  });

  it('stands in past its time, until its grace time ends, if the recheck agrees', async () => {
    const { optimizer, clock, cache } = anOptimizer();
    expect(await optimizer.recall(anOperation(), YES)).toBeNull();
    await optimizer.perform(anOperation(), counted().execute, YES);
    clock.advance(3_999);
    expect(await optimizer.recall(anOperation(), YES)).toMatchObject({
      value: 'text 1',
      arrangement: { source: 'cached', timeboxMs: null, reason: 'a kept result stands in' },
    });
    expect(await optimizer.recall(anOperation({ key: null }), YES)).toBeNull();
    expect(await optimizer.recall(anOperation(), NO)).toBeNull();
    expect(cache.entries.size).toBe(0);
    await optimizer.perform(anOperation(), counted().execute, YES);
    clock.advance(4_000);
    expect(await optimizer.recall(anOperation(), YES)).toBeNull();
  });
});

describe('identical operations at the same time', () => {
  it('cost one call, a hundred of them', async () => {
    const { optimizer, record } = anOptimizer({ cacheEnabled: false });
    const work = counted();
    const all = await Promise.all(
      Array.from({ length: 100 }, () => optimizer.perform(anOperation(), work.execute, YES)),
    );
    expect(work.times).toBe(1);
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set(['text 1']));
    expect(record.figures()[0]!.byResult).toEqual({ executed: 1, joined: 99 });
  });

  it('cost one look into the cache, too', async () => {
    const { optimizer, cache } = anOptimizer();
    await optimizer.perform(anOperation(), counted().execute, YES);
    cache.reads = 0;
    const all = await Promise.all(
      Array.from({ length: 100 }, () => optimizer.perform(anOperation(), counted().execute, YES)),
    );
    expect(cache.reads).toBe(1);
    expect(all.map(({ arrangement }) => arrangement.source)).toEqual(['cached', ...Array(99).fill('joined')]);
  });

  it('are done again for who may not use the result of another', async () => {
    const { optimizer } = anOptimizer({ cacheEnabled: false });
    const work = counted();
    const all = await Promise.all(
      [YES, YES, NO, YES].map((recheck) => optimizer.perform(anOperation(), work.execute, recheck)),
    );
    expect(all.map(({ value }) => value)).toEqual(['text 1', 'text 1', 'text 2', 'text 1']);
  });

  it('do not fail with the first, nor end with its run', async () => {
    const { optimizer } = anOptimizer({ cacheEnabled: false });
    const run = new AbortController();
    const first = optimizer.perform(anOperation({ signal: run.signal }), () => new Promise(() => {}), YES);
    const second = optimizer.perform(anOperation(), () => Promise.reject(new Error('second')), YES);
    const third = optimizer.perform(anOperation(), async () => 'third', YES);
    const fourth = optimizer.perform(anOperation(), async () => 'fourth', YES);
    run.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    await expect(second).rejects.toThrow('second');
    expect((await Promise.all([third, fourth])).map(({ value }) => value)).toEqual(['third', 'third']);
  });

  it('without a key are all done', async () => {
    const { optimizer } = anOptimizer();
    const work = counted();
    await Promise.all([1, 2, 3].map(() => optimizer.perform(anOperation({ key: null }), work.execute, YES)));
    expect(work.times).toBe(3);
  });
});

describe('the timebox', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ends it for the caller, though the work heeds nothing, and keeps the rest in sight', async () => {
    const { optimizer, overview, logged, record } = anOptimizer({ timeboxMs: 500 });
    const work = Promise.withResolvers<string>();
    const performing = optimizer.perform(anOperation(), () => work.promise, YES).catch((error) => error);
    await jest.advanceTimersByTimeAsync(500);
    expect(await performing).toMatchObject({ code: 'optimizer.timebox', kind: 'timeout', retryable: true });
    expect(overview.read()).toMatchObject({ still_running: 1 });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(logged.join()).toContain('optimizer.still_running');
    work.reject(new Error('at last'));
    await jest.advanceTimersByTimeAsync(0);
    expect(overview.read()).toMatchObject({
      still_running: 0,
      operations: [{ op: 'generate', timeboxes_hit: 1 }],
    });
    expect(record.experience('generate').samples).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells the work to stop, and what it then throws is not what the caller gets', async () => {
    const { optimizer, overview } = anOptimizer({ timeboxMs: 500 });
    const execute = ({ signal }: { signal: AbortSignal }) =>
      new Promise<string>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped'))),
      );
    const performing = optimizer.perform(anOperation(), execute, YES).catch((error) => error);
    await jest.advanceTimersByTimeAsync(500);
    expect(await performing).toMatchObject({ code: 'optimizer.timebox' });
    await jest.advanceTimersByTimeAsync(0);
    expect(overview.read().still_running).toBe(0);
  });

  it('ends the waiting for another, and not the work of the other', async () => {
    const { optimizer } = anOptimizer({ timeboxMs: 500 });
    const work = Promise.withResolvers<string>();
    const leading = optimizer.perform(anOperation(), () => work.promise, YES);
    const following = optimizer
      .perform(anOperation({ remainingMs: () => 100 }), counted().execute, YES)
      .catch((error) => error);
    await jest.advanceTimersByTimeAsync(200);
    expect(await following).toMatchObject({ code: 'optimizer.timebox' });
    work.resolve('done');
    expect((await leading).value).toBe('done');
  });

  it("gives way to the run's own end", async () => {
    const { optimizer, record } = anOptimizer({ timeboxMs: 500 });
    const run = new AbortController();
    const over = new AppError('pipeline.cancelled', 'conflict', 'The run was cancelled.');
    const performing = optimizer
      .perform(anOperation({ signal: run.signal }), () => new Promise(() => {}), YES)
      .catch((error) => error);
    run.abort(over);
    expect(await performing).toBe(over);
    expect(record.figures()[0]!.byResult).toEqual({ failed: 1 });
    const work = counted();
    for (const key of ['k', null]) {
      const late = anOperation({ signal: run.signal, key });
      await expect(optimizer.perform(late, work.execute, YES)).rejects.toBe(over);
      await expect(optimizer.recall(late, YES)).rejects.toBe(over);
    }
    expect(work.times).toBe(0);
  });

  it('gives way to it also where the work fails in the same moment', async () => {
    const { optimizer } = anOptimizer();
    const run = new AbortController();
    const work = Promise.withResolvers<string>();
    const performing = optimizer.perform(
      anOperation({ signal: run.signal, key: null }),
      () => work.promise,
      YES,
    );
    work.reject(new Error('socket closed'));
    run.abort(new Error('cancelled'));
    await expect(performing).rejects.toThrow('cancelled');
  });

  it('leaves no timer and no listener on a run, however many operations it had', async () => {
    const { optimizer } = anOptimizer({ timeboxMs: 500 });
    const { signal } = new AbortController();
    const failing = () => Promise.reject(new Error('x'));
    for (let each = 0; each < 10_000; each += 4) {
      const operation = anOperation({ signal, key: each % 8 === 0 ? null : String(each) });
      await Promise.allSettled([
        optimizer.perform(operation, async () => 'text', YES),
        optimizer.perform(operation, async () => 'text', NO),
        optimizer.perform(operation, failing, YES),
        optimizer.perform(operation, async () => 'text', YES),
      ]);
    }
    expect([getEventListeners(signal, 'abort').length, jest.getTimerCount()]).toEqual([0, 0]);
  });
});

describe('candidates and the gate', () => {
  const byText: Record<string, number> = { low: 0.3, middle: 0.5, high: 0.8 };
  const several = anOperation({
    strategy: 'quality',
    alternatives: (result) => result.split(' '),
    score: (result) => (result in byText ? scores({ qa: byText[result]! }) : null),
  });

  it('takes the best of those that one call wrote, and keeps that one', async () => {
    const { optimizer, record } = anOptimizer();
    const { value, arrangement } = await optimizer.perform(several, async () => 'low high middle', YES);
    expect([value, arrangement.candidates]).toEqual(['high', 3]);
    expect((await optimizer.perform(several, counted().execute, YES)).value).toBe('high');
    expect(record.experience('generate')).toMatchObject({ scored: 1, meanQa: 0.8 });
  });

  it('looks at no alternative where one was asked for', async () => {
    const { optimizer } = anOptimizer();
    const one = { ...several, strategy: 'balanced' } as const;
    expect((await optimizer.perform(one, async () => 'low high', YES)).value).toBe('low high');
  });

  it('refuses where none is good enough and the gate is enforced, and keeps none', async () => {
    const gate = { minTone: 0, minStyle: 0, minOverall: 0.9, enforce: true };
    const { optimizer, cache, overview } = anOptimizer({ gate });
    for (const [strategy, result] of [
      ['quality', 'low high'],
      ['balanced', 'high'],
    ] as const)
      await expect(
        optimizer.perform({ ...several, strategy }, async () => result, YES),
      ).rejects.toMatchObject({
        code: 'optimizer.quality_gate',
        kind: 'unprocessable',
        details: { missed: ['qa'] },
      });
    expect(cache.entries.size).toBe(0);
    expect(overview.read().operations).toMatchObject([{ gate_refusals: 2 }]);
    expect((await optimizer.perform(several, async () => 'unmeasured', YES)).value).toBe('unmeasured');
  });

  it('takes the best of the bad where the gate is not enforced, and keeps none', async () => {
    const gate = { minTone: 0, minStyle: 0, minOverall: 0.9, enforce: false };
    const { optimizer, cache } = anOptimizer({ gate });
    expect((await optimizer.perform(several, async () => 'low high', YES)).value).toBe('high');
    expect(cache.entries.size).toBe(0);
  });

  it('measures one alone only where it decides something', async () => {
    const measured = async (strategy: 'balanced' | 'adaptive', minOverall: number) => {
      let times = 0;
      const gate = { minTone: 0, minStyle: 0, minOverall, enforce: false };
      const score = () => {
        times++;
        return null;
      };
      await anOptimizer({ gate }).optimizer.perform(anOperation({ strategy, score }), async () => 'x', YES);
      return times;
    };
    expect(await measured('balanced', 0)).toBe(0);
    expect(await measured('balanced', 0.1)).toBe(1);
    expect(await measured('adaptive', 0)).toBe(1);
  });
});

describe('how long results are kept', () => {
  it.each([
    [{}, 1_000],
    [{ cacheTtlMs: 0 }, 0],
    [{ cacheEnabled: false }, 0],
    [{ enabled: false }, 0],
  ])('with %j: %d ms', (settings, keepMs) => {
    expect(anOptimizer(settings).optimizer.keepMs).toBe(keepMs);
  });
});

describe('switched off', () => {
  it("lets the work run bare under the run's signal, and keeps, joins and records nothing", async () => {
    const { optimizer, cache, record } = anOptimizer({ enabled: false });
    const operation = anOperation({ strategy: 'quality' });
    const given: unknown[] = [];
    const execute = async (limits: unknown) => {
      given.push(limits);
      return 'text';
    };
    const all = await Promise.all([1, 2].map(() => optimizer.perform(operation, execute, NO)));
    expect(given).toHaveLength(2);
    expect(given[0]).toMatchObject({ candidates: 1, remainingMs: operation.remainingMs });
    expect((given[0] as { signal: AbortSignal }).signal).toBe(operation.signal);
    expect(all[0]!.arrangement).toMatchObject({ source: 'executed', timeboxMs: null, candidates: 1 });
    expect(await optimizer.recall(operation, YES)).toBeNull();
    expect([cache.reads, cache.entries.size, record.figures()]).toEqual([0, 0, []]);
  });
});
