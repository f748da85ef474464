import { AppError } from '../shared/index.js';

export const RUN_STATES = [
  'queued',
  'running',
  'succeeded',
  'held',
  'failed',
  'rejected',
  'cancelled',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What makes a run go from one state to another. */
export type RunTransition =
  | 'claim'
  | 'requeue'
  | 'cancel'
  | 'succeed'
  | 'hold'
  | 'fail'
  | 'retry'
  | 'approve'
  | 'reject';

const TRANSITIONS: Readonly<Record<RunState, Partial<Record<RunTransition, RunState>>>> = {
  queued: { claim: 'running', cancel: 'cancelled' },
  running: { succeed: 'succeeded', hold: 'held', fail: 'failed', requeue: 'queued', cancel: 'cancelled' },
  held: { approve: 'succeeded', reject: 'rejected' },
  succeeded: {},
  failed: { retry: 'queued' },
  rejected: {},
  cancelled: {},
};

/** The state after a transition. Throws `pipeline.wrong_state` (conflict) where it is not possible. */
export function nextState(state: RunState, transition: RunTransition): RunState {
  const next = TRANSITIONS[state][transition];
  if (next) return next;
  throw wrongState(state, transition);
}

/** Whether a run still has its end before it; a held one has: a person's decision. */
export function isUnderWay(state: RunState): boolean {
  return state === 'queued' || state === 'running';
}

export function wrongState(state: RunState, transition: RunTransition): AppError {
  return new AppError('pipeline.wrong_state', 'conflict', `A run that is ${state} cannot ${transition}.`, {
    hint: isUnderWay(state) ? 'Wait until the run has ended.' : 'This run has its final state.',
  });
}
