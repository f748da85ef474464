import type { EngineName, Part } from '../options.js';
import { tableOf } from './table.js';

/** One measured figure; only those with a goal are judged. */
export interface Measurement {
  readonly part: Part;
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
