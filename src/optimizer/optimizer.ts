import { Injectable } from '@nestjs/common';
import { OptimizerConfig } from '../config/index.js';
import { AppError, Clock, type Strategy, untilAborted } from '../shared/index.js';
import type {
  ArrangedResult,
  Arrangement,
  DecidedOperation,
  OperationLimits,
  ResultSource,
} from './operation.js';
import { OperationRecord, type OperationResult } from './operation-record.js';
import { type OperationPlan, Planner } from './planner.js';
import { asksForScores, bestOf, GATE_REFUSED, type Judged, refusal } from './quality-gate.js';
import { ResponseStore } from './response-store.js';
import { SingleFlight } from './single-flight.js';
import type { RunPlan } from './strategies/run-plan.js';
import { TIMEBOX_EXPIRED, Timebox } from './timebox.js';
import { UnfinishedWork } from './unfinished-work.js';

/** One caller's wish while it is being met. */
interface Task<T> {
  readonly operation: DecidedOperation<T>;
  readonly execute: (limits: OperationLimits) => Promise<T>;
  readonly recheck: (value: T) => boolean;
  readonly plan: OperationPlan;
  readonly timebox: Timebox;
}

interface Found<T> {
  readonly value: T;
  readonly source: ResultSource;
}

/** Arranges when, how often and how long decided work is done; what is done is not its to say. */
@Injectable()
export class Optimizer {
  private readonly flights = new SingleFlight();

  constructor(
    private readonly config: OptimizerConfig,
    private readonly clock: Clock,
    private readonly planner: Planner,
    private readonly responses: ResponseStore,
    private readonly record: OperationRecord,
    private readonly unfinished: UnfinishedWork,
  ) {}

  /** How a whole run is to be done, chosen at its start; null takes the configured strategy. */
  plan(requested: Strategy | null): RunPlan {
    return this.planner.forRun(requested ?? this.config.strategy);
  }

  /** How long results are kept, in milliseconds; 0 where none is. */
  get keepMs(): number {
    const { enabled, cacheEnabled, cacheTtlMs } = this.config;
    return enabled && cacheEnabled ? cacheTtlMs : 0;
  }

  /**
   * The result of an operation: kept, shared with an identical one, or by `execute`, which is called at most once.
   * `recheck` says whether this caller may use what was kept or shared; one that throws says no. Rejects with what
   * `execute` throws, `optimizer.timebox`, `optimizer.quality_gate`, or the reason of the run's signal.
   */
  async perform<T>(
    operation: DecidedOperation<T>,
    execute: (limits: OperationLimits) => Promise<T>,
    recheck: (value: T) => boolean,
  ): Promise<ArrangedResult<T>> {
    if (!this.config.enabled) return this.bare(operation, execute);
    operation.signal.throwIfAborted();
    const { name, strategy, remainingMs } = operation;
    const plan = this.planner.forOperation(name, strategy, remainingMs());
    const timebox = new Timebox(operation, this.config.timeboxMs, this.clock);
    const ended = this.begun(operation, plan);
    try {
      const { value, source } = await this.obtain({ operation, execute, recheck, plan, timebox });
      ended(source);
      return arranged(value, { ...plan, source, timeboxMs: timebox.limitMs });
    } catch (error) {
      ended(resultOf(error));
      throw error;
    } finally {
      timebox.close();
    }
  }

  /** A kept result, also one past its time, that may stand in for one that could not be had; null if there is none. */
  async recall<T>(
    operation: DecidedOperation<T>,
    recheck: (value: T) => boolean,
  ): Promise<ArrangedResult<T> | null> {
    operation.signal.throwIfAborted();
    if (!this.config.enabled) return null;
    const { name, strategy, remainingMs } = operation;
    const reason = 'a kept result stands in';
    const plan = { ...this.planner.forOperation(name, strategy, remainingMs()), reason, candidates: 1 };
    const ended = this.begun(operation, plan);
    const kept = await this.kept(operation, recheck, 'grace', 1);
    if (kept === null) return null;
    ended('cached');
    return arranged(kept.value, { ...plan, source: 'cached', timeboxMs: null });
  }

  private async bare<T>(
    { signal, remainingMs }: DecidedOperation<T>,
    execute: (limits: OperationLimits) => Promise<T>,
  ): Promise<ArrangedResult<T>> {
    const value = await execute(Object.freeze({ signal, remainingMs, candidates: 1 }));
    return arranged(value, {
      strategy: 'balanced',
      reason: 'the optimizer is off',
      source: 'executed',
      timeboxMs: null,
      candidates: 1,
      pressure: this.planner.pressure,
    });
  }

  private async obtain<T>(task: Task<T>): Promise<Found<T>> {
    const { operation, recheck, timebox } = task;
    if (operation.key === null) return { value: await this.execute(task), source: 'executed' };
    const { value: found, joined } = await this.flights.share(
      operation.key,
      timebox.signal,
      // The look-up is part of the flight: who comes between it and the end of another's work would do it again.
      () => this.lead(task),
      ({ value }) => holds(recheck, value),
    );
    return joined ? { value: found.value, source: 'joined' } : found;
  }

  private async lead<T>(task: Task<T>): Promise<Found<T>> {
    const { operation, recheck, plan, timebox } = task;
    // A caller that asked for the best of several is not given the only one of a time of pressure.
    const least = operation.strategy === 'quality' ? plan.candidates : 1;
    const kept = await untilAborted(this.kept(operation, recheck, 'fresh', least), timebox.signal);
    if (kept !== null) return { value: kept.value, source: 'cached' };
    return { value: await this.execute(task), source: 'executed' };
  }

  private async kept<T>(
    { key, read }: DecidedOperation<T>,
    recheck: (value: T) => boolean,
    horizon: 'fresh' | 'grace',
    candidates: number,
  ): Promise<{ readonly value: T } | null> {
    if (key === null) return null;
    const found = await this.responses.find(key, read, horizon, candidates);
    if (found === null || holds(recheck, found.value)) return found;
    await this.responses.forget(key);
    return null;
  }

  private async execute<T>(task: Task<T>): Promise<T> {
    const { operation, plan } = task;
    const result = await this.withinTime(task);
    const { value, scores, missed } = this.best(task, result);
    if (scores !== null) this.record.scored(operation.name, scores.qa);
    if (missed.length === 0) {
      if (operation.key !== null) await this.responses.keep(operation.key, value, plan.candidates);
      return value;
    }
    if (this.config.gate.enforce) throw refusal(operation.name, missed);
    return value;
  }

  /** At the timebox it is over for the caller, whether or not `execute` heeds its signal. */
  private async withinTime<T>({ operation, execute, plan, timebox }: Task<T>): Promise<T> {
    const { signal, remainingMs } = timebox;
    const startedMs = this.clock.elapsedMs();
    const took = () => this.record.executed(operation.name, this.clock.elapsedMs() - startedMs);
    const limits = Object.freeze({ signal, remainingMs, candidates: plan.candidates });
    const working = (async () => execute(limits))();
    try {
      const result = await untilAborted(working, signal);
      took();
      return result;
    } catch (error) {
      if (signal.aborted) this.unfinished.watch(operation.name, working);
      if (resultOf(error) === 'timebox') took();
      throw error;
    }
  }

  private best<T>({ operation, plan }: Task<T>, result: T): Judged<T> {
    const { gate } = this.config;
    const [first = result, ...others] = plan.candidates > 1 ? operation.alternatives(result) : [];
    // One alone is measured only where that decides something: measuring costs time.
    const matters = asksForScores(gate) || operation.strategy === 'adaptive';
    if (others.length === 0 && !matters) return { value: first, scores: null, missed: [] };
    return bestOf([first, ...others], operation.score, gate);
  }

  private begun(
    { name: op, strategy: requested }: Pick<DecidedOperation<unknown>, 'name' | 'strategy'>,
    { strategy, reason }: OperationPlan,
  ): (result: OperationResult) => void {
    const startedMs = this.clock.elapsedMs();
    return (result) => {
      const durationMs = this.clock.elapsedMs() - startedMs;
      this.record.ended({ op, strategy, requested, reason, result, durationMs });
    };
  }
}

function arranged<T>(
  value: T,
  { strategy, reason, source, timeboxMs, candidates, pressure }: Arrangement,
): ArrangedResult<T> {
  return { value, arrangement: { strategy, reason, source, timeboxMs, candidates, pressure } };
}

/** A check that fails has verified nothing: what it was to verify is not used. */
function holds<T>(recheck: (value: T) => boolean, value: T): boolean {
  try {
    return recheck(value);
  } catch {
    return false;
  }
}

function resultOf(error: unknown): OperationResult {
  if (!(error instanceof AppError)) return 'failed';
  if (error.code === TIMEBOX_EXPIRED) return 'timebox';
  return error.code === GATE_REFUSED ? 'gate' : 'failed';
}
