const whole = new Intl.NumberFormat('en-US');

export function withThousands(count: number): string {
  return whole.format(count);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes for people, in binary units. */
export function inBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}

/** How long something takes, in its two largest units. */
export function inTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

export function counted(number: number, word: string): string {
  return `${withThousands(number)} ${word}${number === 1 ? '' : 's'}`;
}

/** Day and minute of an ISO 8601 time, in UTC. */
export function minuteOf(time: string | null): string {
  return time?.slice(0, 16).replace('T', ' ') ?? '';
}
