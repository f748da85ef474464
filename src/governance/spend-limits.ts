import { z } from 'zod';

const MICRO_USD_PER_USD = 1_000_000;
const count = z.int().min(0).nullable();
const limits = z.strictObject({
  callsPerDay: count,
  tokensPerDay: count,
  usdPerDay: z.number().min(0).max(1_000_000_000).nullable(),
});

/** `spend-limits.json`: what an owner may spend in one UTC day, null for no limit, and who has other limits. */
export const spendLimitsSchema = z.strictObject({
  defaults: limits,
  owners: z.record(z.string().min(1), limits.partial()),
});

export type SpendLimitsFile = z.infer<typeof spendLimitsSchema>;

/** What one owner may spend on external calls in one UTC day; null is no limit. */
export interface DailyLimits {
  readonly calls: number | null;
  readonly tokens: number | null;
  /** Millionths of a US dollar. */
  readonly microUsd: number | null;
}

/** The spend limits of the policy in force, by owner. */
export class SpendLimits {
  constructor(private readonly file: SpendLimitsFile) {}

  /** The defaults, with what is said of this owner laid over them. */
  of(ownerId: string): DailyLimits {
    const { defaults, owners } = this.file;
    const { callsPerDay, tokensPerDay, usdPerDay } = { ...defaults, ...owners[ownerId] };
    return {
      calls: callsPerDay,
      tokens: tokensPerDay,
      microUsd: usdPerDay === null ? null : Math.round(usdPerDay * MICRO_USD_PER_USD),
    };
  }
}
