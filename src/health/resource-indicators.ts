import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { MemoryConfig } from '../config/index.js';
import { MemoryManager } from '../memory/index.js';
import { RunLeaseService } from '../pipeline/index.js';
import { Redis } from '../redis/index.js';
import { ProviderCondition } from './provider-condition.js';

/** How the things stand that a process can be short of and still answer. */
@Injectable()
export class ResourceIndicators {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly manager: MemoryManager,
    private readonly config: MemoryConfig,
    private readonly redis: Redis,
    private readonly providers: ProviderCondition,
    private readonly runs: RunLeaseService,
  ) {}

  /** Degraded from `warn` on. */
  memory() {
    const indicator = this.indicators.check('memory');
    const facts = this.memoryFacts();
    return this.manager.pressure() === 'ok' ? indicator.up(facts) : indicator.degraded(facts);
  }

  /** What makes the process unready: that it stops, and memory at its limit, where the operator wants that. */
  forReadiness() {
    if (this.runs.isShuttingDown)
      return [() => this.indicators.check('intake').down({ reason: 'the process is shutting down' })];
    if (!this.config.readyFailsAtLimit) return [];
    return [() => (this.manager.pressure() === 'limit' ? this.memoryDown() : this.memory())];
  }

  /** Nothing where no Redis is configured; everything works without it, so it is never down. */
  forRedis() {
    const state = this.redis.state();
    if (state === 'unused') return [];
    const indicator = this.indicators.check('redis');
    return [() => (state === 'up' ? indicator.up() : indicator.degraded())];
  }

  private memoryDown() {
    return this.indicators.check('memory').down(this.memoryFacts());
  }

  private memoryFacts() {
    const { pressure, rssBytes, limitBytes } = this.manager.snapshot();
    return {
      pressure,
      rss_bytes: rssBytes,
      limit_bytes: limitBytes,
      model_bytes: this.providers.weightsBytes(),
    };
  }
}
