import { tableOf } from '../report/table.js';

export type Split = 'dev' | 'heldout';

/** One row of the evaluation. `floor` is what a trivial rule reaches, `reference` a published or measured figure. */
export interface EvalRow {
  readonly measure: string;
  readonly dataset: string;
  readonly split: string;
  readonly metric: string;
  readonly value: number;
  readonly floor: number | null;
  readonly reference: number | null;
  /** Queries, texts or spans behind the value. */
  readonly rows: number;
}

export function evalTable(rows: readonly EvalRow[]): string {
  const figure = (value: number | null) => (value === null ? '–' : value.toFixed(3));
  return tableOf(
    ['measure', 'dataset', 'split', 'metric', 'value', 'floor', 'reference', 'rows'],
    rows.map(({ measure, dataset, split, metric, value, floor, reference, rows: count }) => [
      measure,
      dataset,
      split,
      metric,
      figure(value),
      figure(floor),
      figure(reference),
      String(count),
    ]),
  );
}
