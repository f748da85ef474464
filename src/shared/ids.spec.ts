import { SystemClock } from './clock.js';
import { SystemIds } from './ids.js';

describe('SystemIds', () => {
  it('gives UUIDs of version 7 that sort in the order they were made', () => {
    const ids = new SystemIds();
    const made = Array.from({ length: 1_000 }, () => ids.next());
    expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('never gives the same id twice, however many makers there are', () => {
    const makers = Array.from({ length: 20 }, () => new SystemIds());
    const made = makers.flatMap((ids) => Array.from({ length: 1_000 }, () => ids.next()));
    expect(new Set(made).size).toBe(made.length);
  });
});

describe('SystemClock', () => {
  it('never goes backwards when it measures', () => {
    const clock = new SystemClock();
    const first = clock.elapsedMs();
    expect(clock.elapsedMs()).toBeGreaterThanOrEqual(first);
  });
});
