import { overspent, resumeTimes } from './accounts.js';
import type { RunStep } from './watched-runs.repository.js';

describe('overspent', () => {
  const call = (reservationId: string) => ({ process: 'a', task: 'draft', reservationId, user: '' });
  const reserved = (id: string) => ({ id, taskId: 't', role: 'drafter' as const });

  it('is nothing where each call has its reservation and each role its budget', () => {
    expect(overspent([call('one')], [reserved('one')])).toBe(0);
  });

  it.each([
    ['a call without a reservation', [call('one')], []],
    ['two calls with one reservation', [call('one'), call('one')], [reserved('one')]],
    ['a call beyond the budget', [call('one'), call('two')], [reserved('one'), reserved('two')]],
  ])('counts %s', (_what, seen, books) => {
    expect(overspent(seen, books)).toBe(1);
  });
});

describe('resumeTimes', () => {
  const step = (state: string, process: string, atMs: number): RunStep => ({
    taskId: 't',
    state,
    token: 1,
    process,
    atMs,
  });

  it('count from the kill of the process at work to the next claim', () => {
    const steps = [
      step('running', 'a', 10),
      step('queued', 'b', 90),
      step('running', 'b', 100),
      step('succeeded', 'b', 120),
    ];
    expect(resumeTimes(steps, [{ process: 'a', atMs: 30 }])).toEqual([70]);
    expect(resumeTimes(steps, [])).toEqual([]);
  });

  it('leave out a process that was killed after it had let the run go', () => {
    const steps = [step('running', 'a', 10), step('queued', 'a', 20), step('running', 'b', 100)];
    expect(resumeTimes(steps, [{ process: 'a', atMs: 30 }])).toEqual([]);
  });
});
