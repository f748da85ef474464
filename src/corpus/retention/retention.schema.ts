import { z } from 'zod';
import { CORPORA } from '../../shared/index.js';
import type { Retention } from './retention.service.js';

export const retentionParams = z.strictObject({ corpus: z.enum(CORPORA) });
export type RetentionParams = z.infer<typeof retentionParams>;

export const retentionBody = z.strictObject({ days: z.number().int().min(1).max(36_500) });
export type RetentionBody = z.infer<typeof retentionBody>;

/** How old documents may become, as the API shows it. */
export function retentionView({ corpus, days, due }: Retention) {
  return { corpus, retention_days: days, due };
}
