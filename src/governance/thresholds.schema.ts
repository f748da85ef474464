import { z } from 'zod';
import { MODES, type Mode, type Role } from '../shared/index.js';

const score = z.number().min(0).max(1);
const scores = z.strictObject({
  coverage: score.optional(),
  grounding: score.optional(),
  tone: score.optional(),
  style: score.optional(),
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
  /** What a mode asks of the texts it delivers, in place of the roles' own figures. */
  modes: z.partialRecord(z.enum(MODES), scores).default({}),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;
export type ScoreThresholds = z.infer<typeof scores>;

/** Whose text may be what is delivered. */
const DELIVERING: readonly Role[] = ['drafter', 'revisor', 'summarizer'];

/** What is asked of a role's output in a mode: of a text that may be delivered, a mode's figures stand in for the role's. */
export function thresholdsFor({ roles, modes }: Thresholds, role: Role, mode: Mode | null): ScoreThresholds {
  const own = roles[role];
  return mode === null || !DELIVERING.includes(role) ? own : { ...own, ...modes[mode] };
}
