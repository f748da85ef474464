import { join } from 'node:path';
import { DataFolder } from './data-set.js';
import { EvalDatabase } from './eval-database.js';
import type { EvalRow } from './eval-row.js';
import { evaluateKnownItems } from './measures/known-item.eval.js';
import { evaluateRetrieval } from './measures/retrieval.eval.js';

/** What the search reaches on the lines written for this purpose; it may rise, and is never lowered. */
const LEAST: readonly (readonly [dataset: string, metric: string, least: number])[] = [
  ['ir-scifact', 'nDCG@10', 1],
  ['ir-locomo', 'recall@5', 1],
  ['load-wordnet (12)', 'hit@10', 1],
];
const START_TIMEOUT_MS = 180_000;

describe('the search on our own sample', () => {
  let rows: readonly EvalRow[];

  beforeAll(async () => {
    const data = new DataFolder(join('bench', 'eval', 'sample'), 'dev');
    const database = await EvalDatabase.open(null);
    try {
      rows = [
        ...(await evaluateRetrieval(data, database)),
        ...(await evaluateKnownItems(data, database, 1_000)),
      ];
    } finally {
      await database.close();
    }
  }, START_TIMEOUT_MS);

  const value = (dataset: string, metric: string) =>
    rows.find((row) => row.dataset === dataset && row.metric === metric)?.value;

  it.each(LEAST)('%s, %s: at least %d', (dataset, metric, least) => {
    expect(value(dataset, metric)).toBeGreaterThanOrEqual(least);
  });

  it.each(['ir-scifact', 'ir-locomo'])('leaves no question of %s without a result', (dataset) => {
    expect(value(dataset, 'share without result')).toBe(0);
  });
});
