import { z } from 'zod';
import { RUN_STATES } from './run-state.js';
import { SUMMARY_WINDOWS, type SummaryWindow } from './summary.service.js';

const windows = Object.keys(SUMMARY_WINDOWS) as [SummaryWindow, ...SummaryWindow[]];

export const taskParams = z.strictObject({ task_id: z.uuid('must be a task_id, as POST /query returns it') });
export type TaskParams = z.infer<typeof taskParams>;

const AGE_UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** An age such as `90s`, `15m`, `2h` or `7d`, in milliseconds. */
const age = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'must be a number and a unit: 90s, 15m, 2h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * AGE_UNITS_MS[text.at(-1) as keyof typeof AGE_UNITS_MS]);

/** As in a token, and what the database can be asked for. */
const ownerName = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'must be text without NUL');

export const runsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid('must be the next_cursor of a page').optional(),
  state: z.enum(RUN_STATES).optional(),
  dead: z.stringbool().optional().describe('Only runs that were given up (with state=failed).'),
  older_than: age.optional().describe('Only runs that were asked for longer ago: 90s, 15m, 2h, 7d.'),
  owner: ownerName.optional().describe('Of one owner; another than yourself: admin.'),
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
