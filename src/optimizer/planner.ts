import { Injectable } from '@nestjs/common';
import { OptimizerConfig, PipelineConfig } from '../config/index.js';
import { MemoryManager, type Pressure } from '../memory/index.js';
import type { Strategy } from '../shared/index.js';
import type { OperationName } from './operation.js';
import { OperationRecord } from './operation-record.js';
import { adaptToOperation, adaptToRun, type Experience, writes } from './strategies/adaptive.js';
import { balanced } from './strategies/balanced.js';
import { quality } from './strategies/quality.js';
import type { AppliedStrategy, RunPlan, RunShape, StrategyChoice } from './strategies/run-plan.js';
import { speed } from './strategies/speed.js';

const SHAPES: Readonly<Record<AppliedStrategy, RunShape>> = { speed, balanced, quality };

/** How one operation is done, and why. */
export interface OperationPlan extends StrategyChoice {
  readonly candidates: number;
  readonly pressure: Pressure;
}

/** Chooses how work is done; does none itself. */
@Injectable()
export class Planner {
  private readonly experience: Experience = (op) => this.record.experience(op);

  constructor(
    private readonly config: OptimizerConfig,
    private readonly pipeline: PipelineConfig,
    private readonly memory: MemoryManager,
    private readonly record: OperationRecord,
  ) {}

  get pressure(): Pressure {
    return this.memory.pressure();
  }

  /** How a whole run is done. Pressure counts even where the optimizer is off: it is about staying alive. */
  forRun(requested: Strategy): RunPlan {
    const { pressure } = this;
    const choice = this.config.enabled
      ? chosen(requested, pressure, () => adaptToRun(this.pipeline.runTimeboxMs, this.experience))
      : (forced(pressure) ?? { strategy: 'balanced', reason: 'the optimizer is off' });
    return Object.freeze({
      ...SHAPES[choice.strategy],
      ...choice,
      requested,
      gate: this.config.gate,
      pressure,
    });
  }

  /** How one operation is done whose run has `remainingMs` milliseconds left. */
  forOperation(op: OperationName, requested: Strategy, remainingMs: number): OperationPlan {
    const { pressure } = this;
    const choice = chosen(requested, pressure, () => adaptToOperation(op, remainingMs, this.experience));
    return { ...choice, pressure, candidates: writes(op) ? SHAPES[choice.strategy].candidates : 1 };
  }
}

function chosen(requested: Strategy, pressure: Pressure, adapt: () => StrategyChoice): StrategyChoice {
  const choice = forced(pressure);
  if (choice !== null) return choice;
  return requested === 'adaptive' ? adapt() : { strategy: requested, reason: 'as requested' };
}

function forced(pressure: Pressure): StrategyChoice | null {
  return pressure === 'ok' ? null : { strategy: 'speed', reason: `memory pressure ${pressure}` };
}
