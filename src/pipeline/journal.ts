import type { ContextPack } from '../corpus/index.js';
import { type AskFacts, type Decision, SPEND_LIMIT_POLICY, type Verdict } from '../governance/index.js';
import type { Arrangement } from '../optimizer/index.js';
import type { CallRetry, CritiqueNote } from '../provider/index.js';
import type { QaReport } from '../qa/index.js';
import { AppError, hashOf, type Role, type Snippet } from '../shared/index.js';
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
  /** Whether it was carried out: what was there already, and what was denied, used nothing up. */
  readonly isExecuted: boolean;
  /** How the optimizer arranged it; null for what it has no part in. */
  readonly arrangement: Arrangement | null;
  /** Of the asks that were made side by side with it; left out for one made alone. */
  readonly group?: { readonly size: number };
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
  /** Marks the owner's voice that the text was measured by; null: it was measured by none. */
  readonly voice: string | null;
  readonly verdict: Verdict;
  /** What the role handed on about the text, with the sources of each note. */
  readonly notes: readonly CritiqueNote[];
}

export type JournalEntry = AskEntry | PackEntry | CheckEntry;

/** Entries that are not stored yet, and the place of the first of them. */
export interface UnstoredEntries {
  readonly from: number;
  readonly entries: readonly JournalEntry[];
}

/**
 * The append-only record of one run, in the order in which things were decided. What an earlier attempt left is given
 * back place by place: the run has to go the same way again, or it ends with `pipeline.resume_diverged`.
 */
export class Journal {
  private readonly entries: JournalEntry[] = [];
  private storedCount: number;

  constructor(private readonly earlier: readonly JournalEntry[] = []) {
    this.storedCount = earlier.length;
  }

  /** The recorded answer to an ask at this place, or null where the earlier attempt did not come so far. */
  takeAsk(role: Role, hash: string): AskEntry | null {
    const entry = this.next;
    if (entry === null) return null;
    if (entry.kind !== 'ask' || entry.role !== role || entry.askHash !== hash)
      throw diverged(`The ${role} asks for something else than at its first attempt.`);
    this.entries.push(entry);
    return entry;
  }

  /** Records an entry and returns it. What an earlier attempt left at this place must say the same, and stands. */
  append<E extends JournalEntry>(entry: E): E {
    const known = this.next;
    if (known !== null && !isSame(known, entry))
      throw diverged(`The ${entry.role}'s ${entry.kind} is not that of its first attempt.`);
    const standing = (known ?? entry) as E;
    this.entries.push(standing);
    return standing;
  }

  /** What was recorded until now. */
  all(): readonly JournalEntry[] {
    return [...this.entries];
  }

  /** The asks at the end of the journal, from a place on. */
  asksFrom(sequence: number): readonly AskEntry[] {
    return this.entries.slice(sequence) as AskEntry[];
  }

  get size(): number {
    return this.entries.length;
  }

  /** Whether all that was recorded until now is what an earlier attempt left. */
  get isRepeating(): boolean {
    return this.entries.length > 0 && this.entries.length <= this.earlier.length;
  }

  /** What the asks took, in milliseconds, whose answers were given back; of one role where it is named. */
  givenBackMs(role?: Role): number {
    const asks = this.entries
      .slice(0, this.earlier.length)
      .filter((entry) => entry.kind === 'ask' && (role === undefined || entry.role === role)) as AskEntry[];
    return asks.reduce((sum, { durationMs }) => sum + durationMs, 0);
  }

  /** Throws where the run came to its end before all that was recorded was given back. */
  assertUsedUp(): void {
    if (this.next !== null) throw diverged(`The ${this.next.role} did more at its first attempt.`);
  }

  unstored(): UnstoredEntries {
    return { from: this.storedCount, entries: this.entries.slice(this.storedCount) };
  }

  /** Takes note that these entries are stored. */
  wasStored({ from, entries }: UnstoredEntries): void {
    this.storedCount = Math.max(this.storedCount, from + entries.length);
  }

  private get next(): JournalEntry | null {
    return this.earlier[this.entries.length] ?? null;
  }
}

/** How many entries stand before those that led to a failure: the last role's first ask that came to nothing. */
export function soundLength(entries: readonly JournalEntry[]): number {
  const role = entries.at(-1)?.role;
  const start = entries.findLastIndex((entry) => entry.role !== role || entry.kind === 'check') + 1;
  const failed = entries.findIndex(
    (entry, at) => at >= start && entry.kind === 'ask' && cameToNothing(entry),
  );
  return failed === -1 ? entries.length : failed;
}

/** A rule's denial would be the same again; a failure, or a limit that was reached, need not be. */
function cameToNothing({ answer }: AskEntry): boolean {
  return (
    answer.status === 'failed' || (answer.status === 'denied' && answer.policies.includes(SPEND_LIMIT_POLICY))
  );
}

/** A text is measured anew by the voice of its owner as it is now: where that has changed, the recorded measure stands. */
function isSame(known: JournalEntry, entry: JournalEntry): boolean {
  if (known.kind === 'check' && entry.kind === 'check' && known.voice !== entry.voice)
    return known.role === entry.role && known.outputHash === entry.outputHash;
  // As it comes back from the database: what is undefined is not there.
  return hashOf(known) === hashOf(JSON.parse(JSON.stringify(entry)));
}

function diverged(message: string): AppError {
  return new AppError('pipeline.resume_diverged', 'conflict', message, {
    hint: 'The program or its settings changed while the run waited. Repeat the request; nothing more was spent.',
    retryable: true,
  });
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
