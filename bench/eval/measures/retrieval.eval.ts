import { z } from 'zod';
import type { ImportedDocument } from '../../../src/corpus/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalDatabase } from '../eval-database.js';
import type { EvalRow } from '../eval-row.js';
import { averagePrecision, meanOf, ndcgAt, recallAt } from '../metrics/ranking.js';

const documentLine = z.object({
  id: z.string(),
  title: z.string().nullish(),
  text: z.string(),
  conversation: z.string().nullish(),
  speaker: z.string().nullish(),
  image_caption: z.string().nullish(),
});
type DocumentLine = z.output<typeof documentLine>;
const queryLine = z.object({ id: z.string(), text: z.string(), conversation: z.string().nullish() });

interface Ranked {
  readonly ranking: readonly string[];
  readonly relevant: ReadonlySet<string>;
}

interface Metric {
  readonly name: string;
  readonly of: (ranked: Ranked) => number | null;
  /** The best of plain PostgreSQL full-text search on the same set (OR of words, `ts_rank`), where it was measured. */
  readonly floor: number | null;
  /** BM25 as published for the set or measured on it. */
  readonly reference: number | null;
}

const ndcg10 = ({ ranking, relevant }: Ranked) => ndcgAt(ranking, relevant, 10);
const recall = (depth: number) => (ranked: Ranked) => recallAt(ranked.ranking, ranked.relevant, depth);

const SETS: Readonly<Record<string, readonly Metric[]>> = {
  'ir-scifact': [
    { name: 'nDCG@10', of: ndcg10, floor: 0.465, reference: 0.679 },
    { name: 'recall@100', of: recall(100), floor: 0.786, reference: 0.925 },
  ],
  'ir-vaswani': [
    {
      name: 'MAP@100',
      of: ({ ranking, relevant }) => averagePrecision(ranking, relevant),
      floor: 0.204,
      reference: 0.2965,
    },
  ],
  'ir-cranfield': [{ name: 'nDCG@10', of: ndcg10, floor: 0.319, reference: 0.368 }],
  'ir-locomo': [
    { name: 'recall@5', of: recall(5), floor: null, reference: 0.526 },
    { name: 'recall@10', of: recall(10), floor: null, reference: 0.599 },
  ],
};

/** Rankings of the product's search against judgements of relevance. */
export async function evaluateRetrieval(data: DataFolder, database: EvalDatabase): Promise<EvalRow[]> {
  const rows: EvalRow[] = [];
  for (const [set, metrics] of Object.entries(SETS))
    if (data.has(set, data.split, 'queries.jsonl'))
      rows.push(...(await evaluateSet(set, metrics, data, database)));
  return rows;
}

async function evaluateSet(
  set: string,
  metrics: readonly Metric[],
  data: DataFolder,
  database: EvalDatabase,
): Promise<EvalRow[]> {
  const groups = Map.groupBy(data.read(documentLine, set, 'corpus.jsonl'), (line) => line.conversation);
  for (const [conversation, lines] of groups)
    await database.store(ownerOf(set, conversation), lines.map(documentOf));
  await database.settle();
  const relevant = data.judgements(set, data.split, 'qrels.tsv');
  const ranked: Ranked[] = [];
  for (const { id, text, conversation } of data.read(queryLine, set, data.split, 'queries.jsonl')) {
    const ranking = await database.search(ownerOf(set, conversation), text);
    ranked.push({ ranking, relevant: relevant.get(id) ?? new Set() });
  }
  const isEmpty = ({ ranking }: Ranked) => (ranking.length === 0 ? 1 : 0);
  const measured: readonly Metric[] = [
    ...metrics,
    { name: 'share without result', of: isEmpty, floor: null, reference: 0 },
  ];
  return measured.map(({ name, of, floor, reference }) => ({
    measure: 'retrieval',
    dataset: set,
    split: data.split,
    metric: name,
    value: meanOf(ranked.map(of)),
    floor,
    reference,
    rows: ranked.length,
  }));
}

/** Each conversation is a corpus of its own: its queries search inside it. */
function ownerOf(set: string, conversation: string | null | undefined): string {
  return conversation == null ? set : `${set}/${conversation}`;
}

function documentOf({ id, title, text, speaker, image_caption: caption }: DocumentLine): ImportedDocument {
  return {
    externalId: id,
    threadId: null,
    authorRole: 'other',
    title: title ?? speaker ?? null,
    text: caption ? `${text}\n${caption}` : text,
    url: null,
    createdAt: null,
    tags: [],
    attachments: [],
  };
}
