import { z } from 'zod';
import type { QaReport } from '../../../src/qa/index.js';
import { supportOfWhole } from '../../../src/qa/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import {
  acrossHalves,
  areaUnderCurve,
  pearson,
  type Scored,
  type Verdicts,
  verdictsAt,
} from '../metrics/classification.js';
import { evaluateAlteredFacts } from './altered-facts.eval.js';
import { plainOverlap, SourceChecker } from './source-checker.js';

const flag = z.union([z.literal(0), z.literal(1)]);
const ragTruthLine = z.object({
  source_id: z.string(),
  passages: z.string(),
  response: z.string(),
  hallucinated: z.union([flag, z.boolean()]),
});
const aggreFactLine = z.object({
  id: z.string(),
  document: z.string(),
  summary: z.string(),
  consistent: flag,
});
const factCcLine = z.object({ id: z.string(), document: z.string(), claim: z.string(), consistent: flag });
const qagsLine = z.object({
  id: z.string(),
  article: z.string(),
  sentences: z.array(z.object({ sentence: z.string(), supported: flag })),
  score: z.number(),
});

const MEASURE = 'grounding';

/** A text to judge, its source, and what people said of it. */
interface Case {
  readonly group: string;
  readonly source: string;
  readonly text: string;
  readonly positive: boolean;
}

interface Figure {
  readonly name: string;
  readonly of: (verdicts: Verdicts) => number;
}

interface GroundingSet {
  readonly dataset: string;
  readonly file: readonly string[];
  readonly cases: (data: DataFolder, file: readonly string[]) => Case[];
  readonly figure: Figure;
  /** Where `figure` is largest on the development half: of our measure and of plain overlap. */
  readonly thresholds: { readonly ours: number; readonly overlap: number };
  /** GPT-free published figures: Luna on RAGTruth-QA, FIZZ on AggreFact-FtSOTA. */
  readonly reference: number | null;
}

const F1: Figure = { name: 'F1 of unsupported', of: (verdicts) => verdicts.f1OfNegatives };
const BALANCED: Figure = { name: 'balanced accuracy', of: (verdicts) => verdicts.balancedAccuracy };

const aggreFact = (data: DataFolder, file: readonly string[]): Case[] =>
  data.read(aggreFactLine, ...file).map(({ document, summary, consistent }) => ({
    group: document,
    source: document,
    text: summary,
    positive: consistent === 1,
  }));

const SETS: readonly GroundingSet[] = [
  {
    dataset: 'ground-ragtruth-qa',
    file: [],
    cases: (data, file) =>
      data.read(ragTruthLine, ...file).map(({ source_id, passages, response, hallucinated }) => ({
        group: source_id,
        source: passages,
        text: response,
        positive: !hallucinated,
      })),
    figure: F1,
    thresholds: { ours: 0.21, overlap: 0.56 },
    reference: 0.513,
  },
  {
    dataset: 'ground-aggrefact-sota',
    file: ['cnndm'],
    cases: aggreFact,
    figure: BALANCED,
    thresholds: { ours: 0.69, overlap: 0.88 },
    reference: 0.726,
  },
  {
    dataset: 'ground-aggrefact-sota',
    file: ['xsum'],
    cases: aggreFact,
    figure: BALANCED,
    thresholds: { ours: 0.35, overlap: 0.54 },
    reference: 69.3 / 100,
  },
  {
    dataset: 'ground-factcc-val',
    file: [],
    cases: (data, file) =>
      data.read(factCcLine, ...file).map(({ document, claim, consistent }) => ({
        group: document,
        source: document,
        text: claim,
        positive: consistent === 1,
      })),
    figure: BALANCED,
    thresholds: { ours: 0.96, overlap: 0.96 },
    reference: null,
  },
];

/** Whether an output is supported by its source: what people said against what the measure says. */
export function evaluateGrounding(data: DataFolder): EvalRow[] {
  const checker = new SourceChecker();
  return [
    ...SETS.flatMap((set) => rowsOfSet(set, data, checker)),
    ...['cnndm', 'xsum'].flatMap((name) => rowsOfQags(name, data, checker)),
    ...evaluateAlteredFacts(data, checker),
  ].filter((row) => Number.isFinite(row.value));
}

function rowsOfSet(set: GroundingSet, data: DataFolder, checker: SourceChecker): EvalRow[] {
  const file = [set.dataset, [...set.file, data.split, 'jsonl'].join('.')];
  if (!data.has(...file)) return [];
  const cases = set.cases(data, file);
  const ours = cases.map((each) => ({
    ...each,
    score: wholeSupport(checker.report(each.text, each.source)),
  }));
  const floor = cases.map((each) => ({ ...each, score: plainOverlap(each.text, each.source) }));
  const row = rowMaker([set.dataset, ...set.file].join(' '), data.split, cases.length);
  const [verdicts, floorVerdicts] = [
    verdictsAt(ours, set.thresholds.ours),
    verdictsAt(floor, set.thresholds.overlap),
  ];
  return [
    row('AUC', areaUnderCurve(ours), areaUnderCurve(floor)),
    row(set.figure.name, set.figure.of(verdicts), set.figure.of(floorVerdicts), set.reference),
    row(
      `${set.figure.name}, threshold of the other half`,
      acrossHalves(ours, set.figure.of),
      acrossHalves(floor, set.figure.of),
    ),
    row('supported taken for unsupported', verdicts.missedPositives, floorVerdicts.missedPositives),
    row('unsupported taken for supported', verdicts.missedNegatives, floorVerdicts.missedNegatives),
  ];
}

/** Sentences of summaries with the votes of three people; the articles are tokenized, so that `26,000` is `26, 000`. */
function rowsOfQags(name: string, data: DataFolder, checker: SourceChecker): EvalRow[] {
  const file = ['ground-qags', `${name}.${data.split}.jsonl`];
  if (!data.has(...file)) return [];
  const lines = data
    .read(qagsLine, ...file)
    .map((line) => ({ ...line, article: line.article.replace(/(\d), (?=\d{3}(?!\d))/gu, '$1,') }));
  const scored = (score: (text: string, source: string) => number): Scored[] =>
    lines.flatMap(({ article, sentences }) =>
      sentences.map(({ sentence, supported }) => ({
        score: score(sentence, article),
        positive: supported === 1,
      })),
    );
  const support = (text: string, source: string) => wholeSupport(checker.report(text, source));
  const [ours, floor] = [scored(support), scored(plainOverlap)];
  const means = (score: (text: string, source: string) => number) =>
    lines.map(({ article, sentences }) => {
      const values = sentences.map(({ sentence }) => score(sentence, article));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  const votes = lines.map((line) => line.score);
  const row = rowMaker(`ground-qags ${name}`, data.split, ours.length);
  return [
    row('AUC of sentences', areaUnderCurve(ours), areaUnderCurve(floor), name === 'cnndm' ? 0.85 : 0.7),
    row(
      'Pearson of summaries',
      pearson(means(support), votes),
      pearson(means(plainOverlap), votes),
      name === 'cnndm' ? 0.545 : 0.175,
    ),
  ];
}

function wholeSupport(report: QaReport): number {
  return supportOfWhole(report.support);
}

function rowMaker(dataset: string, split: string, rows: number) {
  return (
    metric: string,
    value: number | null,
    floor: number | null,
    reference: number | null = null,
  ): EvalRow => ({
    measure: MEASURE,
    dataset,
    split,
    metric,
    value: value ?? Number.NaN,
    floor,
    reference,
    rows,
  });
}
