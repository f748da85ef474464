import type { CorpusName } from '../../shared/index.js';
import type { DocumentWriter, ImportedDocument } from '../documents/imported-document.js';
import type { ImportEvent } from '../importers/importer.port.js';
import type { ImportReport } from './import-record.js';
import { ImportTally } from './import-tally.js';

const BATCH_DOCUMENTS = 2_000;
const BATCH_CHARS = 4 * 1024 * 1024;

export interface ImportTarget {
  readonly ownerId: string;
  readonly corpus: CorpusName;
  readonly source: string;
}

/** Carries the documents of one import to the writer in batches, and counts what happens to them. */
export class ImportRun {
  readonly #tally = new ImportTally();
  readonly #seenIds = new Set<string>();
  #batch: ImportedDocument[] = [];
  #batchChars = 0;
  /** Batches on their way, at most two. */
  readonly #writing: Promise<void>[] = [];

  constructor(
    private readonly writer: DocumentWriter,
    private readonly target: ImportTarget,
  ) {}

  get report(): ImportReport {
    return this.#tally.report();
  }

  /** `beat` is called again and again between batches; what it throws ends the run, when nothing is written any more. */
  async consume(events: AsyncIterable<ImportEvent>, beat: () => Promise<void>): Promise<void> {
    try {
      await this.#carry(events, beat);
    } finally {
      await Promise.allSettled(this.#writing);
    }
  }

  async #carry(events: AsyncIterable<ImportEvent>, beat: () => Promise<void>): Promise<void> {
    for await (const event of events) {
      if (event.kind === 'skipped') this.#tally.skipped(event);
      else if (event.kind === 'noted') this.#tally.noted(event);
      else if (event.kind === 'document') this.#add(event.document);
      else {
        this.#tally.progressed(event.bytesRead, event.totalBytes);
        await beat();
      }
      if (this.#batch.length < BATCH_DOCUMENTS && this.#batchChars < BATCH_CHARS) continue;
      await this.#write();
      await beat();
    }
    await this.#write();
    await Promise.all(this.#writing);
  }

  /** An id may come twice in one export: a message that was carried into another thread keeps both its places. */
  #add(document: ImportedDocument): void {
    const { externalId, threadId } = document;
    const id = this.#seenIds.has(externalId) && threadId !== null ? `${threadId}:${externalId}` : externalId;
    if (this.#seenIds.has(id)) {
      this.#tally.skipped({
        reason: 'same id as an earlier one of this import',
        position: externalId.slice(0, 200),
      });
      return;
    }
    this.#seenIds.add(id);
    this.#batch.push(id === externalId ? document : { ...document, externalId: id });
    this.#batchChars += document.text.length;
  }

  /** Resolves when the batch before this one is stored: while the database works on one, the next is read. */
  async #write(): Promise<void> {
    if (this.#batch.length === 0) return;
    const documents = this.#batch;
    this.#batch = [];
    this.#batchChars = 0;
    const stored = this.writer
      .write({ ...this.target, documents })
      .then((outcome) => this.#tally.stored(outcome));
    // What fails here is thrown where it is waited for.
    stored.catch(() => undefined);
    this.#writing.push(stored);
    if (this.#writing.length > 1) await this.#writing.shift();
  }
}
