import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AnalysisMemo, measureText, type QaInput } from '../../src/qa/index.js';
import { type Snippet, splitSentences } from '../../src/shared/index.js';
import type { EngineName } from '../options.js';
import type { Measurement } from '../report/measurement.js';
import { median } from '../report/statistics.js';

const OUTPUT_SENTENCES = 40;
const WARM_UP_RUNS = 20;
const TIMED_RUNS = 40;
/** English text has about this many characters a token. */
const CHARS_A_TOKEN = 4;

/** The shared analysis of a run's texts, and all measures on top of it, on the sample corpora. */
export function benchQa(root: string, engine: EngineName): Measurement[] {
  const input = inputFrom(sampleTexts(root));
  const read = [...input.snippets.map(({ text }) => text), ...input.output.map(({ text }) => text)];
  const thousands = read.join(' ').length / CHARS_A_TOKEN / 1000;
  for (let run = 0; run < WARM_UP_RUNS; run++) measureText({ ...input, memo: analysed(read) });
  const analysisMs: number[] = [];
  const measuresMs: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run++) {
    const started = performance.now();
    const memo = analysed(read);
    const between = performance.now();
    measureText({ ...input, memo });
    measuresMs.push((performance.now() - between) / thousands);
    analysisMs.push((between - started) / thousands);
  }
  const row = (measure: string, value: number): Measurement => ({
    part: 'qa',
    engine,
    measure: `${measure}, per 1,000 tokens of ${Math.round(thousands * 1000)} read`,
    value: `${value.toFixed(2)} ms`,
  });
  return [row('shared analysis', median(analysisMs)), row('all measures on top of it', median(measuresMs))];
}

function analysed(texts: readonly string[]): AnalysisMemo {
  const memo = new AnalysisMemo();
  for (const text of texts) void memo.text(text).support;
  return memo;
}

function sampleTexts(root: string): string[] {
  const folder = join(root, 'examples', 'published');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** An output that is near its sources and stands nowhere word for word: halves of neighbouring sentences. */
function inputFrom(texts: readonly string[]): QaInput {
  const snippets = texts.map((text, index): Snippet => snippetOf(`snippet-${index}`, text));
  const sentences = texts.flatMap((text) =>
    splitSentences(text).map(({ start, end }) => text.slice(start, end).split(' ')),
  );
  const output = sentences.slice(1, OUTPUT_SENTENCES + 1).map((words, index) => ({
    text: [
      ...words.slice(0, Math.ceil(words.length / 2)),
      ...sentences[index]!.slice(Math.ceil(sentences[index]!.length / 2)),
    ].join(' '),
    snippetIds: snippets.map(({ id }) => id),
    paragraph: 0,
  }));
  return {
    prompt: 'What did I write about heating and soil?',
    conceptWeights: new Map(),
    output,
    input: output,
    snippets,
    tone: 'neutral',
    keywords: ['heat pump'],
  };
}

function snippetOf(id: string, text: string): Snippet {
  return {
    id,
    text,
    score: 1,
    attribution: {
      documentId: id,
      corpus: 'published',
      source: 'markdown',
      externalId: id,
      threadId: null,
      authorRole: 'self',
      title: null,
      url: null,
      timestamp: null,
      span: { start: 0, end: text.length },
      documentHash: '0'.repeat(64),
    },
  };
}
