/** A stretch of time in milliseconds since 1970, end exclusive. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

const DAY_MS = 86_400_000;
const MONTH_NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** The month a season begins with, in the north. */
const SEASONS: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 };

const MONTH = `(${MONTH_NAMES.join('|')})`;
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '((?:19|20)\\d\\d)';
const COUNT = `(\\d{1,2}|an?|${NUMBERS.join('|')}|a couple of|a few|some)`;

type Reader = (groups: readonly string[], today: Date) => Period | null;

/** In order: the first that fits a text is read. */
const PHRASES: readonly (readonly [RegExp, Reader])[] = [
  [phrase(`${YEAR}-(\\d\\d)-(\\d\\d)`), ([y, m, d]) => day(Number(y), Number(m) - 1, Number(d))],
  [phrase(`${DAY} (?:of )?${MONTH},? ${YEAR}`), ([d, m, y]) => day(Number(y), monthOf(m!), Number(d))],
  [phrase(`${MONTH} ${DAY},? ${YEAR}`), ([m, d, y]) => day(Number(y), monthOf(m!), Number(d))],
  [phrase(`${MONTH},? (?:of |in )?${YEAR}`), ([m, y]) => months(Number(y), monthOf(m!), 1)],
  [
    phrase(`(spring|summer|autumn|fall|winter) (?:of |in )?${YEAR}`),
    ([s, y]) => months(Number(y), SEASONS[s!]!, 3),
  ],
  [phrase(`(?:in|during|of|since|from|around) ${YEAR}`), ([y]) => months(Number(y), 0, 12)],
  [phrase(`${COUNT} (day|week|month|year)s? ago`), ([count, unit], today) => ago(count!, unit!, today)],
  [phrase('(yesterday|last night)'), (_, today) => days(today, -1, 1)],
  [phrase('(today|tonight|this morning)'), (_, today) => days(today, 0, 1)],
  [phrase('(last|past|this) (week|month|year)'), ([which, unit], today) => recent(which!, unit!, today)],
  [phrase(`(?:last|on) (${DAY_NAMES.join('|')})`), ([name], today) => lastDay(name!, today)],
  [
    phrase('(?:last|this|in) (spring|summer|autumn|fall|winter)'),
    ([s], today) => lastMonths(SEASONS[s!]!, 3, today),
  ],
  [phrase(`${DAY} (?:of )?${MONTH}`), ([d, m], today) => dayOfMonth(m!, d!, today)],
  [phrase(`${MONTH} ${DAY}`), ([m, d], today) => dayOfMonth(m!, d!, today)],
  [
    phrase(`(?:in|last|this|during|of|since|by) (?:early |late |mid-?|the (?:\\w+ ){1,2}of )?${MONTH}`),
    ([name], today) => lastMonths(monthOf(name!), 1, today),
  ],
];

/** The time that a query speaks of, in English words, counted from `asOf` (`YYYY-MM-DD`); null where it names none. */
export function periodOf(text: string, asOf: string): Period | null {
  const today = new Date(`${asOf}T00:00:00.000Z`);
  const plain = text.toLowerCase().replace(/\s+/gu, ' ');
  for (const [pattern, read] of PHRASES) {
    const match = pattern.exec(plain);
    const period = match && read(match.slice(1), today);
    if (period) return period;
  }
  return null;
}

const ASKS_WHEN =
  /\b(?:when|what (?:date|day|month|year|time)|which (?:date|day|month|year)|how long ago|wann|quand|cuándo|quando|wanneer|när|hvornår|når)(?!\p{L})/iu;

/** Whether a query asks for a time. */
export function asksWhen(text: string): boolean {
  return ASKS_WHEN.test(text);
}

const SPEAKS_OF_TIME = new RegExp(
  `\\b(?:yesterday|today|tonight|tomorrow|recently|ago|since|${MONTH_NAMES.filter((name) => name !== 'may' && name !== 'march').join('|')}|${DAY_NAMES.join('|')}` +
    `|(?:last|next|this|past|previous|in|since) (?:few )?(?:week|month|year|night|summer|winter|spring|fall|autumn|weekend|may|march|mon|tue|wed|thu|fri|sat|sun)s?` +
    `|(?:19|20)\\d\\d|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4})\\b`,
  'iu',
);

/** Whether a text speaks of a time: a date, or words like "last week". */
export function speaksOfTime(text: string): boolean {
  return SPEAKS_OF_TIME.test(text);
}

function phrase(source: string): RegExp {
  return new RegExp(`\\b${source}\\b`, 'u');
}

function monthOf(name: string): number {
  return MONTH_NAMES.indexOf(name);
}

function day(year: number, month: number, date: number): Period | null {
  const from = Date.UTC(year, month, date);
  return date >= 1 && new Date(from).getUTCMonth() === month ? { from, until: from + DAY_MS } : null;
}

function days(today: Date, offset: number, count: number): Period {
  const from = today.getTime() + offset * DAY_MS;
  return { from, until: from + count * DAY_MS };
}

function months(year: number, month: number, count: number): Period {
  return { from: Date.UTC(year, month, 1), until: Date.UTC(year, month + count, 1) };
}

/** The last such months that have begun. */
function lastMonths(month: number, count: number, today: Date): Period {
  const year = today.getUTCFullYear() - (month > today.getUTCMonth() ? 1 : 0);
  return months(year, month, count);
}

/** The last such day of the year. */
function dayOfMonth(name: string, date: string, today: Date): Period | null {
  const month = lastMonths(monthOf(name), 1, today);
  return day(new Date(month.from).getUTCFullYear(), monthOf(name), Number(date));
}

function lastDay(name: string, today: Date): Period {
  const back = (today.getUTCDay() - DAY_NAMES.indexOf(name) + 6) % 7;
  return days(today, -back - 1, 1);
}

/** Counted loosely, as it is meant: two weeks ago is some day of that week. */
function ago(count: string, unit: string, today: Date): Period {
  const number = countOf(count);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (unit === 'day') return days(today, -number, 1);
  if (unit === 'week') return days(today, -7 * number - 3, 7);
  return unit === 'month' ? months(year, month - number, 1) : months(year - number, 0, 12);
}

function recent(which: string, unit: string, today: Date): Period {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const back = which === 'this' ? 0 : 1;
  const monday = -((today.getUTCDay() + 6) % 7);
  if (unit === 'week') return days(today, monday - 7 * back, 7);
  return unit === 'month' ? months(year, month - back, 1) : months(year - back, 0, 12);
}

function countOf(words: string): number {
  if (/^\d+$/.test(words)) return Number(words);
  if (words === 'a' || words === 'an') return 1;
  if (words === 'a couple of') return 2;
  return words === 'a few' || words === 'some' ? 3 : NUMBERS.indexOf(words);
}
