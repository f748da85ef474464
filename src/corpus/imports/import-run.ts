import type { Clock, CorpusName } from '../../shared/index.js';
import { storableId } from '../documents/document-content.js';
import type { DocumentWriter, ImportedDocument } from '../documents/imported-document.js';
import type { ImportEvent, SkippedEvent } from '../importers/importer.port.js';
import type { ImportReport, ImportTarget } from './import-record.js';
import { ImportTally } from './import-tally.js';
import { SeenIds } from './seen-ids.js';

/** What the writer is made for; long texts end a batch sooner. */
const BATCH_DOCUMENTS = 8_000;
const BATCH_CHARS = 4 * 1024 * 1024;

/** Whose documents they become, as part of which import, and from when on. */
export interface ImportBatchOwner {
  readonly ownerId: string;
  readonly importId: string;
  /** ISO 8601 in UTC, or null for all. */
  readonly since: string | null;
}

/** Carries the documents of one import to the writer in batches, and counts what happens to them. */
export class ImportRun {
  readonly #tally = new ImportTally();
  readonly #seen = new SeenIds();
  readonly #met = new Map<string, ImportTarget>();
  readonly #begunAtMs: number;
  /** By source: an export of ours holds documents of several. */
  #batches = new Map<string, ImportedDocument[]>();
  #batchDocuments = 0;
  #batchChars = 0;
  /** Batches on their way, at most two. */
  readonly #writing: Promise<void>[] = [];

  constructor(
    private readonly writer: DocumentWriter,
    private readonly owner: ImportBatchOwner,
    private readonly clock: Clock,
  ) {
    this.#begunAtMs = clock.elapsedMs();
  }

  get report(): ImportReport {
    return this.#tally.report(this.clock.elapsedMs() - this.#begunAtMs);
  }

  /** What should have been readable and was not. */
  get unreadable(): number {
    return this.#tally.unreadable;
  }

  /** How many documents the export held. */
  get documentCount(): number {
    return this.#seen.size;
  }

  /** The sources whose documents the export held, and the corpora they went to. */
  get met(): readonly ImportTarget[] {
    return [...this.#met.values()];
  }

  /** Whether the export held this document; the id is the one it is stored under. */
  held(source: string, storedId: string): boolean {
    return this.#seen.has(keyOf(source, storedId));
  }

  skip(event: Omit<SkippedEvent, 'kind'>): void {
    this.#tally.skipped(event);
  }

  note(reason: string, position: string): void {
    this.#tally.noted({ reason, position });
  }

  removed(count: number): void {
    this.#tally.removed(count);
  }

  /**
   * Reads one part of the input to its end. `beat` is called again and again between batches; what it throws ends the
   * run, when nothing is written any more.
   */
  async consume(
    target: ImportTarget,
    events: AsyncIterable<ImportEvent>,
    beat: () => Promise<void>,
    partsWaiting = 0,
  ): Promise<void> {
    this.#tally.partBegun(partsWaiting);
    try {
      await this.#carry(target, events, beat);
    } finally {
      await Promise.allSettled(this.#writing);
    }
  }

  async #carry(
    target: ImportTarget,
    events: AsyncIterable<ImportEvent>,
    beat: () => Promise<void>,
  ): Promise<void> {
    for await (const event of events) {
      if (event.kind === 'skipped') this.#tally.skipped(event);
      else if (event.kind === 'noted') this.#tally.noted(event);
      else if (event.kind === 'document')
        this.#take(event.source ?? target.source, target.corpus, event.document);
      else {
        this.#tally.progressed(event.bytesRead, event.totalBytes);
        await beat();
      }
      if (this.#batchDocuments < BATCH_DOCUMENTS && this.#batchChars < BATCH_CHARS) continue;
      await this.#writeAll(target);
      await beat();
    }
    await this.#writeAll(target);
    await Promise.all(this.#writing);
    this.#writing.length = 0;
  }

  #take(source: string, corpus: CorpusName, document: ImportedDocument): void {
    const position = document.externalId.slice(0, 200);
    if (this.#isTooOld(document, position)) {
      this.skip({ reason: 'older than the time to start at', position });
      return;
    }
    // Importers give ids that are unique within the source: what comes again is a repetition.
    if (!this.#seen.add(keyOf(source, storableId(document.externalId)))) {
      this.skip({ reason: 'same id as an earlier one of this import', position });
      return;
    }
    this.#met.set(`${corpus} ${source}`, { corpus, source });
    const batch = this.#batches.get(source);
    if (batch === undefined) this.#batches.set(source, [document]);
    else batch.push(document);
    this.#batchDocuments++;
    this.#batchChars += document.text.length;
  }

  /** Without a time it may be new: it is kept, and noted. */
  #isTooOld({ createdAt }: ImportedDocument, position: string): boolean {
    if (this.owner.since === null) return false;
    const createdAtMs = Date.parse(createdAt ?? '');
    if (Number.isNaN(createdAtMs)) this.note('no time: kept though a time to start at was given', position);
    return createdAtMs < Date.parse(this.owner.since);
  }

  async #writeAll({ corpus }: ImportTarget): Promise<void> {
    const batches = this.#batches;
    this.#batches = new Map();
    this.#batchDocuments = 0;
    this.#batchChars = 0;
    for (const [source, documents] of batches) await this.#write({ source, corpus }, documents);
  }

  /** Resolves when the batch before this one is stored: while the database works on one, the next is read. */
  async #write(target: ImportTarget, documents: readonly ImportedDocument[]): Promise<void> {
    const { ownerId, importId } = this.owner;
    const stored = this.writer
      .write({ ownerId, importId, ...target, documents })
      .then((outcome) => this.#tally.stored(outcome));
    // What fails here is thrown where it is waited for.
    stored.catch(() => undefined);
    this.#writing.push(stored);
    if (this.#writing.length > 1) await this.#writing.shift();
  }
}

function keyOf(source: string, storedId: string): string {
  return `${source}\u0000${storedId}`;
}
