import fc from 'fast-check';
import { PRESSURES, type Pressure } from './pressure.js';
import { nextPressure, type Thresholds } from './pressure-level.js';

const SET = { warn: 0.8, limit: 0.9 };
const level = (pressure: Pressure) => PRESSURES.indexOf(pressure);
const pressure = fc.constantFrom(...PRESSURES);
const share = fc.double({ min: 0, max: 1.5, noNaN: true });
const thresholds = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
  .filter(([one, other]) => one !== other)
  .map(
    ([one, other]): Thresholds => ({ warn: Math.min(one, other) / 100, limit: Math.max(one, other) / 100 }),
  );

describe('nextPressure', () => {
  it.each<[Pressure, number, Pressure]>([
    ['ok', 0.79, 'ok'],
    ['ok', 0.8, 'warn'],
    ['ok', 0.9, 'limit'],
    ['warn', 0.9, 'limit'],
    ['warn', 0.76, 'warn'],
    ['warn', 0.74, 'ok'],
    ['limit', 0.86, 'limit'],
    ['limit', 0.84, 'warn'],
    ['limit', 0.74, 'ok'],
  ])('from %s at %f comes to %s', (current, at, next) => {
    expect(nextPressure(current, at, SET)).toBe(next);
  });

  it('never falls when the share rises', () => {
    fc.assert(
      fc.property(pressure, share, share, thresholds, (current, one, other, set) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(level(nextPressure(current, less, set))).toBeLessThanOrEqual(
          level(nextPressure(current, more, set)),
        );
      }),
    );
  });

  it('stays once it is settled: the same share never changes the level twice', () => {
    fc.assert(
      fc.property(pressure, share, thresholds, (current, at, set) => {
        const settled = nextPressure(current, at, set);
        expect(nextPressure(settled, at, set)).toBe(settled);
      }),
    );
  });

  it('does not flap: within a stretch narrower than the band it never comes down after it went up', () => {
    fc.assert(
      fc.property(
        pressure,
        fc.double({ min: 0.7, max: 0.95, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 0.0499, noNaN: true }), { minLength: 2 }),
        (current, from, offsets) => {
          const levels: Pressure[] = [current];
          for (const offset of offsets) levels.push(nextPressure(levels.at(-1)!, from + offset, SET));
          // The first step only settles a level that came from elsewhere.
          const steps = levels.slice(2).map((each, at) => level(each) - level(levels[at + 1]!));
          const wentUp = steps.findIndex((step) => step > 0);
          expect(wentUp === -1 ? [] : steps.slice(wentUp).filter((step) => step < 0)).toEqual([]);
        },
      ),
    );
  });

  it('goes up at once, to what a process without a past would have', () => {
    fc.assert(
      fc.property(pressure, share, thresholds, (current, at, set) => {
        expect(level(nextPressure(current, at, set))).toBeGreaterThanOrEqual(
          level(nextPressure('ok', at, set)),
        );
      }),
    );
  });

  it('comes back from anywhere, whatever the thresholds', () => {
    fc.assert(
      fc.property(pressure, thresholds, (current, set) => expect(nextPressure(current, 0, set)).toBe('ok')),
    );
  });
});
