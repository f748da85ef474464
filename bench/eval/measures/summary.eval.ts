import { z } from 'zod';
import { ExtractiveBackend } from '../../../src/provider/mvlm/extractive/extractive.backend.js';
import { MvlmProvider } from '../../../src/provider/mvlm/mvlm.provider.js';
import {
  type CitedText,
  plainText,
  type Snippet,
  sha256Hex,
  splitSentences,
} from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf } from '../metrics/ranking.js';
import { rouge1 } from '../metrics/rouge.js';

const DATASET = 'sum-bbc';
const LENGTH_SHARE = 0.45;
const summaryLine = z.object({ id: z.string(), document: z.string(), summary: z.string() });
type SummaryLine = z.output<typeof summaryLine>;

/** Summaries at 45 % of the words, as long as those they are compared with. */
export async function evaluateSummaries(data: DataFolder): Promise<EvalRow[]> {
  if (!data.has(DATASET, `${data.split}.jsonl`)) return [];
  const lines = data.read(summaryLine, DATASET, `${data.split}.jsonl`);
  const scores: number[] = [];
  for (const line of lines) scores.push(rouge1(await summaryOf(line), line.summary));
  return [
    {
      measure: 'summary',
      dataset: DATASET,
      split: data.split,
      metric: 'ROUGE-1 F1 at 45 %',
      value: meanOf(scores),
      // The first sentences up to 45 % of the words; sentences by word frequency.
      floor: 0.658,
      reference: 0.763,
      rows: lines.length,
    },
  ];
}

/** The headline is what was asked for; the article is the text that its one snippet backs. */
async function summaryOf({ id, document }: SummaryLine): Promise<string> {
  const [headline = ''] = document.split('\n', 1);
  const snippet = snippetOf(id, document);
  const text: CitedText = splitSentences(document).map(({ start, end }) => ({
    text: document.slice(start, end).replace(/\s+/g, ' '),
    snippetIds: [snippet.id],
    paragraph: 0,
  }));
  const summary = await new MvlmProvider(new ExtractiveBackend()).summarize(
    {
      role: 'summarizer',
      prompt: headline,
      mode: 'writing',
      tone: 'neutral',
      style: 'formal',
      snippets: [snippet],
      text,
      maxWords: Math.round(LENGTH_SHARE * document.split(/\s+/).length),
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
