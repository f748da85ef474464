import { z } from 'zod';
import { measurePoliteness } from '../../../src/qa/measures/politeness.measure.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { areaUnderCurve } from '../metrics/classification.js';
import { meanOf } from '../metrics/ranking.js';

const DATASET = 'style-politeness';
/** Accuracy of the published linguistic classifier, trained on each domain (Danescu-Niculescu-Mizil et al. 2013). */
const DOMAINS = [
  { domain: 'wikipedia', reference: 0.838 },
  { domain: 'stackexchange', reference: 0.782 },
] as const;
const NEUTRAL = 0.5;

const requestLine = z.object({
  text: z.string(),
  polite: z.union([z.literal(0), z.literal(1), z.null()]),
});

/** Tone: are the politest quarter of requests told from the rudest, with one rule for both domains? */
export function evaluateTone(data: DataFolder): EvalRow[] {
  return DOMAINS.filter(({ domain }) => data.has(DATASET, `${domain}.${data.split}.jsonl`)).flatMap(
    ({ domain, reference }) => {
      const quarters = data
        .read(requestLine, DATASET, `${domain}.${data.split}.jsonl`)
        .filter(({ polite }) => polite !== null)
        .map(({ text, polite }) => ({
          isPolite: polite === 1,
          score: measurePoliteness(text).score,
          length: text.split(/\s+/u).length,
        }));
      const share = (is: (each: (typeof quarters)[number]) => boolean) =>
        meanOf(quarters.map((each) => Number(is(each))));
      const area = (value: (each: (typeof quarters)[number]) => number) =>
        areaUnderCurve(quarters.map((each) => ({ score: value(each), positive: each.isPolite }))) ?? 0.5;
      const polite = share(({ isPolite }) => isPolite);
      const row = (metric: string, value: number, floor: number, published: number | null): EvalRow => ({
        measure: 'tone',
        dataset: `${DATASET}/${domain}`,
        split: data.split,
        metric,
        value,
        floor,
        reference: published,
        rows: quarters.length,
      });
      return [
        // The floor gives every request the commoner answer.
        row(
          'accuracy on the quarters',
          share(({ isPolite, score }) => isPolite === score > NEUTRAL),
          Math.max(polite, 1 - polite),
          reference,
        ),
        // The floor is length: the longer, the politer.
        row(
          'AUC',
          area(({ score }) => score),
          area(({ length }) => length),
          null,
        ),
        ...errorRows(quarters, row),
      ];
    },
  );
}

function errorRows(
  quarters: readonly { readonly isPolite: boolean; readonly score: number }[],
  row: (metric: string, value: number, floor: number, published: number | null) => EvalRow,
): EvalRow[] {
  const wrong = (isPolite: boolean) =>
    meanOf(
      quarters
        .filter((each) => each.isPolite === isPolite)
        .map(({ score }) => Number(score > NEUTRAL !== isPolite)),
    );
  return [
    row('polite taken as rude', wrong(true), 0.5, null),
    row('rude taken as polite', wrong(false), 0.5, null),
  ];
}
