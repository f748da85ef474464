import { Injectable } from '@nestjs/common';
import { MemoryConfig } from '../config/index.js';
import { MemoryManager } from './memory-manager.js';

/** What an operator is shown of memory. */
@Injectable()
export class MemoryService {
  constructor(
    private readonly manager: MemoryManager,
    private readonly config: MemoryConfig,
  ) {}

  report() {
    const now = this.manager.snapshot();
    const { warnPercent, limitPercent, sampleMs } = this.config;
    return {
      pressure: now.pressure,
      used_percent: Math.round(now.usedShare * 1_000) / 10,
      rss_bytes: now.rssBytes,
      limit_bytes: now.limitBytes,
      heap: {
        used_bytes: now.heapUsedBytes,
        resident_bytes: now.heapResidentBytes,
        limit_bytes: now.heapLimitBytes,
      },
      external_bytes: now.externalBytes,
      array_buffer_bytes: now.arrayBufferBytes,
      reusable_bytes: now.reusableBytes,
      event_loop_lag_ms: { p50: now.lag.p50Ms, p99: now.lag.p99Ms, max: now.lag.maxMs },
      measured_at: now.measuredAt.toISOString(),
      changed_at: now.changedAt.toISOString(),
      activations: now.activations,
      collections: { count: now.collections, last_pause_ms: now.lastPauseMs },
      thresholds: { warn_percent: warnPercent, limit_percent: limitPercent, sample_ms: sampleMs },
    };
  }
}
