/** A time beyond the year 2100 is no time of anything that was written. */
const END_OF_TIMES_MS = Date.UTC(2101, 0, 1);
/** Nothing of these services is older than e-mail. */
const START_OF_TIMES_MS = Date.UTC(1971, 0, 1);
const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?[ ]?(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** ISO 8601 in UTC of milliseconds since 1970, or null for what is no likely time. */
export function isoTimeOfMs(epochMs: number): string | null {
  const isLikely = epochMs >= START_OF_TIMES_MS && epochMs < END_OF_TIMES_MS;
  return isLikely ? new Date(Math.round(epochMs)).toISOString() : null;
}

/** Reads a number as seconds since 1970 and a text as ISO 8601; a time without a zone counts as UTC. */
export function isoTimeOf(value: unknown): string | null {
  if (typeof value === 'number') return isoTimeOfMs(value * 1000);
  const parts = typeof value === 'string' ? ISO_TIME.exec(value.trim()) : null;
  if (parts === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offsetOf(zone)}`);
  return Number.isNaN(time) ? null : isoTimeOfMs(time);
}

function offsetOf(zone: string): string {
  if (/^(?:Z|UTC)$/i.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}
