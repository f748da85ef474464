import type { ContextPack } from '../corpus/index.js';
import type { AskFacts, Decision, Verdict } from '../governance/index.js';
import type { Arrangement } from '../optimizer/index.js';
import type { CallRetry, CritiqueNote } from '../provider/index.js';
import type { QaReport } from '../qa/index.js';
import { hashOf, type Role, type Snippet } from '../shared/index.js';
import type { Answer, Ask, ScreenedSearch } from './asks.js';

/** What a role asked for, how it was decided, and what came back. */
export interface AskEntry {
  readonly kind: 'ask';
  readonly role: Role;
  readonly facts: AskFacts;
  /** SHA-256 of the ask's canonical JSON: a replay must ask the same. */
  readonly askHash: string;
  readonly decision: Decision;
  readonly answer: Answer<unknown>;
  /** How the optimizer arranged it; null for what it has no part in. */
  readonly arrangement: Arrangement | null;
  /** Further attempts of the same call, within its one reservation. */
  readonly retries: readonly CallRetry[];
  readonly durationMs: number;
}

/** Which snippets a run works with, and why each was chosen or left out. */
export interface PackEntry {
  readonly kind: 'pack';
  readonly role: Role;
  readonly pack: Omit<ContextPack, 'snippets'> & { readonly snippetIds: readonly string[] };
}

/** How the output rules judged what a role answered for. */
export interface CheckEntry {
  readonly kind: 'check';
  readonly role: Role;
  /** SHA-256 of the emitted text's canonical JSON. */
  readonly outputHash: string;
  readonly report: QaReport;
  readonly verdict: Verdict;
  /** What the role handed on about the text, with the sources of each note. */
  readonly notes: readonly CritiqueNote[];
}

export type JournalEntry = AskEntry | PackEntry | CheckEntry;

/** The append-only record of one run, in the order in which things were decided. */
export class Journal {
  private readonly entries: JournalEntry[] = [];

  append(entry: JournalEntry): void {
    this.entries.push(entry);
  }

  /** What was recorded until now. */
  all(): readonly JournalEntry[] {
    return [...this.entries];
  }
}

/** What identifies an ask: all it says. */
export function askHash(ask: Ask): string {
  return hashOf(ask);
}

/** Whether an ask was answered from what was there already, so that nothing was spent on it. */
export function wasReused({ arrangement }: AskEntry): boolean {
  // Journals of earlier versions have no arrangements.
  return (arrangement?.source ?? 'executed') !== 'executed';
}

/** What identifies a snippet with its text. */
export function snippetKey({ id, text }: Snippet): string {
  return `${id}\n${text}`;
}

/** Every snippet that a role's searches found. */
export function searchedIn(entries: readonly JournalEntry[], role: Role): ReadonlySet<string> {
  const found = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'ask' || entry.role !== role || entry.facts.action !== 'search') continue;
    if (entry.answer.status !== 'done') continue;
    for (const { snippet } of (entry.answer.value as ScreenedSearch).hits) found.add(snippetKey(snippet));
  }
  return found;
}
