import type { Pressure } from './pressure.js';

/** Shares of a limit, 0..1, from which pressure is `warn` and `limit`. */
export interface Thresholds {
  readonly warn: number;
  readonly limit: number;
}

/** How far below a threshold the share must fall before the level is left. */
const BAND = 0.05;

/** The next level: up at once, down only from a band below the threshold, by one or two levels as measured. */
export function nextPressure(current: Pressure, share: number, { warn, limit }: Thresholds): Pressure {
  if (share >= (current === 'limit' ? leaving(limit) : limit)) return 'limit';
  if (share >= (current === 'ok' ? warn : leaving(warn))) return 'warn';
  return 'ok';
}

/** A threshold smaller than the band could otherwise never be left. */
function leaving(threshold: number): number {
  return threshold - Math.min(BAND, threshold / 2);
}
