import type { QualityGateSettings } from '../config/index.js';
import type { QaScores } from '../qa/index.js';
import { AppError } from '../shared/index.js';

/** A result with what the gate says of it. */
export interface Judged<T> {
  readonly value: T;
  /** Null where nothing was measured. */
  readonly scores: QaScores | null;
  /** The scores that lie below their least; none means it passed. */
  readonly missed: readonly string[];
}

/** The code of a text that no alternative of was good enough. */
export const GATE_REFUSED = 'optimizer.quality_gate';

/** Whether the gate asks for anything. */
export function asksForScores({ minTone, minStyle, minOverall }: QualityGateSettings): boolean {
  return Math.max(minTone, minStyle, minOverall) > 0;
}

/** The best of some results, of which there is at least one: one that passes before one that does not, then by score. */
export function bestOf<T>(
  results: readonly [T, ...T[]],
  score: (result: T) => QaScores | null,
  gate: QualityGateSettings,
): Judged<T> {
  const [first, ...others] = results.map((value) => judged(value, score(value), gate)) as [
    Judged<T>,
    ...Judged<T>[],
  ];
  return others.reduce((best, each) => (compare(each, best) > 0 ? each : best), first);
}

/** What the stage is told, so that it asks its fallback. */
export function refusal(op: string, missed: readonly string[]): AppError {
  return new AppError(GATE_REFUSED, 'unprocessable', `No text of ${op} reached the least scores.`, {
    details: { op, missed },
  });
}

function judged<T>(value: T, scores: QaScores | null, gate: QualityGateSettings): Judged<T> {
  const lows = [
    ['tone', scores?.tone, gate.minTone],
    ['style', scores?.style, gate.minStyle],
    ['qa', scores?.qa, gate.minOverall],
  ] as const;
  const missed = lows.filter(([, score, least]) => typeof score === 'number' && !(score >= least));
  return { value, scores, missed: missed.map(([name]) => name) };
}

/** Above 0 where `a` is better; equals keep their order, which is the writer's. */
function compare(a: Judged<unknown>, b: Judged<unknown>): number {
  const passes = Number(a.missed.length === 0) - Number(b.missed.length === 0);
  if (passes !== 0) return passes;
  for (const name of ['qa', 'grounding', 'tone'] as const) {
    const difference = (a.scores?.[name] ?? -1) - (b.scores?.[name] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
