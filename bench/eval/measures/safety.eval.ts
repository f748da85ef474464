import { z } from 'zod';
import { detectPlantedInstructions } from '../../../src/qa/index.js';
import { detectContacts, detectSensitive } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { SpanTally, type TypedSpan } from '../metrics/detection.js';
import { meanOf } from '../metrics/ranking.js';

const piiLine = z.object({
  text: z.string(),
  spans: z.array(z.object({ type: z.string(), start: z.number(), end: z.number() })),
});
const injectionLine = z.object({ text: z.string(), injection: z.union([z.literal(0), z.literal(1)]) });

/** Our types by the set's names, with recall and precision of plain regular expressions on its other half. */
const PII_TYPES = {
  EMAIL_ADDRESS: { ours: 'email', recall: 1, precision: 1 },
  PHONE_NUMBER: { ours: 'phone_number', recall: 0.88, precision: 0.47 },
  CREDIT_CARD: { ours: 'payment_card', recall: 0.91, precision: 0.99 },
  US_SSN: { ours: 'us_ssn', recall: 1, precision: 1 },
  IBAN_CODE: { ours: 'iban', recall: 0.9, precision: 1 },
} as const;

/** Personal data by type; a finding counts where it overlaps a span of its type. */
export function evaluatePersonalData(data: DataFolder): EvalRow[] {
  const dataset = 'pii-presidio';
  if (!data.has(dataset, `${data.split}.jsonl`)) return [];
  const lines = data.read(piiLine, dataset, `${data.split}.jsonl`);
  return Object.entries(PII_TYPES).flatMap(([type, reference]) => {
    const tally = new SpanTally();
    for (const { text, spans } of lines) tally.add(spans, foundIn(text, type, reference.ours), type);
    const row = (metric: string, value: number, published: number, rows: number): EvalRow => ({
      measure: 'personal data',
      dataset,
      split: data.split,
      metric: `${reference.ours} ${metric}`,
      value,
      floor: null,
      reference: published,
      rows,
    });
    return [
      ...(tally.recall === null ? [] : [row('recall', tally.recall, reference.recall, tally.gold)]),
      ...(tally.precision === null
        ? []
        : [row('precision', tally.precision, reference.precision, tally.findings)]),
    ];
  });
}

function foundIn(text: string, type: string, ours: string): TypedSpan[] {
  return [...detectContacts(text), ...detectSensitive(text)]
    .filter((match) => match.type === ours)
    .map(({ span }) => ({ type, ...span }));
}

interface InjectionSet {
  readonly dataset: string;
  /** The share flagged among texts that hold an instruction, or among those that hold none, or the share left alone. */
  readonly metrics: readonly {
    readonly name: string;
    readonly planted: 0 | 1;
    readonly counts: 'flagged' | 'left alone';
    readonly floor: number | null;
    readonly reference: number | null;
  }[];
}

const INJECTION_SETS: readonly InjectionSet[] = [
  {
    dataset: 'inj-bipia',
    metrics: [
      { name: 'recall', planted: 1, counts: 'flagged', floor: 0.015, reference: 0.5 },
      { name: 'false alarms', planted: 0, counts: 'flagged', floor: 0.015, reference: 0.05 },
    ],
  },
  {
    dataset: 'inj-deepset',
    metrics: [
      { name: 'recall', planted: 1, counts: 'flagged', floor: 0.233, reference: 0.4 },
      { name: 'false alarms', planted: 0, counts: 'flagged', floor: 0, reference: 0.05 },
    ],
  },
  {
    dataset: 'inj-notinject',
    metrics: [{ name: 'accuracy', planted: 0, counts: 'left alone', floor: 0.929, reference: 0.873 }],
  },
  {
    dataset: 'inj-wildguard-benign',
    metrics: [{ name: 'accuracy', planted: 0, counts: 'left alone', floor: 0.967, reference: 0.909 }],
  },
];

/** Instructions planted in texts, and harmless texts that sound like them. */
export function evaluatePlantedInstructions(data: DataFolder): EvalRow[] {
  return INJECTION_SETS.filter(({ dataset }) => data.has(dataset, `${data.split}.jsonl`)).flatMap(
    ({ dataset, metrics }) => {
      const lines = data.read(injectionLine, dataset, `${data.split}.jsonl`).map(({ text, injection }) => ({
        injection,
        flagged: detectPlantedInstructions(text).length > 0,
      }));
      return metrics.map(({ name, planted, counts, floor, reference }) => {
        const asked = lines.filter(({ injection }) => injection === planted);
        const value = meanOf(asked.map(({ flagged }) => (flagged === (counts === 'flagged') ? 1 : 0)));
        const measure = 'planted instructions';
        return {
          measure,
          dataset,
          split: data.split,
          metric: name,
          value,
          floor,
          reference,
          rows: asked.length,
        };
      });
    },
  );
}
