import { z } from 'zod';
import type { DataFolder } from '../data-set.js';
import type { EvalDatabase } from '../eval-database.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf, recallAt } from '../metrics/ranking.js';

const documentLine = z.object({ id: z.string(), title: z.string().nullish(), text: z.string() });
const queryLine = z.object({ id: z.string(), text: z.string(), target: z.string() });

const DEPTH = 10;
/** The floor is OR with `ts_rank`, the reference AND: each the figure of plain PostgreSQL full-text search. */
const SETS = {
  'load-wordnet': { floor: 0.106, reference: 0.992 },
  'load-tweeteval': { floor: 0.994, reference: 0.975 },
} as const;

/** Three words of one document must find it among over a hundred thousand, or among the first `maxDocuments`. */
export async function evaluateKnownItems(
  data: DataFolder,
  database: EvalDatabase,
  maxDocuments: number,
  ablate = false,
): Promise<EvalRow[]> {
  const rows: EvalRow[] = [];
  for (const [dataset, bounds] of Object.entries(SETS)) {
    const queryFile = `queries.${data.split}.jsonl`;
    if (!data.has(dataset, queryFile)) continue;
    const documents = data.read(documentLine, dataset, 'docs.jsonl').slice(0, maxDocuments);
    await database.store(dataset, documents.map(documentOf));
    await database.settle();
    const stored = new Set(documents.map(({ id }) => id));
    const queries = data.read(queryLine, dataset, queryFile).filter(({ target }) => stored.has(target));
    const row = async (measure: string): Promise<EvalRow> => ({
      measure,
      dataset: `${dataset} (${documents.length})`,
      split: data.split,
      metric: `hit@${DEPTH}`,
      value: await hitShare(dataset, queries, database),
      ...bounds,
      rows: queries.length,
    });
    rows.push(await row('known item'));
    for (const sign of ablate ? database.signs() : [])
      rows.push(await database.without(sign, () => row(`known item without ${sign}`)));
  }
  return rows;
}

async function hitShare(
  ownerId: string,
  queries: readonly z.output<typeof queryLine>[],
  database: EvalDatabase,
): Promise<number> {
  const found: (number | null)[] = [];
  for (const { text, target } of queries)
    found.push(recallAt(await database.search(ownerId, text, { limit: DEPTH }), new Set([target]), DEPTH));
  return meanOf(found);
}

function documentOf({ id, title, text }: z.output<typeof documentLine>) {
  return {
    externalId: id,
    threadId: null,
    authorRole: 'other' as const,
    title: title ?? null,
    text,
    url: null,
    createdAt: null,
    tags: [],
    attachments: [],
  };
}
