import { isoTimeOf, isoTimeOfMs } from '../import-time.js';
import { zoneMinutes } from '../zone-minutes.js';
import type { MailHeaders } from './mail-headers.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The clock stands before the year in what C's `asctime` writes. */
const RFC_TIME =
  /(\d{1,2})[ -]+([a-z]{3})[a-z]*\.?[ -]+(\d{2,4}),? +(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)? *([ap]m\b)? *([+-]\d{2}:?\d{2}|[a-z]{1,5}\b)?/i;
const C_TIME = /([a-z]{3}) +(\d{1,2}) +(\d{1,2}):(\d{2}):(\d{2}) +(?:([a-z]{2,5}|[+-]\d{4}) +)?(\d{4})/i;

const MAX_TIME_CHARS = 200;

export interface MailTime {
  readonly createdAt: string | null;
  /** Whether the time named no zone that is known, and was taken as UTC. */
  readonly isZoneGuessed: boolean;
}

/** When a message was sent; where that is no time, when it was received. */
export function mailTimeOf(headers: MailHeaders): MailTime {
  const sent = headers.all('date')[0] ?? '';
  const received = headers.all('received')[0] ?? '';
  for (const text of [sent, received.slice(received.lastIndexOf(';') + 1)]) {
    const time = timeIn(text);
    if (time.createdAt !== null) return time;
  }
  return { createdAt: null, isZoneGuessed: false };
}

function timeIn(text: string): MailTime {
  const line = text.slice(0, MAX_TIME_CHARS).replaceAll(/\s+/g, ' ');
  const rfc = RFC_TIME.exec(line);
  if (rfc !== null) {
    const [, day, month, year, hour, minute, second, half, zone] = rfc;
    return timeOf([year, month, day], [inFullDay(hour!, half), minute, second], zone);
  }
  const c = C_TIME.exec(line);
  if (c !== null) {
    const [, month, day, hour, minute, second, zone, year] = c;
    return timeOf([year, month, day], [hour, minute, second], zone);
  }
  return {
    createdAt: isoTimeOf(line.trim()),
    isZoneGuessed: !/(?:Z|UTC|[+-]\d\d:?\d\d)$/i.test(line.trim()),
  };
}

type Parts = readonly [string | undefined, string | undefined, string | undefined];

function timeOf(
  [year, month, day]: Parts,
  [hour, minute, second]: Parts,
  zoneName: string | undefined,
): MailTime {
  const monthIndex = MONTHS.indexOf((month ?? '').toLowerCase());
  const zone = zoneName === undefined ? null : zoneMinutes(zoneName);
  const isTime = monthIndex !== -1 && Number(day) <= 31 && Number(hour) < 24 && Number(minute) < 60;
  if (!isTime) return { createdAt: null, isZoneGuessed: false };
  const minutes = Number(minute) - (zone ?? 0);
  const utc = Date.UTC(fullYear(year!), monthIndex, Number(day), Number(hour), minutes, Number(second ?? 0));
  return { createdAt: isoTimeOfMs(utc), isZoneGuessed: zone === null };
}

/** RFC 5322: two digits below 50 are of this century, three count from 1900. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return year.length === 2 && number < 50 ? 2000 + number : 1900 + number;
}

function inFullDay(hour: string, half: string | undefined): string {
  if (half === undefined) return hour;
  return String((Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}
