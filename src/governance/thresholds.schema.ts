import { z } from 'zod';

const score = z.number().min(0).max(1);
const scores = z.strictObject({
  coverage: score.optional(),
  grounding: score.optional(),
  tone: score.optional(),
  diversity: score.optional(),
  qa: score.optional(),
  voiceMatch: score.optional(),
});

/** `thresholds.json`: the lowest score each role's output may have, and by how much one may be missed as `minor`. */
export const thresholdsSchema = z.strictObject({
  version: z.string().min(1).max(40),
  minorMargin: score,
  roles: z.strictObject({
    ideator: scores,
    drafter: scores,
    critic: scores,
    revisor: scores,
    summarizer: scores,
  }),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type ScoreThresholds = z.infer<typeof scores>;
