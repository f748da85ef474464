import { AppError } from '../shared/index.js';
import { nextUtcMidnight } from './spend-day.js';
import type { DailyLimits } from './spend-limits.js';

/** What a refusal by a spend limit is journaled under, beside the ids of the policies. */
export const SPEND_LIMIT_POLICY = 'spend-limit';

export type SpendLimitName = keyof DailyLimits;

const WORDS: Readonly<Record<SpendLimitName, string>> = {
  calls: 'external calls',
  tokens: 'tokens',
  microUsd: 'money',
};

/** The limit a call would pass, and when the day is over. The caller can repeat then. */
export function spendLimitReached(limit: SpendLimitName, now: Date): AppError {
  const resetsAt = nextUtcMidnight(now);
  return new AppError(
    'governance.spend_limit',
    'rate_limited',
    `The call would pass today's limit on ${WORDS[limit]}.`,
    {
      hint: 'Wait until `resets_at`, or ask whoever sets the policy for a higher limit. GET /usage shows the limits.',
      retryable: true,
      retryAfterSeconds: Math.ceil((resetsAt.getTime() - now.getTime()) / 1_000),
      details: {
        limit: limit === 'microUsd' ? 'cost_micro_usd' : limit,
        resets_at: resetsAt.toISOString(),
        policy: SPEND_LIMIT_POLICY,
      },
    },
  );
}
