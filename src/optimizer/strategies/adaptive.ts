import type { OperationName } from '../operation.js';
import type { StrategyChoice } from './run-plan.js';

/** What is known of an operation by its latest runs; null where there were none. */
export interface OperationExperience {
  /** How many durations the figures stand on. */
  readonly samples: number;
  /** Exponentially weighted mean duration. */
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
  /** How many texts were measured. */
  readonly scored: number;
  /** Mean overall QA score of the latest texts, 0..1. */
  readonly meanQa: number | null;
}

/** Looks up what is known of an operation. */
export type Experience = (op: OperationName) => OperationExperience;

/** Fewer durations than this say nothing about the next. */
const LEAST_SAMPLES = 8;
/** Below this mean, more effort is worth its time, where there is time. */
const LOW_QA = 0.6;
/** Alternatives lengthen a call; it must fit this often into the time that is left. */
const QUALITY_TIME_FACTOR = 4;

/** What of a run may still follow an operation, at most; a `generate` may be the first of three. */
const FOLLOWING: Readonly<Record<OperationName, readonly OperationName[]>> = {
  search: ['generate', 'generate', 'generate', 'revise', 'summarize'],
  generate: ['generate', 'generate', 'revise', 'summarize'],
  retrieve: ['generate', 'revise', 'summarize'],
  revise: ['summarize'],
  summarize: [],
  measure: [],
};
const WRITING: readonly OperationName[] = ['generate', 'revise', 'summarize'];

/** Whether alternatives can be written by an operation at all. */
export function writes(op: OperationName): boolean {
  return WRITING.includes(op);
}

/** The strategy for one operation, by what is known of it and the milliseconds its run has left. */
export function adaptToOperation(
  op: OperationName,
  remainingMs: number,
  experience: Experience,
): StrategyChoice {
  const { samples, p95Ms } = experience(op);
  if (samples < LEAST_SAMPLES || p95Ms === null) return balancedFor(`too little is known of ${op} yet`);
  const restMs = expectedMs(FOLLOWING[op], experience);
  const needMs = p95Ms + restMs;
  if (needMs > remainingMs) return speedFor(needMs, remainingMs);
  const hasTime = p95Ms * QUALITY_TIME_FACTOR + restMs <= remainingMs;
  return hasTime && isPoor(op, experience)
    ? qualityFor(op, experience)
    : balancedFor('time and quality suffice');
}

/** The strategy for a whole run, by what is known of its operations and the milliseconds it may take. */
export function adaptToRun(runMs: number, experience: Experience): StrategyChoice {
  if (experience('generate').samples < LEAST_SAMPLES)
    return balancedFor('too little is known of generate yet');
  const needMs = expectedMs(['search', ...FOLLOWING.search], experience);
  if (needMs > runMs) return speedFor(needMs, runMs);
  const hasTime = needMs * QUALITY_TIME_FACTOR <= runMs;
  return hasTime && isPoor('generate', experience)
    ? qualityFor('generate', experience)
    : balancedFor('time and quality suffice');
}

function expectedMs(operations: readonly OperationName[], experience: Experience): number {
  return operations.reduce((sum, op) => sum + (experience(op).meanMs ?? 0), 0);
}

function isPoor(op: OperationName, experience: Experience): boolean {
  const { scored, meanQa } = experience(op);
  return writes(op) && scored >= LEAST_SAMPLES && meanQa !== null && meanQa < LOW_QA;
}

function balancedFor(why: string): StrategyChoice {
  return { strategy: 'balanced', reason: `adaptive: ${why}` };
}

function speedFor(needMs: number, leftMs: number): StrategyChoice {
  const reason = `adaptive: about ${Math.round(needMs)} ms of work for ${Math.round(leftMs)} ms left`;
  return { strategy: 'speed', reason };
}

function qualityFor(op: OperationName, experience: Experience): StrategyChoice {
  const mean = (experience(op).meanQa ?? 0).toFixed(2);
  return { strategy: 'quality', reason: `adaptive: ${op} scored ${mean} of late and there is time` };
}
