import { isoTimeOfMs } from '../import-time.js';
import { zoneMinutes } from '../zone-minutes.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = /(?<![\d.])(\d{1,2})[:.](\d{2})[:.](\d{2})(?!\d)\s*([AP]M)?\s*(.*)$/iu;

export interface PageTime {
  readonly createdAt: string | null;
  /** Whether the zone, or the whole time, could not be read. */
  readonly isGuess: boolean;
}

/** Reads a time as the page writes it: `May 1, 2024, 10:00:00 AM CEST`, `01.05.2024, 10:00:00 MESZ`. */
export function pageTimeOf(line: string): PageTime {
  const text = line.replaceAll(/\s+/gu, ' ').trim();
  const clock = CLOCK.exec(text);
  const day = clock === null ? null : dayOf(text.slice(0, clock.index));
  if (clock === null || day === null) return { createdAt: null, isGuess: true };
  const [, hour, minute, second, half, zoneName = ''] = clock;
  const zone = zoneMinutes(zoneName.trim());
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const utc = Date.UTC(day.year, day.month - 1, day.day, hours, Number(minute) - (zone ?? 0), Number(second));
  return { createdAt: isoTimeOfMs(utc), isGuess: zone === null };
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day whose order of numbers is certain: named months, day first with dots, year first. */
function dayOf(text: string): Day | null {
  const named =
    /([A-Z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})/iu.exec(text) ??
    reordered(/(\d{1,2}) ([A-Z]{3})[a-z]*\.?,? (\d{4})/iu.exec(text));
  if (named !== null) {
    const month = MONTHS.indexOf(named[1]!.toLowerCase()) + 1;
    return month === 0 ? null : dayWith(named[3]!, month, named[2]!);
  }
  const dotted = /(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})/.exec(text);
  if (dotted !== null) return dayWith(dotted[3]!, Number(dotted[2]), dotted[1]!);
  const yearFirst = /(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})/.exec(text);
  return yearFirst === null ? null : dayWith(yearFirst[1]!, Number(yearFirst[2]), yearFirst[3]!);
}

function reordered(match: RegExpExecArray | null): readonly string[] | null {
  return match === null ? null : [match[0], match[2]!, match[1]!, match[3]!];
}

function dayWith(year: string, month: number, day: string): Day | null {
  return month >= 1 && month <= 12 ? { year: Number(year), month, day: Number(day) } : null;
}
