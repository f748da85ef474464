import type { EngineName, Part } from '../options.js';
import { tableOf } from './table.js';

/** One measured figure; only those with a goal are judged. */
export interface Measurement {
  readonly part: Part | 'soak';
  readonly engine: EngineName;
  readonly measure: string;
  readonly value: string;
  readonly goal?: { readonly text: string; readonly met: boolean };
}

/** A ratio that must not pass a limit. */
export function atMost(limit: number, ratio: number): Pick<Measurement, 'value' | 'goal'> {
  return { value: ratio.toFixed(2), goal: { text: `≤ ${limit.toFixed(2)}`, met: ratio <= limit } };
}

/** A ratio that must reach a limit. */
export function atLeast(limit: number, ratio: number): Pick<Measurement, 'value' | 'goal'> {
  return { value: ratio.toFixed(2), goal: { text: `≥ ${limit.toFixed(2)}`, met: ratio >= limit } };
}

/** A count of what must not happen. */
export function isZero(count: number): Pick<Measurement, 'value' | 'goal'> {
  return { value: String(count), goal: { text: '0', met: count === 0 } };
}

/** Makes the measurements of one part on one engine. */
export type Row = (measure: string, value: Pick<Measurement, 'value' | 'goal'>) => Measurement;

export function rowsFor(part: Measurement['part'], engine: EngineName): Row {
  return (measure, value) => ({ part, engine, measure, ...value });
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
}

export function measurementTable(measurements: readonly Measurement[]): string {
  return tableOf(
    ['part', 'engine', 'measure', 'value', 'goal', 'verdict'],
    measurements.map(({ part, engine, measure, value, goal }) => [
      part,
      engine,
      measure,
      value,
      goal?.text ?? '',
      goal === undefined ? '' : goal.met ? 'met' : 'MISSED',
    ]),
  );
}
