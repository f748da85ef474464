import { z } from 'zod';
import { isStopWord, keyphrasesIn, rankPhrases, termsOf } from '../../../src/shared/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf } from '../metrics/ranking.js';

const COUNT = 10;
const MAX_WORDS = 3;
/** The best published figure of an unsupervised method that INDEX.md of the data names. */
const SETS = {
  'kp-www': 0.172,
  'kp-kdd': 0.156,
  'kp-inspec': 0.365,
  'kp-500n-kpcrowd': 0.173,
  'kp-semeval2017': 0.329,
} as const;
const line = z.object({
  id: z.string(),
  title: z.string().nullish(),
  text: z.string(),
  keyphrases: z.array(z.string()),
});

interface Judged {
  readonly text: string;
  readonly wanted: ReadonlySet<string>;
}

/**
 * F1 of the first ten keyphrases, mean over the documents, exact after lower-casing and stemming. "As given" takes as
 * many as the product gives, at most ten, and its precision counts those; "always ten" takes what it would leave out too.
 */
export function evaluateKeyphrases(data: DataFolder): EvalRow[] {
  return Object.entries(SETS).flatMap(([dataset, reference]) => {
    if (!data.has(dataset, `${data.split}.jsonl`)) return [];
    const judged = data.read(line, dataset, `${data.split}.jsonl`).map(({ title, text, keyphrases }) => ({
      text: title ? `${title}\n${text}` : text,
      wanted: new Set(keyphrases.map(stemmed)),
    }));
    const floor = overAll(judged, tfIdf(judged));
    const row = (metric: string, phrasesOf: (text: string) => readonly string[]) => ({
      measure: 'keyphrases',
      dataset,
      split: data.split,
      metric,
      value: overAll(judged, phrasesOf),
      floor,
      reference,
      rows: judged.length,
    });
    return [
      row('F1@10, as given', (text) => keyphrasesIn(text, COUNT).map((phrase) => phrase.text)),
      row('F1@10, always ten', (text) =>
        rankPhrases(text)
          .slice(0, COUNT)
          .map((phrase) => phrase.text),
      ),
    ];
  });
}

function overAll(judged: readonly Judged[], phrasesOf: (text: string) => readonly string[]): number {
  return meanOf(judged.map(({ text, wanted }) => f1(phrasesOf(text), wanted)));
}

function f1(phrases: readonly string[], wanted: ReadonlySet<string>): number {
  const given = new Set(phrases.map(stemmed));
  const found = [...given].filter((phrase) => wanted.has(phrase)).length;
  return found === 0 ? 0 : (2 * found) / (given.size + wanted.size);
}

function stemmed(phrase: string): string {
  return termsOf(phrase)
    .map(({ stem }) => stem)
    .join(' ');
}

interface Run {
  /** As it first stands. */
  readonly text: string;
  readonly count: number;
}

/** The floor: runs of up to three words that begin and end with a content word, by frequency and rarity in the set. */
function tfIdf(judged: readonly Judged[]): (text: string) => readonly string[] {
  const runs = new Map(judged.map(({ text }) => [text, runsOf(text)] as const));
  const holding = new Map<string, number>();
  for (const each of runs.values())
    for (const key of each.keys()) holding.set(key, (holding.get(key) ?? 0) + 1);
  const weightOf = ([key, { count }]: readonly [string, Run]) =>
    count * Math.log(judged.length / holding.get(key)!);
  return (text) =>
    [...runs.get(text)!]
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, COUNT)
      .map(([, run]) => run.text);
}

function runsOf(text: string): ReadonlyMap<string, Run> {
  const terms = termsOf(text);
  const runs = new Map<string, Run>();
  for (let first = 0; first < terms.length; first++)
    for (let last = first; last < Math.min(terms.length, first + MAX_WORDS); last++) {
      const span = text.slice(terms[first]!.start, terms[last]!.end);
      if (/[.,;:()!?\n]/.test(span)) break;
      if (isStopWord(terms[first]!.stem) || isStopWord(terms[last]!.stem)) continue;
      const key = stemmed(span);
      const known = runs.get(key);
      runs.set(key, { text: known?.text ?? span, count: (known?.count ?? 0) + 1 });
    }
  return runs;
}
