import { Injectable } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { DatabaseProbe } from '../database/index.js';
import { GovernanceService } from '../governance/index.js';
import { isImpaired, ProviderCondition } from './provider-condition.js';
import { ResourceIndicators } from './resource-indicators.js';

const TIMEOUT_MS = 2_000;

/** What the probes ask: each indicator with a time limit, none of them changing anything. */
@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly probe: DatabaseProbe,
    private readonly governance: GovernanceService,
    private readonly providers: ProviderCondition,
    private readonly resources: ResourceIndicators,
  ) {}

  /** Throws 503 with the failing indicators when the process should get no requests. */
  ready(): Promise<HealthCheckResult> {
    return this.checks.check([
      () => this.database(),
      () => this.policy(),
      () => this.configuredProvider(),
      ...this.resources.forReadiness(),
    ]);
  }

  /** All indicators; memory, Redis and the provider may be degraded without failing. */
  all(): Promise<HealthCheckResult> {
    return this.checks.check([
      () => this.database(),
      () => this.policy(),
      () => this.provider(),
      () => this.resources.memory(),
      ...this.resources.forRedis(),
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
}
