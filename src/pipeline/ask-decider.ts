import { Injectable } from '@nestjs/common';
import { Cache, type LocalCache } from '../cache/index.js';
import { type AskFacts, type Decision, GovernanceService, type Usage } from '../governance/index.js';
import { ProviderDirectory } from '../provider/index.js';
import type { Role } from '../shared/index.js';
import { Log, Metrics } from '../telemetry/index.js';
import { factsOf, usageOf } from './ask-facts.js';
import type { Ask } from './asks.js';
import type { EarlierCalls } from './call-ends.js';
import { type AskEntry, askHash } from './journal.js';
import type { RunContext, UsageCounter } from './run-context.js';

/** An ask with what governance said of it. */
export interface DecidedAsk {
  readonly ask: Ask;
  /** SHA-256 (hex) of all it says. */
  readonly askHash: string;
  readonly facts: AskFacts;
  readonly decision: Decision;
  /** What an earlier attempt of the run recorded of it; null: it has to be done. */
  readonly recorded: AskEntry | null;
}

type RunSoFar = Pick<RunContext, 'journal' | 'usage' | 'earlierCalls'>;

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

  /** The decision on an ask, counted as used. One that an earlier attempt was given stands as it was recorded. */
  decide(role: Role, ask: Ask, { journal, usage, earlierCalls }: RunSoFar): DecidedAsk {
    const hash = askHash(ask);
    const recorded = journal.takeAsk(role, hash);
    const { facts, decision } = recorded ?? this.anew(role, ask, usage, earlierCalls);
    if (recorded && decision.reservation) usage.reach(role, decision.reservation, usageOf(facts));
    if (decision.permitted) usage.add(role, usageOf(facts));
    return { ask, askHash: hash, facts, decision, recorded };
  }

  private anew(role: Role, ask: Ask, usage: UsageCounter, earlierCalls: EarlierCalls) {
    for (;;) {
      const facts = factsOf(ask, this.providers, usage.firebreakFailed(role));
      const decision = this.decisionOn(role, facts, usage.of(role));
      const { permitted, reservation } = decision;
      if (!permitted) this.tell(role, facts, decision);
      if (reservation === null || !earlierCalls.has(role, reservation)) return { facts, decision };
      // An earlier attempt made this very call, and its answer was lost: it is spent, and may be made again within the budget.
      usage.add(role, usageOf(facts));
    }
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
