import { isoTimeOfMs } from '../import-time.js';

/** A time as somebody or some program wrote it. */
export interface WrittenTime {
  /** ISO 8601 in UTC. */
  readonly iso: string;
  /** False where UTC was assumed. */
  readonly hasZone: boolean;
}

/** English, and what German, French, Italian, Portuguese and Spanish feeds write instead. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen)/,
  /^(?:feb|fev|fév)/,
  /^(?:mar|mär|mrz)/,
  /^(?:apr|abr|avr)/,
  /^(?:may|mai|mag)/,
  /^(?:jun|juin|giu)/,
  /^(?:jul|juil|lug)/,
  /^(?:aug|ago|aoû|aou)/,
  /^(?:sep|set)/,
  /^(?:oct|okt|out|ott)/,
  /^nov/,
  /^(?:dec|dez|dic|déc)/,
];
/** Hours east of Greenwich. Letters of a zone that are not here count as UTC. */
const ZONES: Readonly<Record<string, number>> = {
  ...{
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    bst: 1,
    cet: 1,
    west: 1,
    cest: 2,
    eet: 2,
    eest: 3,
    msk: 3,
    ist: 5.5,
  },
  ...{
    jst: 9,
    kst: 9,
    aest: 10,
    aedt: 11,
    est: -5,
    edt: -4,
    cst: -6,
    cdt: -5,
    mst: -7,
    mdt: -6,
    pst: -8,
    pdt: -7,
  },
  ...{ akst: -9, akdt: -8, hst: -10, ast: -4, adt: -3, nst: -3.5, ndt: -2.5, et: -5, pt: -8 },
};
const ISO =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:(?:T|\s+)(\d{1,2}):?(\d{2})?(?::?(\d{2})(?:[.,]\d+)?)?\s*(.*))?$/i;
const CLOCK = /\b(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\b\.?)?/i;
const MAX_CHARS = 100;

/**
 * Reads a time in any of the forms that feeds, mails and exports have: ISO 8601 and its parts, RFC 822 and 850, what
 * `date` and `asctime` print, `May 5, 2004 at 3:00 pm`. Null for what is none.
 */
export function writtenTimeOf(value: string | null): WrittenTime | null {
  const text = (value ?? '').slice(0, MAX_CHARS).replaceAll(/\s+/g, ' ').trim();
  if (text === '') return null;
  return fromNumbers(text) ?? fromIso(text) ?? fromWords(text);
}

/** Seconds or milliseconds since 1970. */
function fromNumbers(text: string): WrittenTime | null {
  if (!/^\d{9,10}$|^\d{12,13}$/.test(text)) return null;
  const iso = isoTimeOfMs(Number(text) * (text.length <= 10 ? 1000 : 1));
  return iso === null ? null : { iso, hasZone: true };
}

function fromIso(text: string): WrittenTime | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', zone = ''] = match;
  return timeOf([year!, month, day, hour, minute, second].map(Number), zone);
}

function fromWords(text: string): WrittenTime | null {
  const clock = CLOCK.exec(text);
  const date =
    clock === null ? text : `${text.slice(0, clock.index)} ${text.slice(clock.index + clock[0].length)}`;
  const month = monthIn(date);
  const withoutZone = date.replace(/[+-]\d{2}:?\d{2}\b/, ' ');
  const numbers = withoutZone.match(/\d+/g) ?? [];
  if (month === -1 || numbers.length < 2) return null;
  const yearAt = numbers.findIndex((each) => each.length === 4);
  const year = numbers[yearAt === -1 ? 1 : yearAt]!;
  const day = numbers[yearAt === 0 ? 1 : 0]!;
  const hour = clock === null ? 0 : hourOf(Number(clock[1]), clock[4]);
  const zone = clock === null ? '' : zoneIn(text.slice(clock.index + clock[0].length));
  return timeOf(
    [fullYear(Number(year)), month + 1, Number(day), hour, Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0)],
    zone,
  );
}

/** The month next to a number rather than a weekday that begins alike (`mar`, `Sunday`); -1 where there is none. */
function monthIn(date: string): number {
  const found = [...date.toLowerCase().matchAll(/(\d[\s.,-]*(?:de )?)?(\p{L}{3,})/gu)]
    .map(([, number, word]) => ({
      isNext: number !== undefined,
      month: MONTHS.findIndex((each) => each.test(word!)),
    }))
    .filter(({ month }) => month !== -1);
  return (found.find(({ isNext }) => isNext) ?? found.at(-1))?.month ?? -1;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

/** Two digits as RFC 2822 reads them. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 50 ? year + 2000 : year + 1900;
}

function zoneIn(rest: string): string {
  return /[+-]\d{2}:?\d{2}\b/.exec(rest)?.[0] ?? /\b[A-Z]{1,4}\b/.exec(rest)?.[0] ?? '';
}

function timeOf(parts: readonly number[], zone: string): WrittenTime | null {
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const isClock = hour <= 24 && minute <= 59 && second <= 60;
  if (month < 1 || month > 12 || day < 1 || day > 31 || !isClock) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  // The 31st of a month of 30 days is no day.
  if (date.getUTCDate() !== day) return null;
  const offset = offsetHours(zone.trim());
  const ms = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59)) - (offset ?? 0) * 3_600_000;
  const iso = isoTimeOfMs(ms);
  return iso === null ? null : { iso, hasZone: offset !== null };
}

function offsetHours(zone: string): number | null {
  const numeric = /([+-])(\d{2}):?(\d{2})?/.exec(zone);
  if (numeric !== null) {
    const hours = Number(numeric[2]) + Number(numeric[3] ?? 0) / 60;
    return hours > 15 ? null : numeric[1] === '-' ? -hours : hours;
  }
  return ZONES[zone.toLowerCase().replaceAll('.', '')] ?? null;
}
