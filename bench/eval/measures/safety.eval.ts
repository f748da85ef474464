import { z } from 'zod';
import { detectPlantedInstructions, type InstructionSeverity } from '../../../src/qa/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf } from '../metrics/ranking.js';

export { evaluatePersonalData } from './personal-data.eval.js';

/** A set of jailbreaks has no labels: every line is one. A set of articles holds none. */
const textLine = z.object({
  text: z.string().optional(),
  document: z.string().optional(),
  injection: z.union([z.literal(0), z.literal(1)]).optional(),
});

interface Metric {
  readonly name: string;
  /** Among texts that hold an instruction, or among those that hold none. */
  readonly planted: 0 | 1;
  /** The share flagged, or the share left alone. */
  readonly counts: 'flagged' | 'left alone';
  readonly least: InstructionSeverity;
  /** Plain regular expressions of trigger words, on the other half (`INDEX.md` of the data). */
  readonly floor: number | null;
  /** InjecGuard on NotInject, and on its own benign and malicious sets (its README): the nearest that is published. */
  readonly reference: number | null;
}

interface InstructionSet {
  readonly dataset: string;
  /** What a line without a label is. */
  readonly unlabelled: 0 | 1;
  readonly metrics: readonly Metric[];
}

const recall = (floor: number | null, reference: number | null): Metric[] => [
  { name: 'recall', planted: 1, counts: 'flagged', least: 'suspected', floor, reference },
  { name: 'recall, certain only', planted: 1, counts: 'flagged', least: 'certain', floor, reference },
];
const falseAlarms = (floor: number | null, reference: number | null): Metric[] => [
  { name: 'false alarms', planted: 0, counts: 'flagged', least: 'suspected', floor, reference },
  { name: 'false alarms, certain only', planted: 0, counts: 'flagged', least: 'certain', floor, reference },
];
const accuracy = (floor: number | null, reference: number | null): Metric[] => [
  { name: 'accuracy', planted: 0, counts: 'left alone', least: 'suspected', floor, reference },
  { name: 'accuracy, certain only', planted: 0, counts: 'left alone', least: 'certain', floor, reference },
];

const INSTRUCTION_SETS: readonly InstructionSet[] = [
  { dataset: 'inj-bipia', unlabelled: 0, metrics: [...recall(0.015, null), ...falseAlarms(0.015, null)] },
  { dataset: 'inj-deepset', unlabelled: 0, metrics: [...recall(0.233, 0.774), ...falseAlarms(0, 0.143)] },
  { dataset: 'inj-inthewild-jailbreak', unlabelled: 1, metrics: recall(0.583, 0.774) },
  { dataset: 'inj-notinject', unlabelled: 0, metrics: accuracy(0.929, 0.873) },
  { dataset: 'inj-wildguard-benign', unlabelled: 0, metrics: accuracy(0.967, 0.857) },
  { dataset: 'sum-bbc', unlabelled: 0, metrics: falseAlarms(null, null) },
];

/** Instructions planted in texts, and harmless texts that sound like them; articles show what a reader's corpus costs. */
export function evaluatePlantedInstructions(data: DataFolder): EvalRow[] {
  return INSTRUCTION_SETS.filter(({ dataset }) => data.has(dataset, `${data.split}.jsonl`)).flatMap(
    ({ dataset, unlabelled, metrics }) => {
      const lines = data.read(textLine, dataset, `${data.split}.jsonl`).map((line) => {
        const found = detectPlantedInstructions(line.text ?? line.document ?? '', 'suspected');
        return {
          planted: line.injection ?? unlabelled,
          suspected: found.length > 0,
          certain: found.some(({ severity }) => severity === 'certain'),
        };
      });
      return metrics.flatMap(({ name, planted, counts, least, floor, reference }) => {
        const asked = lines.filter((line) => line.planted === planted);
        const value = meanOf(asked.map((line) => (line[least] === (counts === 'flagged') ? 1 : 0)));
        const place = { measure: 'planted instructions', dataset, split: data.split };
        return asked.length === 0
          ? []
          : [{ ...place, metric: name, value, floor, reference, rows: asked.length }];
      });
    },
  );
}
