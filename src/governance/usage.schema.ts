import { z } from 'zod';
import type { DailySpend } from './spend.repository.js';
import type { OwnerUsage } from './usage.service.js';

const ownerName = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'must be text without NUL');

export const usageQuery = z.strictObject({ owner: ownerName.optional() });
export type UsageQuery = z.infer<typeof usageQuery>;

/** An owner's usage as the API shows it; null in `limits` is no limit. */
export function usageView({ ownerId, today, limits, resetsAt, days }: OwnerUsage) {
  return {
    owner: ownerId,
    today: dayView(today),
    limits: { calls: limits.calls, tokens: limits.tokens, cost_micro_usd: limits.microUsd },
    resets_at: resetsAt.toISOString(),
    days: days.map(dayView),
  };
}

function dayView({ day, calls, tokens, microUsd, priceKnown }: DailySpend) {
  return { day, calls, tokens, cost_micro_usd: microUsd, price_known: priceKnown };
}
