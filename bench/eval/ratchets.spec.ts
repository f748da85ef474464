import { join } from 'node:path';
import { DataFolder } from './data-set.js';
import type { EvalRow } from './eval-row.js';
import { evaluateGrounding } from './measures/grounding.eval.js';
import { evaluateKeyphrases } from './measures/keyphrase.eval.js';
import { evaluatePersonalData, evaluatePlantedInstructions } from './measures/safety.eval.js';
import { evaluateSummaries } from './measures/summary.eval.js';
import { evaluateTone } from './measures/tone.eval.js';
import { evaluateVoice } from './measures/voice.eval.js';

/** What each measure reaches on the lines written for this purpose; it may rise, and is never lowered. */
const LEAST: readonly (readonly [dataset: string, metric: string, least: number])[] = [
  ['ground-ragtruth-qa', 'AUC', 1],
  ['ground-aggrefact-sota cnndm', 'balanced accuracy', 1],
  ['ground-aggrefact-sota xsum', 'balanced accuracy', 1],
  ['ground-qags cnndm', 'AUC of sentences', 1],
  ['ground-qags xsum', 'AUC of sentences', 1],
  ['ground-aggrefact-sota xsum, facts altered', 'number found', 1],
  ['ground-aggrefact-sota xsum, facts altered', 'date found', 1],
  ['ground-aggrefact-sota xsum, facts altered', 'name found', 1],
  ['ground-aggrefact-sota xsum, facts altered', 'polarity found', 1],
  ['style-spooky', 'macro AUC', 1],
  ['style-sotu', 'macro AUC', 1],
  ['style-federalist', 'macro AUC', 1],
  ['style-politeness/wikipedia', 'accuracy on the quarters', 1],
  ['style-politeness/stackexchange', 'accuracy on the quarters', 1],
  ['kp-inspec', 'F1@10, as given', 0.5],
  ['kp-500n-kpcrowd', 'F1@10, as given', 0.66],
  ['kp-semeval2017', 'F1@10, as given', 0.66],
  ['inj-bipia', 'recall', 1],
  ['inj-deepset', 'recall', 1],
  ['inj-inthewild-jailbreak', 'recall', 1],
  ['inj-notinject', 'accuracy', 1],
  ['inj-wildguard-benign', 'accuracy', 1],
  ['pii-presidio', 'email recall', 1],
  ['pii-presidio', 'phone_number recall', 1],
  ['pii-presidio', 'payment_card recall', 1],
  ['pii-presidio', 'iban recall', 1],
  ['sum-bbc', 'ROUGE-1 F1 at 45 %', 0.3],
];
/** Alarms on texts that hold nothing. */
const MOST: readonly (readonly [dataset: string, metric: string, most: number])[] = [
  ['ground-factcc-val, true claims', 'contradictions: false alarms', 0],
  ['inj-bipia', 'false alarms', 0],
  ['inj-deepset', 'false alarms', 0],
];

describe('the measures on our own sample', () => {
  let rows: readonly EvalRow[];
  const value = (dataset: string, metric: string) =>
    rows.find((row) => row.dataset === dataset && row.metric === metric)?.value;

  beforeAll(async () => {
    const data = new DataFolder(join('bench', 'eval', 'sample'), 'dev');
    rows = [
      ...evaluateGrounding(data),
      ...evaluateKeyphrases(data),
      ...evaluatePersonalData(data),
      ...evaluatePlantedInstructions(data),
      ...(await evaluateSummaries(data)),
      ...evaluateTone(data),
      ...evaluateVoice(data),
    ];
  });

  it.each(LEAST)('%s, %s: at least %d', (dataset, metric, least) => {
    expect(value(dataset, metric)).toBeGreaterThanOrEqual(least);
  });

  it.each(MOST)('%s, %s: at most %d', (dataset, metric, most) => {
    expect(value(dataset, metric)).toBeLessThanOrEqual(most);
  });
});
