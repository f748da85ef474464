import { z } from 'zod';
import { detectPersonalData, type PersonalDataType } from '../../../src/qa/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { SpanTally, type TypedSpan } from '../metrics/detection.js';

const DATASET = 'pii-presidio';
const personalDataLine = z.object({
  text: z.string(),
  spans: z.array(z.object({ type: z.string(), start: z.number(), end: z.number() })),
});
type Line = z.infer<typeof personalDataLine>;

/** The set's types by ours. Dates, ages, titles, trades, peoples, organisations and web sites we do not look for. */
const OURS: Readonly<Record<string, PersonalDataType>> = {
  EMAIL_ADDRESS: 'email',
  PHONE_NUMBER: 'phone_number',
  IP_ADDRESS: 'ip_address',
  CREDIT_CARD: 'payment_card',
  US_SSN: 'us_ssn',
  IBAN_CODE: 'iban',
  STREET_ADDRESS: 'postal_address',
  ZIP_CODE: 'postal_address',
  PERSON: 'person',
  GPE: 'place',
};

interface Figures {
  readonly recall: number | null;
  readonly precision: number | null;
}
const NONE: Figures = { recall: null, precision: null };

/**
 * Beside ours: the default Presidio analyser on all 1,500 sentences (presidio-research, notebook 4), and plain regular
 * expressions on the other half. For names the floor is computed: every run of capitalised words.
 */
const BESIDE: Readonly<Partial<Record<PersonalDataType, { floor: Figures; reference: Figures }>>> = {
  email: { floor: { recall: 1, precision: 1 }, reference: { recall: 1, precision: 1 } },
  phone_number: { floor: { recall: 0.88, precision: 0.47 }, reference: { recall: 0.25, precision: 0.41 } },
  ip_address: { floor: { recall: 1, precision: 0.9 }, reference: { recall: 0.93, precision: 1 } },
  payment_card: { floor: { recall: 0.91, precision: 0.99 }, reference: { recall: 0.77, precision: 1 } },
  us_ssn: { floor: { recall: 1, precision: 1 }, reference: { recall: 1, precision: 1 } },
  iban: { floor: { recall: 0.9, precision: 1 }, reference: { recall: 1, precision: 1 } },
  postal_address: { floor: NONE, reference: NONE },
  person: { floor: NONE, reference: { recall: 0.65, precision: 0.57 } },
  place: { floor: NONE, reference: { recall: 0.21, precision: 0.35 } },
};
const CAPITALISED = /\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*/gu;

/** Personal data by type, a finding counting where it overlaps a span of its type; and what masking leaves behind. */
export function evaluatePersonalData(data: DataFolder): EvalRow[] {
  if (!data.has(DATASET, `${data.split}.jsonl`)) return [];
  const lines = data.read(personalDataLine, DATASET, `${data.split}.jsonl`);
  const found = lines.map(({ text }) =>
    detectPersonalData(text).map(({ type, span }) => ({ type, ...span })),
  );
  const row = (
    metric: string,
    value: number,
    figures: readonly (number | null)[],
    rows: number,
  ): EvalRow => ({
    measure: 'personal data',
    dataset: DATASET,
    split: data.split,
    metric,
    value,
    floor: figures[0] ?? null,
    reference: figures[1] ?? null,
    rows,
  });
  const byType = Object.entries(BESIDE).flatMap(([type, beside]) => {
    const ours = tallyOf(lines, found, type);
    const floor = type === 'person' || type === 'place' ? capitalisedTally(lines, type) : beside.floor;
    return (['recall', 'precision'] as const).flatMap((metric) => {
      const value = ours[metric];
      const rows = metric === 'recall' ? ours.gold : ours.findings;
      return value === null
        ? []
        : [row(`${type} ${metric}`, value, [floor[metric], beside.reference[metric]], rows)];
    });
  });
  const masked = lines.map(({ text, spans }, index) => charactersOf(text, spans, found[index]!));
  const sum = (part: keyof Characters) => masked.reduce((total, each) => total + each[part], 0);
  return [
    ...byType,
    row('leakage', share(sum('goldLeft'), sum('gold')), [1, null], sum('gold')),
    row('masked needlessly', share(sum('otherMasked'), sum('other')), [0, null], sum('other')),
  ];
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function goldOf(spans: Line['spans']): TypedSpan[] {
  return spans.map(({ type, start, end }) => ({ type: OURS[type] ?? type, start, end }));
}

function tallyOf(lines: readonly Line[], found: readonly (readonly TypedSpan[])[], type: string): SpanTally {
  const tally = new SpanTally();
  for (const [index, { spans }] of lines.entries()) tally.add(goldOf(spans), found[index]!, type);
  return tally;
}

function capitalisedTally(lines: readonly Line[], type: string): SpanTally {
  const everyRun = lines.map(({ text }) =>
    [...text.matchAll(CAPITALISED)].map(({ index, 0: run }) => ({
      type,
      start: index,
      end: index + run.length,
    })),
  );
  return tallyOf(lines, everyRun, type);
}

interface Characters {
  readonly gold: number;
  readonly goldLeft: number;
  readonly other: number;
  readonly otherMasked: number;
}

/** Letters and digits inside and outside of the spans of the types we look for, and what masking does to them. */
function charactersOf(text: string, spans: Line['spans'], found: readonly TypedSpan[]): Characters {
  const wanted = spans.filter(({ type }) => type in OURS);
  const inside = (at: number, pieces: readonly { start: number; end: number }[]) =>
    pieces.some(({ start, end }) => at >= start && at < end);
  const places = [...text.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const gold = places.filter((at) => inside(at, wanted));
  const other = places.filter((at) => !inside(at, spans));
  return {
    gold: gold.length,
    goldLeft: gold.filter((at) => !inside(at, found)).length,
    other: other.length,
    otherMasked: other.filter((at) => inside(at, found)).length,
  };
}
