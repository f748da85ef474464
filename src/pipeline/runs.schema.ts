import { z } from 'zod';
import { RUN_STATES } from './run-state.js';
import { SUMMARY_WINDOWS, type SummaryWindow } from './summary.service.js';

const windows = Object.keys(SUMMARY_WINDOWS) as [SummaryWindow, ...SummaryWindow[]];

export const taskParams = z.strictObject({ task_id: z.uuid('must be a task_id, as POST /query returns it') });
export type TaskParams = z.infer<typeof taskParams>;

export const runsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid('must be the next_cursor of a page').optional(),
  state: z.enum(RUN_STATES).optional(),
  dead: z.stringbool().optional().describe('Only runs that were given up (with state=failed).'),
  all: z.stringbool().optional().describe('All owners: admin, or review with state=held.'),
});
export type RunsQuery = z.infer<typeof runsQuery>;

export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  text_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the sha256 that GET /runs/:task_id shows for the held text'),
  comment: z.string().max(2_000).optional(),
});
export type DecisionBody = z.infer<typeof decisionBody>;

export const summaryQuery = z.strictObject({ window: z.enum(windows).default('1h') });
export type SummaryQuery = z.infer<typeof summaryQuery>;
