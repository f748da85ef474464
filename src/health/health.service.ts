import { Injectable } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { DatabaseProbe } from '../database/index.js';
import { GovernanceService } from '../governance/index.js';
import { memoryLimitBytes } from './memory-limit.js';
import { isImpaired, ProviderCondition } from './provider-condition.js';

const TIMEOUT_MS = 2_000;
/** Share of the memory limit from which the process counts as degraded. */
const MEMORY_DEGRADED_SHARE = 0.9;

/** What the probes ask: each indicator with a time limit, none of them changing anything. */
@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly probe: DatabaseProbe,
    private readonly governance: GovernanceService,
    private readonly providers: ProviderCondition,
  ) {}

  /** Throws 503 with the failing indicators when the process should get no requests. */
  ready(): Promise<HealthCheckResult> {
    return this.checks.check([() => this.database(), () => this.policy(), () => this.configuredProvider()]);
  }

  /** All indicators; memory and the provider may be degraded without failing. */
  all(): Promise<HealthCheckResult> {
    return this.checks.check([
      () => this.database(),
      () => this.policy(),
      () => this.provider(),
      () => this.memory(),
    ]);
  }

  database() {
    return this.indicators
      .check('database')
      .attempt(() => this.probe.ping())
      .withTimeout(TIMEOUT_MS);
  }

  private policy() {
    return this.indicators.check('policy').up({ version: this.governance.policyRef().version });
  }

  /** What cannot be configured has stopped the start; a provider that does not answer makes nobody unready. */
  private configuredProvider() {
    const { name, model } = this.providers.configured();
    return this.indicators.check('provider').up({ name, model });
  }

  private async provider() {
    const indicator = this.indicators.check('provider');
    const { name, model } = this.providers.configured();
    const writers = await this.providers.current();
    const uses = Object.fromEntries(
      writers.map(({ use, reachable, circuit, problem }) => [use, { reachable, circuit, problem }]),
    );
    return writers.some(isImpaired)
      ? indicator.degraded({ name, model, uses })
      : indicator.up({ name, model, uses });
  }

  private memory() {
    const indicator = this.indicators.check('memory');
    const rssBytes = process.memoryUsage.rss();
    const limitBytes = memoryLimitBytes();
    const facts = {
      rss_bytes: rssBytes,
      limit_bytes: limitBytes,
      model_bytes: this.providers.weightsBytes(),
    };
    const isTight = limitBytes !== null && rssBytes > limitBytes * MEMORY_DEGRADED_SHARE;
    return isTight ? indicator.degraded(facts) : indicator.up(facts);
  }
}
