import type { OperationName } from '../operation.js';
import { adaptToOperation, adaptToRun, type OperationExperience } from './adaptive.js';

const NONE: OperationExperience = { samples: 0, meanMs: null, p95Ms: null, scored: 0, meanQa: null };
const SECOND: OperationExperience = { samples: 8, meanMs: 1_000, p95Ms: 1_000, scored: 8, meanQa: 0.9 };
const POOR: OperationExperience = { ...SECOND, meanQa: 0.59 };

type Known = Partial<Record<OperationName, OperationExperience>>;
const ALL: Known = { search: SECOND, generate: SECOND, revise: SECOND, summarize: SECOND };
const known = (by: Known) => (op: OperationName) => by[op] ?? NONE;

describe('adaptToOperation', () => {
  // A generate is followed by at most two more, a revise and a summarize: 5 s in all where each takes one.
  it.each<[string, OperationName, number, Known, string, RegExp]>([
    ['nothing is known', 'generate', 60_000, {}, 'balanced', /too little is known of generate/],
    ['too little is known', 'generate', 1, { generate: { ...SECOND, samples: 7 } }, 'balanced', /too little/],
    ['the rest just fits', 'generate', 5_000, ALL, 'balanced', /suffice/],
    ['the rest does not fit', 'generate', 4_999, ALL, 'speed', /5000 ms of work for 4999 ms left/],
    ['the last one just fits', 'summarize', 1_000, ALL, 'balanced', /suffice/],
    ['the last one does not fit', 'summarize', 999, ALL, 'speed', /1000 ms of work/],
    [
      'only its slowest are slow',
      'measure',
      1_500,
      { measure: { ...SECOND, p95Ms: 2_000 } },
      'speed',
      /2000/,
    ],
    [
      'texts are poor and time is ample',
      'generate',
      8_000,
      { ...ALL, generate: POOR },
      'quality',
      /scored 0.59/,
    ],
    ['texts are poor and time is not', 'generate', 7_999, { ...ALL, generate: POOR }, 'balanced', /suffice/],
    ['texts are good and time is ample', 'generate', 60_000, ALL, 'balanced', /suffice/],
    [
      'few texts were measured',
      'generate',
      60_000,
      { ...ALL, generate: { ...POOR, scored: 7 } },
      'balanced',
      /suffice/,
    ],
    ['it writes nothing', 'search', 60_000, { ...ALL, search: POOR }, 'balanced', /suffice/],
    ['time is over', 'generate', 0, ALL, 'speed', /0 ms left/],
    ['time has no end', 'generate', Number.POSITIVE_INFINITY, ALL, 'balanced', /suffice/],
  ])('where %s', (_what, op, remainingMs, by, strategy, reason) => {
    const choice = adaptToOperation(op, remainingMs, known(by));
    expect(choice.strategy).toBe(strategy);
    expect(choice.reason).toMatch(/^adaptive: /);
    expect(choice.reason).toMatch(reason);
  });
});

describe('adaptToRun', () => {
  it.each<[string, number, Known, string]>([
    ['nothing is known', 1, {}, 'balanced'],
    ['a run just fits', 6_000, ALL, 'balanced'],
    ['a run does not fit', 5_999, ALL, 'speed'],
    ['texts are poor and time is ample', 24_000, { ...ALL, generate: POOR }, 'quality'],
    ['texts are poor and time is not', 23_999, { ...ALL, generate: POOR }, 'balanced'],
  ])('where %s', (_what, runMs, by, strategy) => {
    expect(adaptToRun(runMs, known(by)).strategy).toBe(strategy);
  });
});
