import { asksWhen, periodOf, speaksOfTime } from './time-phrases.js';

/** Thursday. */
const AS_OF = '2023-06-15';

function days(text: string): string | null {
  const period = periodOf(text, AS_OF);
  const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
  return period && `${iso(period.from)} ${iso(period.until)}`;
}

describe('periodOf', () => {
  it.each([
    ['what did I plant on 7 May 2023?', '2023-05-07 2023-05-08'],
    ['the frost of May 7th, 2023', '2023-05-07 2023-05-08'],
    ['2023-05-07', '2023-05-07 2023-05-08'],
    ['in February 2023', '2023-02-01 2023-03-01'],
    ['in 2022', '2022-01-01 2023-01-01'],
    ['last May', '2023-05-01 2023-06-01'],
    ['in the end of July', '2022-07-01 2022-08-01'],
    ['in December', '2022-12-01 2023-01-01'],
    ['on the 7th of May', '2023-05-07 2023-05-08'],
    ['on December 24th', '2022-12-24 2022-12-25'],
    ['30 February 2023', '2023-02-01 2023-03-01'],
    ['yesterday', '2023-06-14 2023-06-15'],
    ['last week', '2023-06-05 2023-06-12'],
    ['this month', '2023-06-01 2023-07-01'],
    ['last year', '2022-01-01 2023-01-01'],
    ['two weeks ago', '2023-05-29 2023-06-05'],
    ['a couple of months ago', '2023-04-01 2023-05-01'],
    ['3 days ago', '2023-06-12 2023-06-13'],
    ['last Thursday', '2023-06-08 2023-06-09'],
    ['on Monday', '2023-06-12 2023-06-13'],
    ['last summer', '2023-06-01 2023-09-01'],
    ['in the winter of 2021', '2021-12-01 2022-03-01'],
    ['winter 2021', '2021-12-01 2022-03-01'],
  ])('reads %j', (text, expected) => {
    expect(days(text)).toBe(expected);
  });

  it.each(['may I ask', 'the march home', 'a model of 1', 'room 2023b', ''])(
    'finds no time in %j',
    (text) => {
      expect(days(text)).toBeNull();
    },
  );
});

it('asksWhen sees questions for a time', () => {
  for (const text of ['When did we move?', 'what year was it', 'Wann war das?', 'Quand est-ce ?'])
    expect(asksWhen(text)).toBe(true);
  for (const text of ['what did we move?', 'whenever', 'the quandary']) expect(asksWhen(text)).toBe(false);
});

it('speaksOfTime sees dates and words for times', () => {
  for (const text of ['we went yesterday', 'in March', 'on 3.4.2021', 'back in 2019', 'two days ago'])
    expect(speaksOfTime(text)).toBe(true);
  for (const text of ['it may rain', 'they march on', 'room 12', '']) expect(speaksOfTime(text)).toBe(false);
});
