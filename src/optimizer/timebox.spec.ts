import { getEventListeners } from 'node:events';
import { jest } from '@jest/globals';
import { anOperation, HandClock } from '../../test/support/optimizer-values.js';
import { AppError } from '../shared/index.js';
import { Timebox } from './timebox.js';

describe('Timebox', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function open(timeboxMs: number, leftMs = 60_000) {
    const run = new AbortController();
    const clock = new HandClock();
    const operation = anOperation({ signal: run.signal, remainingMs: () => leftMs - clock.goneMs });
    return { run, clock, timebox: new Timebox(operation, timeboxMs, clock) };
  }

  it('aborts at its limit with an error that can be repeated', () => {
    const { timebox } = open(500);
    jest.advanceTimersByTime(499);
    expect(timebox.signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(timebox.signal.reason).toBeInstanceOf(AppError);
    expect(timebox.signal.reason).toMatchObject({
      code: 'optimizer.timebox',
      kind: 'timeout',
      retryable: true,
    });
    timebox.close();
  });

  it.each([
    [500, 60_000, 500],
    [500, 300, 300],
    [500, 300.2, 301],
    [500, 0, 0],
    [500, -5, 0],
    [500, Number.POSITIVE_INFINITY, 500],
  ])('of %d ms with %d ms left is %d ms', (timeboxMs, leftMs, limitMs) => {
    const { timebox } = open(timeboxMs, leftMs);
    expect(timebox.limitMs).toBe(limitMs);
    timebox.close();
  });

  it("gives the run's own end the first word, and speaks itself where the run does not", () => {
    const { run, timebox } = open(500, 300);
    setTimeout(() => run.abort(new Error('the run is over')), 301);
    jest.advanceTimersByTime(400);
    expect(timebox.signal.reason).toEqual(new Error('the run is over'));
    timebox.close();

    const silent = open(500, 300);
    jest.advanceTimersByTime(400);
    expect(silent.timebox.signal.reason).toMatchObject({ code: 'optimizer.timebox' });
    silent.timebox.close();
  });

  it('ends with the run, also with one that is over, and keeps its reason', () => {
    const { run, timebox } = open(500);
    run.abort('first');
    jest.advanceTimersByTime(1_000);
    expect(timebox.signal.reason).toBe('first');
    timebox.close();
    const late = new Timebox(anOperation({ signal: AbortSignal.abort('before') }), 500, new HandClock());
    expect(late.signal.reason).toBe('before');
    late.close();
  });

  it('counts down the lesser of its own time and the time of the run, never below nothing', () => {
    const { clock, timebox } = open(500, 700);
    expect(timebox.remainingMs()).toBe(500);
    clock.advance(300);
    expect(timebox.remainingMs()).toBe(200);
    clock.advance(300);
    expect(timebox.remainingMs()).toBe(0);
    timebox.close();
    const shorter = open(500, 300);
    shorter.clock.advance(100);
    expect(shorter.timebox.remainingMs()).toBe(200);
    shorter.timebox.close();
    let leftMs = 700;
    const hurried = new Timebox(anOperation({ remainingMs: () => leftMs }), 500, new HandClock());
    leftMs = 100;
    expect(hurried.remainingMs()).toBe(100);
    hurried.close();
  });

  it('leaves no timer and no listener behind', () => {
    const { run, timebox } = open(500);
    expect([jest.getTimerCount(), getEventListeners(run.signal, 'abort').length]).toEqual([1, 1]);
    timebox.close();
    expect([jest.getTimerCount(), getEventListeners(run.signal, 'abort').length]).toEqual([0, 0]);
  });
});
