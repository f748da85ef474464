import type { StoredRun } from './watched-runs.repository.js';

/** How a run came out, without its ids, its times and what it cost: equal for equal answers. */
export interface Fingerprint {
  readonly answer: string;
  /** Where the local engine stood in. */
  readonly fallbacks: string;
}

interface Stage {
  readonly role: string;
  readonly result: string;
  readonly fallback: string | null;
}

/** What a call costs, and how often it was made, differs where one was lost and made again. */
const LEFT_OUT = new Set([
  'task_id',
  'request_id',
  'overhead_ms',
  'pressure_mode',
  'cache',
  'token_stats',
  'stages',
]);

export function fingerprintOf({ content, metadata }: Pick<StoredRun, 'content' | 'metadata'>): Fingerprint {
  const stages = (metadata?.['stages'] ?? []) as readonly Stage[];
  const said = Object.entries(metadata ?? {}).filter(([name]) => !LEFT_OUT.has(name));
  const results = stages.map(({ role, result }) => `${role} ${result}`);
  return {
    answer: JSON.stringify([content, said, results]),
    fallbacks: stages.map(({ fallback }) => fallback ?? '').join(),
  };
}
