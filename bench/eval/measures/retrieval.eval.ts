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
  session: z.number().nullish(),
  date_time: z.string().nullish(),
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

/** What is asked of a set: its queries, each in a corpus of its own owner, and what is relevant to each. */
interface Asked {
  readonly set: string;
  readonly queries: readonly { readonly id: string; readonly text: string; readonly ownerId: string }[];
  readonly relevant: ReadonlyMap<string, ReadonlySet<string>>;
  /** The day each owner asks on. */
  readonly days: ReadonlyMap<string, string>;
}

/** Rankings of the product's search against judgements of relevance; with `ablate`, again without each sign. */
export async function evaluateRetrieval(
  data: DataFolder,
  database: EvalDatabase,
  ablate = false,
): Promise<EvalRow[]> {
  const rows: EvalRow[] = [];
  for (const [set, metrics] of Object.entries(SETS)) {
    if (!data.has(set, data.split, 'queries.jsonl')) continue;
    const asked = await storedSet(set, data, database);
    const measured = () => measuredRows(asked, metrics, data, database);
    rows.push(...(await measured()));
    if (!ablate) continue;
    for (const sign of database.signs()) {
      const without = await database.without(sign, measured);
      rows.push(...without.map((row) => ({ ...row, measure: `retrieval without ${sign}` })));
    }
  }
  return rows;
}

async function storedSet(set: string, data: DataFolder, database: EvalDatabase): Promise<Asked> {
  const groups = Map.groupBy(data.read(documentLine, set, 'corpus.jsonl'), (line) => line.conversation);
  const days = new Map<string, string>();
  for (const [conversation, lines] of groups) {
    const documents = lines.map((line, index) => documentOf(line, lines[index - 1]));
    await database.store(ownerOf(set, conversation), documents);
    const last = documents
      .flatMap((document) => document.createdAt ?? [])
      .sort()
      .at(-1);
    if (last !== undefined) days.set(ownerOf(set, conversation), dayAfter(last));
  }
  await database.settle();
  const lines = data.read(queryLine, set, data.split, 'queries.jsonl');
  return {
    set,
    queries: lines.map(({ id, text, conversation }) => ({ id, text, ownerId: ownerOf(set, conversation) })),
    relevant: data.judgements(set, data.split, 'qrels.tsv'),
    days,
  };
}

async function measuredRows(
  { set, queries, relevant, days }: Asked,
  metrics: readonly Metric[],
  data: DataFolder,
  database: EvalDatabase,
): Promise<EvalRow[]> {
  const ranked: Ranked[] = [];
  for (const { id, text, ownerId } of queries) {
    const ranking = await database.search(ownerId, text, { asOf: days.get(ownerId) });
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

/** As an importer would give it: who said it and when, in which talk, and after what. */
function documentOf(line: DocumentLine, before: DocumentLine | undefined): ImportedDocument {
  const { id, title, text, speaker, session, image_caption: caption } = line;
  const replyTo = session != null && before?.session === session ? before.id : undefined;
  return {
    externalId: id,
    threadId: session == null ? null : `session ${session}`,
    authorRole: 'other',
    title: title ?? null,
    text: caption ? `${text}\n${caption}` : text,
    url: null,
    createdAt: timeOf(line),
    tags: [],
    attachments: [],
    ...(speaker == null ? {} : { authorName: speaker }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** `1:56 pm on 8 May, 2023`, the time a session began; each turn of it a second after the one before. */
function timeOf({ id, date_time: text }: DocumentLine): string | null {
  const match = /^(\d+):(\d+) ([ap])m on (\d+) (\w+), (\d+)$/.exec(text ?? '');
  if (!match) return null;
  const [, hour, minute, half, day, month, year] = match;
  const midnight = Date.parse(`${day} ${month} ${year} UTC`);
  const minutes = ((Number(hour) % 12) + (half === 'p' ? 12 : 0)) * 60 + Number(minute);
  const turn = Number(/(\d+)$/.exec(id)?.[1] ?? 0);
  return new Date(midnight + minutes * 60_000 + turn * 1_000).toISOString();
}

function dayAfter(time: string): string {
  return new Date(Date.parse(time) + 86_400_000).toISOString().slice(0, 10);
}
