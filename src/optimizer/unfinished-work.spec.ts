import { jest } from '@jest/globals';
import { Log } from '../telemetry/index.js';
import { UnfinishedWork } from './unfinished-work.js';

describe('UnfinishedWork', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function open() {
    const lines: string[] = [];
    const log = new Log({ logLevel: 'info', environment: 'test' }, { write: (line) => lines.push(line) });
    return { unfinished: new UnfinishedWork(log), lines };
  }

  it('counts work until it ends, well or not', async () => {
    const { unfinished, lines } = open();
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    unfinished.watch('search', first.promise);
    unfinished.watch('generate', second.promise);
    expect(unfinished.count).toBe(2);
    first.resolve();
    second.reject(new Error('stopped'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect([unfinished.count, lines]).toEqual([0, []]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('says once in the log what does not stop within a second', async () => {
    const { unfinished, lines } = open();
    unfinished.watch('generate', new Promise(() => {}));
    await jest.advanceTimersByTimeAsync(999);
    expect(lines).toEqual([]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ msg: 'optimizer.still_running', op: 'generate' });
    expect(unfinished.count).toBe(1);
  });

  it('holds an ending process up until it ends, for a second at most', async () => {
    const { unfinished } = open();
    const work = Promise.withResolvers<void>();
    unfinished.watch('generate', work.promise);
    let isOver = false;
    const waiting = unfinished.beforeApplicationShutdown().then(() => {
      isOver = true;
    });
    await jest.advanceTimersByTimeAsync(500);
    expect(isOver).toBe(false);
    work.resolve();
    await waiting;
    expect(jest.getTimerCount()).toBe(0);
    unfinished.watch('generate', new Promise(() => {}));
    const second = unfinished.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(1_000);
    await second;
    expect(jest.getTimerCount()).toBe(0);
  });
});
