import type { Cache } from '../../src/cache/index.js';
import type { OptimizerConfig } from '../../src/config/index.js';
import type { MemoryManager, Pressure } from '../../src/memory/index.js';
import type { DecidedOperation } from '../../src/optimizer/operation.js';
import { OperationRecord } from '../../src/optimizer/operation-record.js';
import { Optimizer } from '../../src/optimizer/optimizer.js';
import { OptimizerOverview } from '../../src/optimizer/optimizer-overview.js';
import { Planner } from '../../src/optimizer/planner.js';
import { ResponseStore } from '../../src/optimizer/response-store.js';
import { UnfinishedWork } from '../../src/optimizer/unfinished-work.js';
import type { QaScores } from '../../src/qa/index.js';
import { Clock } from '../../src/shared/index.js';
import { Log, Metrics } from '../../src/telemetry/index.js';

/** Time that a spec sets: what the wall shows, and what has gone by. */
export class HandClock extends Clock {
  wallMs = Date.UTC(2026, 10, 22);
  goneMs = 0;

  /** Both go on together, as they do where nobody sets the wall clock. */
  advance(milliseconds: number): void {
    this.wallMs += milliseconds;
    this.goneMs += milliseconds;
  }

  now(): Date {
    return new Date(this.wallMs);
  }

  elapsedMs(): number {
    return this.goneMs;
  }
}

/** JSON in a map, as Redis would hold it, without limits. */
export class MapCache {
  readonly entries = new Map<string, string>();
  readonly ttls = new Map<string, number | undefined>();
  reads = 0;

  async get<T>(_namespace: string, key: string, read: (found: unknown) => T): Promise<T | null> {
    this.reads++;
    const found = this.entries.get(key);
    if (found === undefined) return null;
    try {
      return read(JSON.parse(found));
    } catch {
      return null;
    }
  }

  async set(_namespace: string, key: string, value: unknown, ttlMs?: number): Promise<void> {
    this.entries.set(key, JSON.stringify(value));
    this.ttls.set(key, ttlMs);
  }

  async delete(_namespace: string, key: string): Promise<void> {
    this.entries.delete(key);
  }
}

export function scores(over: Partial<QaScores> = {}): QaScores {
  return {
    coverage: 0.9,
    grounding: 0.9,
    tone: 0.9,
    diversity: 0.9,
    qa: 0.9,
    voiceMatch: null,
    ...over,
  } as QaScores;
}

export function optimizerSettings(over: Partial<OptimizerConfig> = {}): OptimizerConfig {
  return {
    enabled: true,
    strategy: 'balanced',
    timeboxMs: 20_000,
    cacheEnabled: true,
    cacheTtlMs: 1_000,
    gate: { minTone: 0, minStyle: 0, minOverall: 0, enforce: false },
    ...over,
  };
}

/** An operation whose results are strings; under pressure of no kind. */
export function anOperation(over: Partial<DecidedOperation<string>> = {}): DecidedOperation<string> {
  return {
    name: 'generate',
    strategy: 'balanced',
    key: 'k'.repeat(64),
    signal: new AbortController().signal,
    remainingMs: () => 60_000,
    alternatives: (result) => [result],
    score: () => null,
    read: (found) => {
      if (typeof found !== 'string') throw new TypeError('not a text');
      return found;
    },
    ...over,
  };
}

/** An optimizer put together by hand, with the levers a spec moves. */
export function anOptimizer(over: Partial<OptimizerConfig> = {}) {
  const config = optimizerSettings(over);
  const clock = new HandClock();
  const cache = new MapCache();
  const logged: string[] = [];
  const log = new Log({ logLevel: 'info', environment: 'test' }, { write: (line) => logged.push(line) });
  const levers: { pressure: Pressure } = { pressure: 'ok' };
  const memory = { pressure: () => levers.pressure } as MemoryManager;
  const metrics = new Metrics();
  const record = new OperationRecord(clock, metrics);
  const unfinished = new UnfinishedWork(log);
  const planner = new Planner(
    config,
    { runTimeboxMs: 60_000, contextMaxChars: 1_000, shutdownGraceMs: 0 },
    memory,
    record,
  );
  const responses = new ResponseStore(config, cache as unknown as Cache, memory, clock);
  const optimizer = new Optimizer(config, clock, planner, responses, record, unfinished);
  const overview = new OptimizerOverview(config, memory, record, unfinished);
  return {
    optimizer,
    overview,
    planner,
    record,
    responses,
    unfinished,
    clock,
    cache,
    levers,
    logged,
    metrics,
  };
}
