import fc from 'fast-check';
import { AppError } from '../shared/index.js';
import { nextState, RUN_STATES, type RunEvent } from './run-state.js';

const EVENTS: readonly RunEvent[] = ['succeed', 'hold', 'fail', 'approve', 'reject'];
const FINAL = new Set(['succeeded', 'failed', 'rejected']);

describe('nextState', () => {
  it.each([
    ['running', 'succeed', 'succeeded'],
    ['running', 'hold', 'held'],
    ['running', 'fail', 'failed'],
    ['held', 'approve', 'succeeded'],
    ['held', 'reject', 'rejected'],
  ] as const)('takes %s by %s to %s', (state, event, next) => {
    expect(nextState(state, event)).toBe(next);
  });

  it('lets no event change a final state, and reaches one in at most two steps', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 8 }), (events) => {
        let state = RUN_STATES[0] as (typeof RUN_STATES)[number];
        let changes = 0;
        for (const event of events) {
          const before = state;
          try {
            state = nextState(state, event);
            changes++;
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
          if (FINAL.has(before)) expect(state).toBe(before);
        }
        expect(changes).toBeLessThanOrEqual(2);
      }),
    );
  });
});
