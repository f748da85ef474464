import { Injectable } from '@nestjs/common';
import { OptimizerConfig } from '../config/index.js';
import { MemoryManager } from '../memory/index.js';
import type { ResultSource } from './operation.js';
import { OperationRecord, type OperationResult } from './operation-record.js';
import { UnfinishedWork } from './unfinished-work.js';

/** What the optimizer of this process is set to, what it did, and why. */
@Injectable()
export class OptimizerOverview {
  constructor(
    private readonly config: OptimizerConfig,
    private readonly memory: MemoryManager,
    private readonly record: OperationRecord,
    private readonly unfinished: UnfinishedWork,
  ) {}

  read() {
    return {
      settings: this.settings(),
      pressure: this.memory.pressure(),
      still_running: this.unfinished.count,
      operations: this.record.figures().map(({ op, byResult, byStrategy, p50Ms, p95Ms, ...known }) => ({
        op,
        results: byResult,
        strategies: byStrategy,
        timeboxes_hit: byResult.timebox ?? 0,
        gate_refusals: byResult.gate ?? 0,
        latency: { samples: known.samples, p50_ms: p50Ms, p95_ms: p95Ms },
        qa: { samples: known.scored, mean: known.meanQa },
      })),
      choices: this.record.latest().map(({ durationMs, ...choice }) => ({
        ...choice,
        source: isSource(choice.result) ? choice.result : null,
        duration_ms: durationMs,
      })),
    };
  }

  private settings() {
    const { enabled, strategy, timeboxMs, cacheEnabled, cacheTtlMs, gate } = this.config;
    return {
      enabled,
      strategy,
      timebox_ms: timeboxMs,
      cache: { enabled: cacheEnabled, ttl_ms: cacheTtlMs },
      gate: {
        min_tone: gate.minTone,
        min_style: gate.minStyle,
        min_overall: gate.minOverall,
        enforce: gate.enforce,
      },
    };
  }
}

function isSource(result: OperationResult): result is ResultSource {
  return result === 'executed' || result === 'cached' || result === 'joined';
}
