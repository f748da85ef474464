import { z } from 'zod';
import { ExtractiveBackend } from '../../../src/provider/mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from '../../../src/provider/mvlm/mvlm.provider.js';
import { plainText, type Snippet, sha256Hex, splitSentences } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf } from '../metrics/ranking.js';
import { rouge1 } from '../metrics/rouge.js';

const articleLine = z.object({ id: z.string(), document: z.string(), summary: z.string() });
const postsLine = z.object({ id: z.string(), sentences: z.array(z.string()), gold: z.array(z.string()) });

/** One text to be summarized and what people made of it. */
interface Task {
  readonly id: string;
  readonly sentences: readonly string[];
  readonly wanted: readonly string[];
}

/** How a summary is asked for. */
interface Order {
  readonly metric: string;
  readonly prompt: (task: Task) => string;
  readonly maxWords: (task: Task) => number;
  /** The first sentences, as many as a person would take of this set. */
  readonly lead: (task: Task) => string;
  /** A published or measured figure at about this length. */
  readonly reference: number | null;
}

const nothing = () => '';
const headline = ({ sentences }: Task) => sentences[0] ?? '';
const wordsOf = (text: string) => text.match(/\S+/g)?.length ?? 0;
const share = (task: Task) => Math.round(0.45 * wordsOf(task.sentences.join(' ')));
/** What the product gives to a search (`retrieval`). */
const OWN_WORDS = 120;
const ARTICLE_WORDS = 60;
/** About two sentences of a post. */
const POST_WORDS = 30;

/** 45 % is the length of the summaries compared with; sentences by word frequency reach .763 there. */
const BBC: readonly Order[] = [
  { metric: 'ROUGE-1 F1 at 45 %', prompt: nothing, maxWords: share, lead: leadOf(share), reference: 0.763 },
  {
    metric: 'ROUGE-1 F1 at 45 %, the headline as prompt',
    prompt: headline,
    maxWords: share,
    lead: leadOf(share),
    reference: null,
  },
  {
    metric: `ROUGE-1 F1 at ${OWN_WORDS} words`,
    prompt: nothing,
    maxWords: () => OWN_WORDS,
    lead: leadOf(() => OWN_WORDS),
    reference: null,
  },
];
/** MEAD, the published extractive method, reaches .15; Opinosis, which writes anew, .33. */
const OPINOSIS: readonly Order[] = [
  {
    metric: `ROUGE-1 F1 at ${POST_WORDS} words`,
    prompt: nothing,
    maxWords: () => POST_WORDS,
    lead: ({ sentences }) => sentences.slice(0, 2).join(' '),
    reference: 0.15,
  },
];
/** Sentences by word frequency reach .322. */
const CNN: readonly Order[] = [
  {
    metric: `ROUGE-1 F1 at ${ARTICLE_WORDS} words`,
    prompt: nothing,
    maxWords: () => ARTICLE_WORDS,
    lead: ({ sentences }) => sentences.slice(0, 3).join(' '),
    reference: 0.322,
  },
];

/** Summaries of the product's own extractive backend against those that people made; the floor is the lead. */
export async function evaluateSummaries(data: DataFolder): Promise<EvalRow[]> {
  return [
    ...(await evaluateSet(data, 'sum-bbc', articlesOf, BBC)),
    ...(await evaluateSet(data, 'sum-opinosis', postsOf, OPINOSIS)),
    ...(await evaluateSet(data, 'sum-cnndm', articlesOf, CNN)),
  ];
}

async function evaluateSet(
  data: DataFolder,
  dataset: string,
  tasksOf: (data: DataFolder, dataset: string) => readonly Task[],
  orders: readonly Order[],
): Promise<EvalRow[]> {
  if (!data.has(dataset, `${data.split}.jsonl`)) return [];
  const tasks = tasksOf(data, dataset);
  const rows: EvalRow[] = [];
  for (const { metric, prompt, maxWords, lead, reference } of orders) {
    const values: number[] = [];
    for (const task of tasks) values.push(scoreOf(await summaryOf(task, prompt(task), maxWords(task)), task));
    rows.push({
      measure: 'summary',
      dataset,
      split: data.split,
      metric,
      value: meanOf(values),
      floor: meanOf(tasks.map((task) => scoreOf(lead(task), task))),
      reference,
      rows: tasks.length,
    });
  }
  return rows;
}

/** Mean over the summaries that people made of this text. */
function scoreOf(summary: string, { wanted }: Task): number {
  return meanOf(wanted.map((each) => rouge1(summary, each)));
}

function articlesOf(data: DataFolder, dataset: string): readonly Task[] {
  return data.read(articleLine, dataset, `${data.split}.jsonl`).map(({ id, document, summary }) => ({
    id,
    sentences: splitSentences(document).map(({ start, end }) =>
      document.slice(start, end).replace(/\s+/g, ' '),
    ),
    wanted: [summary],
  }));
}

function postsOf(data: DataFolder, dataset: string): readonly Task[] {
  return data
    .read(postsLine, dataset, `${data.split}.jsonl`)
    .map(({ id, sentences, gold }) => ({ id, sentences, wanted: gold }));
}

function leadOf(maxWords: (task: Task) => number): (task: Task) => string {
  return (task) => task.sentences.join(' ').split(/\s+/).slice(0, maxWords(task)).join(' ');
}

/** The one snippet backs the whole text. */
async function summaryOf({ id, sentences }: Task, prompt: string, maxWords: number): Promise<string> {
  const snippet = snippetOf(id, sentences.join('\n'));
  const summary = await new MvlmProvider(new ExtractiveBackend()).summarize(
    {
      role: 'summarizer',
      prompt,
      mode: 'writing',
      tone: 'neutral',
      style: 'formal',
      snippets: [snippet],
      text: sentences.map((text) => ({ text, snippetIds: [snippet.id], paragraph: 0 })),
      maxWords,
    },
    { signal: new AbortController().signal, reservationId: null },
  );
  return plainText(summary.value.text);
}

function snippetOf(id: string, text: string): Snippet {
  return {
    id: `s${id}`,
    text,
    score: 1,
    attribution: {
      documentId: id,
      corpus: 'published',
      source: 'eval',
      externalId: id,
      threadId: null,
      authorRole: 'other',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: sha256Hex(text),
    },
  };
}
