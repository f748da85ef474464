import { Injectable } from '@nestjs/common';
import { DatabaseConfig, packageInfo, ServerConfig } from '../config/index.js';
import { GovernanceService } from '../governance/index.js';
import { memoryLimitBytes } from './memory-limit.js';
import { ProviderCondition } from './provider-condition.js';

/** What this process is: facts for an operator, no secrets and no hosts. */
@Injectable()
export class StatusService {
  constructor(
    private readonly server: ServerConfig,
    private readonly database: DatabaseConfig,
    private readonly governance: GovernanceService,
    private readonly providers: ProviderCondition,
  ) {}

  status() {
    const { name, model, external } = this.providers.configured();
    return {
      version: packageInfo().version,
      node: process.versions.node,
      environment: this.server.environment,
      uptime_seconds: Math.round(process.uptime()),
      database: this.database.url === null ? 'embedded' : 'postgresql',
      policy: this.governance.policyRef(),
      provider: { name, model, external },
      memory: {
        rss_bytes: process.memoryUsage.rss(),
        limit_bytes: memoryLimitBytes(),
        model_bytes: this.providers.weightsBytes(),
      },
    };
  }
}
