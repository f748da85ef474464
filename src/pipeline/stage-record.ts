import type { Verdict } from '../governance/index.js';
import type { Generation } from '../provider/index.js';
import type { Role } from '../shared/index.js';
import { type JournalEntry, wasReused } from './journal.js';

/** What became of one stage and what it cost. */
export interface StageRecord {
  readonly role: Role;
  readonly result: 'passed' | 'minor' | 'major' | 'held' | 'skipped' | 'failed';
  readonly durationMs: number;
  readonly externalCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly fallback: string | null;
}

export function skippedStage(role: Role): StageRecord {
  return {
    role,
    result: 'skipped',
    durationMs: 0,
    externalCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    fallback: null,
  };
}

export function resultOf(verdict: Verdict): StageRecord['result'] {
  if (verdict.outcome === 'pass') return 'passed';
  return verdict.outcome === 'critical' ? 'held' : verdict.outcome;
}

/** Tokens of all that was written for a role, without what was there already. */
export function tokensOf(role: Role, entries: readonly JournalEntry[]) {
  let inputTokens = 0;
  let outputTokens = 0;
  for (const entry of entries) {
    if (entry.kind !== 'ask' || entry.role !== role || entry.answer.status !== 'done') continue;
    if (entry.facts.writer === undefined || wasReused(entry)) continue;
    const { usage } = entry.answer.value as Generation<unknown>;
    inputTokens += usage.inputTokens;
    outputTokens += usage.outputTokens;
  }
  return { inputTokens, outputTokens };
}
