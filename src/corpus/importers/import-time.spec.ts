import fc from 'fast-check';
import { isoTimeOf, isoTimeOfMs } from './import-time.js';
import { zoneMinutes } from './zone-minutes.js';

describe('isoTimeOf', () => {
  it.each([
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    [1_700_000_000.5, '2023-11-14T22:13:20.500Z'],
    ['2024-05-01T10:00:00Z', '2024-05-01T10:00:00.000Z'],
    ['2024-05-01T10:00:00.123456Z', '2024-05-01T10:00:00.123Z'],
    ['2024-05-01T10:00:00+02:00', '2024-05-01T08:00:00.000Z'],
    ['2024-05-01 10:00:00 +0200', '2024-05-01T08:00:00.000Z'],
    ['2024-05-01 10:00:00 UTC', '2024-05-01T10:00:00.000Z'],
    ['2024-05-01 10:00', '2024-05-01T10:00:00.000Z'],
    ['2024-05-01', '2024-05-01T00:00:00.000Z'],
    ['2024-13-01', null],
    ['1900-01-01', null],
    ['2199-01-01', null],
    ['soon', null],
    [-5, null],
    [Number.NaN, null],
    [null, null],
    [{}, null],
  ])('of %p is %p', (value, expected) => {
    expect(isoTimeOf(value)).toBe(expected);
  });

  it('gives back every likely time', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1972-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        (date) => {
          expect(isoTimeOf(date.toISOString())).toBe(date.toISOString());
          expect(isoTimeOfMs(date.getTime())).toBe(date.toISOString());
        },
      ),
    );
  });
});

it.each([
  ['+0200', 120],
  ['-05:30', -330],
  ['GMT+2', 120],
  ['cest', 120],
  ['PST', -480],
  ['XYZ', null],
  ['', null],
])('the zone %p lies %p minutes east', (name, minutes) => {
  expect(zoneMinutes(name)).toBe(minutes);
});
