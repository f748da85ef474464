import { SpanTally } from './detection.js';

const span = (type: string, start: number, end: number) => ({ type, start, end });

describe('SpanTally', () => {
  it('counts overlaps of the same type only', () => {
    const tally = new SpanTally();
    const gold = [span('phone', 0, 10), span('phone', 20, 30), span('email', 40, 50)];
    const found = [span('phone', 5, 12), span('phone', 40, 50)];
    tally.add(gold, found, 'phone');
    expect(tally.recall).toBe(0.5);
    expect(tally.precision).toBe(0.5);
  });

  it('does not take spans that only touch for the same', () => {
    const tally = new SpanTally();
    tally.add([span('phone', 0, 10)], [span('phone', 10, 20)], 'phone');
    expect([tally.recall, tally.precision]).toEqual([0, 0]);
  });

  it('says nothing where there is nothing to measure', () => {
    const tally = new SpanTally();
    tally.add([], [], 'phone');
    expect([tally.recall, tally.precision]).toEqual([null, null]);
  });
});
