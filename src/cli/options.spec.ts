import { moment, sinceWords, wholeNumber } from './options.js';

it.each(['2026-01-31', '2026-01', '2026-01-31T10:00:00Z'])('reads %s as a moment', (text) => {
  expect(moment(text)).toBe(new Date(text).toISOString());
});

it.each([
  ['12h', 12],
  ['30d', 720],
  ['2w', 336],
  ['1y', 8_760],
])('reads %s as %d hours ago', (text, hours) => {
  const agoMs = Date.now() - Date.parse(moment(text));
  expect(Math.abs(agoMs - hours * 3_600_000)).toBeLessThan(60_000);
});

it.each(['', 'soon', '30', '1', '2026-13-45', '12x', '-1d'])('refuses %j', (text) => {
  expect(() => moment(text)).toThrow(/30d/);
});

it('leaves words that count from the day of the run to the API', () => {
  expect(sinceWords('30d')).toBe('30d');
  expect(sinceWords('2026-01-31')).toBe('2026-01-31T00:00:00.000Z');
  expect(() => sinceWords('12h')).toThrow(/days/);
});

it('takes no blank for a number', () => {
  expect(() => wholeNumber(0, 5)('')).toThrow(/whole number/);
  expect(wholeNumber(0, 5)('5')).toBe(5);
});
