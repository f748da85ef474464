import { Injectable } from '@nestjs/common';
import { OwnerPolicy } from '../auth/index.js';
import { type Actor, Clock } from '../shared/index.js';
import { type DailySpend, SpendRepository } from './spend.repository.js';
import { nextUtcMidnight, utcDay, utcDayBefore } from './spend-day.js';
import { type DailyLimits, SpendLimits } from './spend-limits.js';

const DAYS_SHOWN = 30;

/** What an owner spent, and what is left to spend. */
export interface OwnerUsage {
  readonly ownerId: string;
  readonly today: DailySpend;
  readonly limits: DailyLimits;
  readonly resetsAt: Date;
  /** Today and the 29 days before it, as far as there were calls; newest first. */
  readonly days: readonly DailySpend[];
}

/** Tells owners what their external calls take. */
@Injectable()
export class UsageService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly spend: SpendRepository,
    private readonly limits: SpendLimits,
    private readonly clock: Clock,
  ) {}

  /** The actor's own usage; an admin may name another owner. Throws `auth.foreign_owner`. */
  async usage(actor: Actor, owner?: string): Promise<OwnerUsage> {
    const ownerId = await this.owners.resolve(actor, owner);
    const now = this.clock.now();
    const day = utcDay(now);
    const days = await this.spend.listSince(ownerId, utcDayBefore(now, DAYS_SHOWN - 1));
    const nothing = { day, calls: 0, tokens: 0, microUsd: 0, priceKnown: true };
    return {
      ownerId,
      today: days.find((each) => each.day === day) ?? nothing,
      limits: this.limits.of(ownerId),
      resetsAt: nextUtcMidnight(now),
      days,
    };
  }
}
