import { spendLimitReached } from './spend.errors.js';
import { nextUtcMidnight, utcDay, utcDayBefore } from './spend-day.js';

it.each([
  ['2026-11-22T00:00:00.000Z', '2026-11-22', '2026-11-23T00:00:00.000Z', 86_400],
  ['2026-11-22T23:59:59.999Z', '2026-11-22', '2026-11-23T00:00:00.000Z', 1],
  ['2026-12-31T23:30:00-02:00', '2027-01-01', '2027-01-02T00:00:00.000Z', 81_000],
  ['2028-02-28T12:00:00.000Z', '2028-02-28', '2028-02-29T00:00:00.000Z', 43_200],
])('%s lies in %s, which ends %s', (time, day, end, seconds) => {
  const now = new Date(time);
  expect(utcDay(now)).toBe(day);
  expect(nextUtcMidnight(now).toISOString()).toBe(end);
  expect(spendLimitReached('calls', now)).toMatchObject({
    retryAfterSeconds: seconds,
    details: { resets_at: end },
  });
});

it('counts days back over the end of a month', () => {
  expect(utcDayBefore(new Date('2026-03-01T10:00:00.000Z'), 29)).toBe('2026-01-31');
});
