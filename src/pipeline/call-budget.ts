import { Injectable } from '@nestjs/common';
import { BudgetLedger, type CallCost, type Decision, PriceList } from '../governance/index.js';
import type { CallRetry, TokenUsage } from '../provider/index.js';
import { Ids, type Role } from '../shared/index.js';
import type { WritingAsk } from './asks.js';
import { isCostUnknown, upperBoundOf } from './call-cost.js';
import type { CallEnd } from './call-ends.js';
import type { AskContext } from './run-context.js';

const NOTHING: CallCost = { inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** A call that is to be made: by whom, for what, and by which model. */
export interface BudgetedCall {
  readonly role: Role;
  readonly ask: WritingAsk;
  readonly reservation: NonNullable<Decision['reservation']>;
  readonly provider: string;
  readonly model: string;
}

/** Reserves calls before they are made, and says afterwards what they took. */
@Injectable()
export class CallBudget {
  constructor(
    private readonly ledger: BudgetLedger,
    private readonly prices: PriceList,
    private readonly ids: Ids,
  ) {}

  /** The id of the reservation, once it is stored for as long as this process holds the run. */
  reserve({ role, ask, reservation, provider, model }: BudgetedCall, run: AskContext): Promise<string> {
    const wanted = {
      id: this.ids.next(),
      taskId: run.taskId,
      ownerId: run.actor.userId,
      role,
      ...reservation,
      provider,
      model,
      upperBound: this.priced(model, upperBoundOf(ask, run.candidates)),
    };
    return run.patiently(() => this.ledger.reserve(wanted, run.guard));
  }

  /** How a call ended that gave a text, its further attempts included. */
  succeeded(id: string, model: string, usage: TokenUsage, retries: readonly CallRetry[]): CallEnd {
    const cost = isCostUnknown(retries) ? null : this.priced(model, usage);
    return { reservationId: id, outcome: 'succeeded', cost };
  }

  /** How a call ended that gave none. */
  failed(id: string, error: unknown, retries: readonly CallRetry[]): CallEnd {
    const cost = isCostUnknown(retries, error) ? null : NOTHING;
    return { reservationId: id, outcome: 'failed', cost };
  }

  private priced(model: string, { inputTokens, outputTokens }: TokenUsage): CallCost {
    const microUsd = this.prices.costMicroUsd(model, inputTokens, outputTokens);
    return { inputTokens, outputTokens, microUsd: microUsd === null ? null : Math.ceil(microUsd) };
  }
}
