import { likenessTo, piecesOf, scoreVoice } from '../../../src/qa/voice/index.js';
import type { DataFolder } from '../data-set.js';
import type { EvalRow } from '../eval-row.js';
import { meanOf } from '../metrics/ranking.js';
import {
  backgroundWithout,
  macroArea,
  type Trial,
  trialsOf,
  VOICE_SETS,
  type VoiceSet,
} from './voice-trials.js';

const CURVE_WORDS = [100, 250, 500, 1_000] as const;
/** Pieces of the curve are thinned out evenly to this many. */
const MAX_PIECES = 1_000;
/** Each of them is compared with every author. */
const MAX_CALIBRATION_PIECES = 250;
const CALIBRATED_WORDS = 250;
const LOWEST_TENTH = 0.1;

/** Voice: do an author's texts look more like the author than others' do, and are percentiles what they say? */
export function evaluateVoice(data: DataFolder): EvalRow[] {
  return VOICE_SETS.filter(
    ({ dataset }) => data.has(dataset, 'dev.jsonl') && data.has(dataset, `${data.split}.jsonl`),
  ).flatMap((set) => {
    const trials = trialsOf(data, set);
    const background = backgroundWithout(set);
    return [
      row(set, data, 'macro AUC', mean(trials, macroArea), trials, set),
      ...(background === null
        ? []
        : [
            row(
              set,
              data,
              'macro AUC, background without this set',
              mean(trialsOf(data, set, background), macroArea),
              trials,
              set,
            ),
          ]),
      ...curve(set, data, trials),
      ...calibration(set, data, trials),
      ...disputed(set, data, trials),
    ].filter((each) => each !== null);
  });
}

function row(
  { dataset }: VoiceSet,
  { split }: DataFolder,
  metric: string,
  value: number | null,
  trials: readonly Trial[],
  { floor, reference }: { readonly floor: number | null; readonly reference: number | null },
): EvalRow | null {
  if (value === null) return null;
  const rows = trials.reduce((sum, { tests }) => sum + tests.length, 0);
  return { measure: 'voice', dataset, split, metric, value, floor, reference, rows };
}

function curve(set: VoiceSet, data: DataFolder, trials: readonly Trial[]): (EvalRow | null)[] {
  return CURVE_WORDS.map((wordCount) => {
    const cut = trials.map((trial) => cutTests(trial, wordCount));
    // Pure chance: nothing but length is equal here, and no figure of others is known.
    return row(set, data, `macro AUC, ${wordCount} words`, mean(cut, macroArea), cut, {
      floor: 0.5,
      reference: null,
    });
  });
}

/** How often the percentile of a piece is in the lowest tenth: of own pieces a tenth should be, of others' many. */
function calibration(set: VoiceSet, data: DataFolder, trials: readonly Trial[]): (EvalRow | null)[] {
  const cut = trials.map((trial) => cutTests(trial, CALIBRATED_WORDS, MAX_CALIBRATION_PIECES));
  const low = (isOwn: boolean) => (trial: Trial) => {
    const found = [...trial.models].flatMap(([author, model]) =>
      trial.tests
        .filter((test) => (test.author === author) === isOwn)
        .map((test) => scoreVoice(model, test.text).score)
        .filter((score) => score !== null),
    );
    return found.length === 0 ? null : meanOf(found.map((score) => Number(score < LOWEST_TENTH)));
  };
  const metric = (whose: string) => `${whose} pieces in the lowest tenth, ${CALIBRATED_WORDS} words`;
  return [
    row(set, data, metric('own'), mean(cut, low(true)), cut, { floor: null, reference: LOWEST_TENTH }),
    row(set, data, metric("others'"), mean(cut, low(false)), cut, { floor: LOWEST_TENTH, reference: null }),
  ];
}

/** The disputed papers, which Mosteller and Wallace (1964) give to Madison, all twelve. */
function disputed(set: VoiceSet, data: DataFolder, trials: readonly Trial[]): (EvalRow | null)[] {
  const share = ({ models, tests }: Trial) => {
    const found = tests
      .filter(({ author }) => author === 'disputed')
      .map(({ text }) => {
        const like = [...models].map(([author, model]) => ({ author, likeness: likenessTo(model, text) }));
        return like.toSorted((one, other) => other.likeness - one.likeness)[0]?.author;
      });
    return found.length === 0 ? null : meanOf(found.map((author) => Number(author === 'madison')));
  };
  return [
    row(set, data, 'disputed papers nearer to Madison', mean(trials, share), trials, {
      floor: 0.5,
      reference: 1,
    }),
  ];
}

function cutTests({ models, tests }: Trial, wordCount: number, maxPieces = MAX_PIECES): Trial {
  const byAuthor = new Map<string, string[]>();
  for (const { author, text } of tests) byAuthor.set(author, [...(byAuthor.get(author) ?? []), text]);
  const pieces = [...byAuthor].flatMap(([author, texts]) =>
    piecesOf(texts, wordCount).map((text) => ({ author, text })),
  );
  const step = Math.max(1, Math.ceil(pieces.length / maxPieces));
  return { models, tests: pieces.filter((_, at) => at % step === 0) };
}

function mean(trials: readonly Trial[], value: (trial: Trial) => number | null): number | null {
  const values = trials.map((trial) => value(trial)).filter((each) => each !== null);
  return values.length === 0 ? null : meanOf(values);
}
