import fc from 'fast-check';
import { writtenTimeOf } from './written-time.js';

describe('writtenTimeOf', () => {
  it.each([
    ['2004-02-28T18:14:55Z', '2004-02-28T18:14:55.000Z'],
    ['2004-02-28T18:14:55.25-08:00', '2004-02-29T02:14:55.000Z'],
    ['2004-02-28 18:14:55 +0100', '2004-02-28T17:14:55.000Z'],
    ['20040228T181455Z', '2004-02-28T18:14:55.000Z'],
    ['Sat, 28 Feb 2004 18:14:55 GMT', '2004-02-28T18:14:55.000Z'],
    ['28 Feb 04 18:14 EST', '2004-02-28T23:14:00.000Z'],
    ['Mon, 28 February 2004 18:14:55 +02:00', '2004-02-28T16:14:55.000Z'],
    ['Saturday, 28-Feb-04 18:14:55 GMT', '2004-02-28T18:14:55.000Z'],
    ['Sat Feb 28 18:14:55 PST 2004', '2004-02-29T02:14:55.000Z'],
    ['mar, 28 fév 2004 18:14:55 +0000', '2004-02-28T18:14:55.000Z'],
    ['1077992095', '2004-02-28T18:14:55.000Z'],
    ['1077992095000', '2004-02-28T18:14:55.000Z'],
  ])('of %s is %s', (written, iso) => {
    expect(writtenTimeOf(written)).toEqual({ iso, hasZone: true });
  });

  it.each([
    ['2004', '2004-01-01T00:00:00.000Z'],
    ['2004-02', '2004-02-01T00:00:00.000Z'],
    ['2004-02-28', '2004-02-28T00:00:00.000Z'],
    ['2004-02-28 18:14:55', '2004-02-28T18:14:55.000Z'],
    ['Sat Feb 28 18:14:55 2004', '2004-02-28T18:14:55.000Z'],
    ['February 28, 2004 at 6:14 pm', '2004-02-28T18:14:00.000Z'],
    ['28 Feb 2004', '2004-02-28T00:00:00.000Z'],
  ])('takes %s for UTC', (written, iso) => {
    expect(writtenTimeOf(written)).toEqual({ iso, hasZone: false });
  });

  it.each([
    null,
    '',
    'soon',
    '0000-00-00 00:00:00',
    '2004-02-31',
    '1900-01-01',
    '2200-01-01',
    '99:99',
    '12/13',
  ])('takes %s for no time', (written) => {
    expect(writtenTimeOf(written)).toBeNull();
  });

  it('reads back every time that programs write, and never throws', () => {
    const years = { min: new Date('1972-01-01'), max: new Date('2099-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        date.setUTCMilliseconds(0);
        const times = [date.toISOString(), date.toUTCString()].map((text) => writtenTimeOf(text)?.iso);
        expect(times).toEqual([date.toISOString(), date.toISOString()]);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void writtenTimeOf(text)));
  });
});
