import { z } from 'zod';
import { ROLES } from '../../shared/index.js';
import type { RunEvent, RunEventKind } from './run-event.js';

const event = z.object({
  id: z.int(),
  taskId: z.uuid(),
  kind: z.custom<RunEventKind>((value) => typeof value === 'string'),
  role: z.enum(ROLES).nullable(),
  body: z.record(z.string(), z.unknown()),
  at: z.string(),
}) satisfies z.ZodType<RunEvent>;

const message = z.union([
  z.object({ from: z.string(), watch: z.array(z.tuple([z.uuid(), z.int()])) }),
  z.object({ from: z.string(), ended: z.uuid() }),
  z.object({ from: z.string(), taskId: z.uuid(), follows: z.int(), events: z.array(event) }),
]);

/** What processes say to each other about runs: which they watch, which has ended, what happened in one. */
export type RelayMessage =
  | { readonly from: string; readonly watch: readonly (readonly [taskId: string, afterId: number])[] }
  | { readonly from: string; readonly ended: string }
  | {
      readonly from: string;
      readonly taskId: string;
      readonly follows: number;
      readonly events: readonly RunEvent[];
    };

/** Null for what this version does not understand: versions may work side by side. */
export function readRelayMessage(payload: string): RelayMessage | null {
  try {
    return message.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
