import fc from 'fast-check';
import { SlidingWindow } from './sliding-window.js';

describe('SlidingWindow', () => {
  it('knows nothing before the first number', () => {
    const window = new SlidingWindow(3);
    expect([window.size, window.mean(), window.percentile(0.95)]).toEqual([0, null, null]);
  });

  it('speaks of the latest numbers only, whatever came before', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(0.01, 0.5, 0.95, 1),
    );
    fc.assert(
      fc.property(cases, ([capacity, numbers, share]) => {
        const window = new SlidingWindow(capacity);
        for (const number of numbers) window.add(number);
        const latest = numbers.slice(-capacity).sort((a, b) => a - b);
        expect(window.size).toBe(latest.length);
        expect(window.mean()).toBeCloseTo(latest.reduce((sum, each) => sum + each, 0) / latest.length);
        // Nearest rank: the least number that at least this share of all does not exceed.
        const atLeast = latest.find(
          (each) => latest.filter((other) => other <= each).length / latest.length >= share,
        );
        expect(window.percentile(share)).toBe(atLeast);
      }),
    );
  });
});
