import { Injectable } from '@nestjs/common';
import { Cache, type LocalCache } from '../cache/index.js';
import { type AskFacts, type Decision, GovernanceService, type Usage } from '../governance/index.js';
import { ProviderDirectory } from '../provider/index.js';
import type { Role } from '../shared/index.js';
import { Log, Metrics } from '../telemetry/index.js';
import { factsOf } from './ask-facts.js';
import type { Ask } from './asks.js';
import type { UsageCounter } from './run-context.js';

/** An ask with what governance said of it. */
export interface DecidedAsk {
  readonly ask: Ask;
  readonly facts: AskFacts;
  readonly decision: Decision;
}

/** Has each ask decided by governance, and tells of denials. */
@Injectable()
export class AskDecider {
  private readonly known: LocalCache;
  private readonly policyHash: string;

  constructor(
    private readonly governance: GovernanceService,
    private readonly providers: ProviderDirectory,
    private readonly log: Log,
    private readonly metrics: Metrics,
    cache: Cache,
  ) {
    this.known = cache.local('decisions');
    this.policyHash = governance.policyRef().hash;
  }

  decide(role: Role, ask: Ask, usage: UsageCounter): DecidedAsk {
    const facts = factsOf(ask, this.providers, usage.firebreakFailed(role));
    const decision = this.decisionOn(role, facts, usage.of(role));
    if (!decision.permitted) this.tell(role, facts, decision);
    return { ask, facts, decision };
  }

  /** A decision follows from nothing but these values and the policy, so it can be used again. */
  private decisionOn(role: Role, facts: AskFacts, used: Usage): Decision {
    const key = JSON.stringify([this.policyHash, role, facts, used]);
    const known = this.known.get(key) as Decision | null;
    if (known) return known;
    const decision = this.governance.decide(role, facts, used);
    this.known.set(key, decision);
    return decision;
  }

  private tell(role: Role, { action }: AskFacts, { policies }: Decision): void {
    this.log.warn('governance.denied', { role, action, policies });
    for (const policy of policies) this.metrics.denied(role, action, policy);
  }
}
