import { assert, boolean, integer, option, property, record } from 'fast-check';
import { retryAfterSeconds } from './retry-backoff.js';

const fault = record({
  retryable: boolean(),
  retryAfterSeconds: option(integer({ min: 0, max: 10_000 }), { nil: undefined }),
});

describe('retryAfterSeconds', () => {
  it('waits twice as long after each attempt, up to five minutes', () => {
    const waits = [1, 2, 3, 4, 7, 8, 19].map((attempts) =>
      retryAfterSeconds({ retryable: true, retryAfterSeconds: undefined }, attempts, 20),
    );
    expect(waits).toEqual([5, 10, 20, 40, 300, 300, 300]);
  });

  it('waits as long as the fault names, where that is longer', () => {
    const named = (seconds: number) =>
      retryAfterSeconds({ retryable: true, retryAfterSeconds: seconds }, 1, 3);
    expect([named(1), named(30), named(3_600)]).toEqual([5, 30, 300]);
  });

  it('ends with the last attempt, and at once where the fault would come again', () => {
    assert(
      property(fault, integer({ min: 1, max: 20 }), integer({ min: 1, max: 20 }), (given, attempts, most) => {
        const seconds = retryAfterSeconds(given, attempts, most);
        expect(seconds === null).toBe(!given.retryable || attempts >= most);
        if (seconds !== null) expect(seconds >= 5 && seconds <= 300).toBe(true);
      }),
    );
  });
});
