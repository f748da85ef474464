import { AppError } from '../shared/index.js';

export const RUN_STATES = ['running', 'succeeded', 'held', 'failed', 'rejected'] as const;
export type RunState = (typeof RUN_STATES)[number];

export type RunEvent = 'succeed' | 'hold' | 'fail' | 'approve' | 'reject';

const TRANSITIONS: Readonly<Record<RunState, Partial<Record<RunEvent, RunState>>>> = {
  running: { succeed: 'succeeded', hold: 'held', fail: 'failed' },
  held: { approve: 'succeeded', reject: 'rejected' },
  succeeded: {},
  failed: {},
  rejected: {},
};

/** The state after an event. Throws `pipeline.wrong_state` (conflict) where the event is not possible. */
export function nextState(state: RunState, event: RunEvent): RunState {
  const next = TRANSITIONS[state][event];
  if (next) return next;
  throw wrongState(state, event);
}

export function wrongState(state: RunState, event: RunEvent): AppError {
  return new AppError('pipeline.wrong_state', 'conflict', `A run that is ${state} cannot ${event}.`, {
    hint: state === 'running' ? 'Wait until the run has ended.' : 'This run has its final state.',
  });
}
