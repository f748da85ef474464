import fc from 'fast-check';
import { AppError } from '../shared/index.js';
import { isUnderWay, nextState, RUN_STATES, type RunState, type RunTransition } from './run-state.js';

const TRANSITIONS: readonly RunTransition[] = [
  'claim',
  'requeue',
  'cancel',
  'succeed',
  'hold',
  'fail',
  'retry',
  'approve',
  'reject',
];
const FINAL: ReadonlySet<RunState> = new Set(['succeeded', 'rejected', 'cancelled']);

describe('nextState', () => {
  it.each([
    ['queued', 'claim', 'running'],
    ['queued', 'cancel', 'cancelled'],
    ['running', 'requeue', 'queued'],
    ['running', 'cancel', 'cancelled'],
    ['running', 'succeed', 'succeeded'],
    ['running', 'hold', 'held'],
    ['running', 'fail', 'failed'],
    ['failed', 'retry', 'queued'],
    ['held', 'approve', 'succeeded'],
    ['held', 'reject', 'rejected'],
  ] as const)('takes %s by %s to %s', (state, transition, next) => {
    expect(nextState(state, transition)).toBe(next);
  });

  it('lets nothing change a final state, and only a retry take up what has failed', () => {
    const walk = fc.array(fc.constantFrom(...TRANSITIONS), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...RUN_STATES), walk, (start, transitions) => {
        let state: RunState = start;
        for (const transition of transitions) {
          const before = state;
          try {
            state = nextState(state, transition);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
          if (FINAL.has(before)) expect(state).toBe(before);
          if (before === 'failed' && transition !== 'retry') expect(state).toBe('failed');
        }
      }),
    );
  });

  it('knows what still has its end before it', () => {
    expect(RUN_STATES.filter(isUnderWay)).toEqual(['queued', 'running']);
  });
});
