import type { AskFacts, Decision, Verdict } from '../governance/index.js';
import type { QaReport } from '../qa/index.js';
import { hashOf, type Role } from '../shared/index.js';
import type { Answer, Ask } from './asks.js';

/** What a role asked for, how it was decided, and what came back. */
export interface AskEntry {
  readonly kind: 'ask';
  readonly role: Role;
  readonly facts: AskFacts;
  /** SHA-256 of the ask's canonical JSON: a replay must ask the same. */
  readonly askHash: string;
  readonly decision: Decision;
  readonly answer: Answer<unknown>;
  readonly durationMs: number;
}

/** How the output rules judged what a role answered for. */
export interface CheckEntry {
  readonly kind: 'check';
  readonly role: Role;
  /** SHA-256 of the emitted text's canonical JSON. */
  readonly outputHash: string;
  readonly report: QaReport;
  readonly verdict: Verdict;
}

export type JournalEntry = AskEntry | CheckEntry;

/** The append-only record of one run, in the order in which things were decided. */
export class Journal {
  private readonly entries: JournalEntry[] = [];

  append(entry: JournalEntry): void {
    this.entries.push(entry);
  }

  all(): readonly JournalEntry[] {
    return this.entries;
  }
}

/** What identifies an ask: all it says. */
export function askHash(ask: Ask): string {
  return hashOf(ask);
}
