import { Injectable } from '@nestjs/common';
import { DatabaseConfig, packageInfo, ServerConfig } from '../config/index.js';
import { GovernanceService } from '../governance/index.js';
import { MemoryManager } from '../memory/index.js';
import { ProviderCondition } from './provider-condition.js';

/** What this process is: facts for an operator, no secrets and no hosts. */
@Injectable()
export class StatusService {
  constructor(
    private readonly server: ServerConfig,
    private readonly database: DatabaseConfig,
    private readonly governance: GovernanceService,
    private readonly providers: ProviderCondition,
    private readonly memory: MemoryManager,
  ) {}

  status() {
    const { name, model, external } = this.providers.configured();
    const memory = this.memory.snapshot();
    return {
      version: packageInfo().version,
      node: process.versions.node,
      environment: this.server.environment,
      uptime_seconds: Math.round(process.uptime()),
      database: this.database.url === null ? 'embedded' : 'postgresql',
      policy: this.governance.policyRef(),
      provider: { name, model, external },
      memory: {
        pressure: memory.pressure,
        used_percent: Math.round(memory.usedShare * 1_000) / 10,
        rss_bytes: memory.rssBytes,
        limit_bytes: memory.limitBytes,
        heap_used_bytes: memory.heapUsedBytes,
        heap_limit_bytes: memory.heapLimitBytes,
        external_bytes: memory.externalBytes,
        event_loop_lag_ms: { p50: memory.lag.p50Ms, p99: memory.lag.p99Ms, max: memory.lag.maxMs },
        model_bytes: this.providers.weightsBytes(),
      },
    };
  }
}
