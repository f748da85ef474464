import { Injectable } from '@nestjs/common';
import { Clock, type Strategy } from '../shared/index.js';
import { Metrics } from '../telemetry/index.js';
import type { OperationName, ResultSource } from './operation.js';
import { SlidingWindow } from './sliding-window.js';
import type { OperationExperience } from './strategies/adaptive.js';
import type { AppliedStrategy } from './strategies/run-plan.js';

const LATENCIES = 256;
const SCORES = 64;
const CHOICES = 50;
/** Weight of the newest duration in the mean. */
const NEWEST = 0.2;

/** What became of an operation. */
export type OperationResult = ResultSource | 'timebox' | 'gate' | 'failed';

/** One operation as it was arranged; names no user and holds no text. */
export interface ChoiceMade {
  readonly at: string;
  readonly op: OperationName;
  readonly strategy: AppliedStrategy;
  readonly requested: Strategy;
  readonly reason: string;
  readonly result: OperationResult;
  readonly durationMs: number;
}

interface OperationHistory {
  readonly latencies: SlidingWindow;
  readonly scores: SlidingWindow;
  readonly byResult: Map<OperationResult, number>;
  readonly byStrategy: Map<AppliedStrategy, number>;
  meanMs: number | null;
}

/** Figures of one operation since the start; latencies are of its latest executions, in milliseconds. */
export interface OperationFigures extends OperationExperience {
  readonly op: OperationName;
  readonly byResult: Readonly<Partial<Record<OperationResult, number>>>;
  readonly byStrategy: Readonly<Partial<Record<AppliedStrategy, number>>>;
  readonly p50Ms: number | null;
}

const UNKNOWN: OperationExperience = { samples: 0, meanMs: null, p95Ms: null, scored: 0, meanQa: null };

/** Remembers, within bounds, how operations went in this process. */
@Injectable()
export class OperationRecord {
  private readonly histories = new Map<OperationName, OperationHistory>();
  private readonly choices: ChoiceMade[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** An operation ended, however it did. */
  ended(choice: Omit<ChoiceMade, 'at'>): void {
    const { op, strategy, result, durationMs } = choice;
    this.metrics.operationEnded(op, strategy, result, durationMs / 1_000);
    const history = this.of(op);
    history.byResult.set(result, (history.byResult.get(result) ?? 0) + 1);
    history.byStrategy.set(strategy, (history.byStrategy.get(strategy) ?? 0) + 1);
    this.choices.push({ at: this.clock.now().toISOString(), ...choice });
    if (this.choices.length > CHOICES) this.choices.shift();
  }

  /** An execution took this long; one cut off at its timebox counts with the time it had. */
  executed(op: OperationName, durationMs: number): void {
    const history = this.of(op);
    history.latencies.add(durationMs);
    history.meanMs =
      history.meanMs === null ? durationMs : history.meanMs + NEWEST * (durationMs - history.meanMs);
  }

  /** A text of this operation scored `qa`, 0..1, overall. */
  scored(op: OperationName, qa: number): void {
    this.of(op).scores.add(qa);
  }

  experience(op: OperationName): OperationExperience {
    const history = this.histories.get(op);
    return history ? experienceOf(history) : UNKNOWN;
  }

  figures(): readonly OperationFigures[] {
    return [...this.histories].map(([op, history]) => ({
      op,
      ...experienceOf(history),
      p50Ms: history.latencies.percentile(0.5),
      byResult: Object.fromEntries(history.byResult),
      byStrategy: Object.fromEntries(history.byStrategy),
    }));
  }

  /** The latest choices, newest first. */
  latest(): readonly ChoiceMade[] {
    return this.choices.toReversed();
  }

  private of(op: OperationName): OperationHistory {
    const known = this.histories.get(op);
    if (known) return known;
    const history: OperationHistory = {
      latencies: new SlidingWindow(LATENCIES),
      scores: new SlidingWindow(SCORES),
      byResult: new Map(),
      byStrategy: new Map(),
      meanMs: null,
    };
    this.histories.set(op, history);
    return history;
  }
}

function experienceOf({ latencies, scores, meanMs }: OperationHistory): OperationExperience {
  return {
    samples: latencies.size,
    meanMs,
    p95Ms: latencies.percentile(0.95),
    scored: scores.size,
    meanQa: scores.mean(),
  };
}
