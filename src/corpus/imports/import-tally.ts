import type { BatchOutcome } from '../documents/imported-document.js';
import type { SkippedEvent } from '../importers/importer.port.js';
import type { ImportReport, ReasonGroup } from './import-record.js';

const MAX_EXAMPLES = 20;
/** Reasons are categories; a source that makes up more gets the rest counted as one. */
const MAX_REASONS = 50;
const OTHER_REASON = 'other reasons';

interface OpenGroup {
  count: number;
  readonly examples: { readonly position: string; readonly detail?: string }[];
}

/** Counts what an import meets. */
export class ImportTally {
  #stored = { created: 0, changed: 0, unchanged: 0 };
  #skipped = 0;
  #unreadable = 0;
  #removed = 0;
  #partsWaiting = 0;
  /** Bytes of the parts that are done, and of the one that is read now. */
  #done = 0;
  #bytesRead = 0;
  #totalBytes = 0;
  readonly #skippedReasons = new Map<string, OpenGroup>();
  readonly #notes = new Map<string, OpenGroup>();

  get unreadable(): number {
    return this.#unreadable;
  }

  stored(outcome: BatchOutcome): void {
    this.#stored = {
      created: this.#stored.created + outcome.created,
      changed: this.#stored.changed + outcome.changed,
      unchanged: this.#stored.unchanged + outcome.unchanged,
    };
  }

  removed(count: number): void {
    this.#removed += count;
  }

  skipped(event: Omit<SkippedEvent, 'kind'>): void {
    this.#skipped += event.count ?? 1;
    if (event.isFault) this.#unreadable += event.count ?? 1;
    add(this.#skippedReasons, event);
  }

  noted(event: { reason: string; position: string }): void {
    add(this.#notes, event);
  }

  /** Begins a part of the input, whose bytes are counted from 0 again. */
  partBegun(partsWaiting: number): void {
    this.#partsWaiting = partsWaiting;
    this.#done += this.#totalBytes;
    this.#bytesRead = 0;
    this.#totalBytes = 0;
  }

  progressed(bytesRead: number, totalBytes: number): void {
    this.#bytesRead = bytesRead;
    this.#totalBytes = totalBytes;
  }

  report(elapsedMs = 0): ImportReport {
    const { created, changed, unchanged } = this.#stored;
    return {
      read: created + changed + unchanged + this.#skipped,
      ...this.#stored,
      skipped: this.#skipped,
      unreadable: this.#unreadable,
      removed: this.#removed,
      skippedReasons: groupsOf(this.#skippedReasons),
      notes: groupsOf(this.#notes),
      bytesRead: this.#done + this.#bytesRead,
      totalBytes: this.#done + this.#totalBytes,
      partsWaiting: this.#partsWaiting,
      elapsedMs: Math.round(elapsedMs),
    };
  }
}

function add(
  groups: Map<string, OpenGroup>,
  event: { reason: string; position: string; detail?: string; count?: number },
): void {
  const reason = groups.has(event.reason) || groups.size < MAX_REASONS ? event.reason : OTHER_REASON;
  const group = groups.get(reason) ?? { count: 0, examples: [] };
  group.count += event.count ?? 1;
  const detail = event.detail === undefined ? {} : { detail: event.detail };
  if (group.examples.length < MAX_EXAMPLES) group.examples.push({ position: event.position, ...detail });
  groups.set(reason, group);
}

function groupsOf(groups: ReadonlyMap<string, OpenGroup>): ReasonGroup[] {
  return [...groups]
    .map(([reason, { count, examples }]) => ({ reason, count, examples: [...examples] }))
    .sort((one, other) => other.count - one.count);
}
