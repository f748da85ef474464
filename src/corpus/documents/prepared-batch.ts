import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CorpusName } from '../../shared/index.js';
import { CopyRows } from './copy-rows.js';
import { contentHashOf, fingerprintOf, storableDocument } from './document-content.js';
import { documentTermsOf } from './document-terms.js';
import type { ImportedDocument } from './imported-document.js';

/** Some 10 ms of work. */
const PREPARED_AT_ONCE = 100;

/** What to prepare; `source` is text that the database takes. */
export interface BatchContent {
  readonly corpus: CorpusName;
  readonly source: string;
  readonly documents: readonly ImportedDocument[];
}

/**
 * A batch made ready for the tables: of each document what is compared, counted and indexed, and its row without what
 * only the database knows. Flat, so that it passes between threads without a copy.
 */
export interface PreparedBatch {
  /** Each id once, in the order in which its last form came. */
  readonly externalIds: readonly string[];
  readonly contentHashes: readonly string[];
  /** Where each stands in the given documents. */
  readonly positions: Int32Array<ArrayBuffer>;
  /** 1 for what its owner wrote. */
  readonly ownFlags: Uint8Array<ArrayBuffer>;
  readonly tokenCounts: Int32Array<ArrayBuffer>;
  /** Of title and text in UTF-8. */
  readonly byteCounts: Int32Array<ArrayBuffer>;
  /** Values of `PREPARED_COLUMNS`, one document after the other; `rowEnds` says where each ends. */
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly rowEnds: Int32Array<ArrayBuffer>;
  /** The distinct stems of the batch; documents name them by number. */
  readonly stems: readonly string[];
  readonly termNumbers: Int32Array<ArrayBuffer>;
  readonly frequencies: Int32Array<ArrayBuffer>;
  /** Where the terms of each document end. */
  readonly termEnds: Int32Array<ArrayBuffer>;
  /** Whether the rows say what the texts hold that asks for care. */
  readonly isScreened: boolean;
}

/** What a prepared row holds, in this order. */
export const PREPARED_COLUMNS = [
  'external_id',
  'thread_id',
  'author_role',
  'title',
  'text',
  'url',
  'created_at',
  'tags',
  'attachments',
  'author_name',
  'reply_to',
  'engagement',
  'content_hash',
  'text_fingerprint',
  'token_count',
  'language',
  'safety_tags',
] as const;

/** Finds safety tags; null leaves them to be found later. */
export type SafetyScreen = ((document: ImportedDocument) => readonly string[]) | null;

/** Cleans, hashes, analyses and encodes a batch; of a document given twice, the last stays. */
export async function prepareBatch(content: BatchContent, screen: SafetyScreen): Promise<PreparedBatch> {
  const last = new Map<string, { document: ImportedDocument; position: number }>();
  for (const [position, each] of content.documents.entries()) {
    const document = storableDocument(each);
    last.delete(document.externalId);
    last.set(document.externalId, { document, position });
  }
  const batch = new BatchInProgress(content, screen);
  let count = 0;
  for (const { document, position } of last.values()) {
    if (count++ % PREPARED_AT_ONCE === 0) await nextTurn();
    batch.add(document, position);
  }
  return batch.finished();
}

class BatchInProgress {
  readonly #externalIds: string[] = [];
  readonly #contentHashes: string[] = [];
  readonly #positions: number[] = [];
  readonly #ownFlags: number[] = [];
  readonly #tokenCounts: number[] = [];
  readonly #byteCounts: number[] = [];
  readonly #rows = new CopyRows();
  readonly #rowEnds: number[] = [];
  readonly #stems = new Map<string, number>();
  readonly #termNumbers: number[] = [];
  readonly #frequencies: number[] = [];
  readonly #termEnds: number[] = [];

  constructor(
    private readonly content: BatchContent,
    private readonly screen: SafetyScreen,
  ) {}

  add(document: ImportedDocument, position: number): void {
    const { title, text, authorName } = document;
    const terms = documentTermsOf(title, text, authorName ?? null);
    const contentHash = contentHashOf(this.content.corpus, this.content.source, document);
    this.#externalIds.push(document.externalId);
    this.#contentHashes.push(contentHash);
    this.#positions.push(position);
    this.#ownFlags.push(document.authorRole === 'self' ? 1 : 0);
    this.#tokenCounts.push(terms.tokenCount);
    this.#byteCounts.push(Buffer.byteLength(text) + (title === null ? 0 : Buffer.byteLength(title)));
    this.#addRow(document, contentHash, terms);
    for (const [stem, frequency] of terms.frequencies) {
      this.#termNumbers.push(this.#numberOf(stem));
      this.#frequencies.push(frequency);
    }
    this.#termEnds.push(this.#termNumbers.length);
  }

  finished(): PreparedBatch {
    return {
      externalIds: this.#externalIds,
      contentHashes: this.#contentHashes,
      positions: Int32Array.from(this.#positions),
      ownFlags: Uint8Array.from(this.#ownFlags),
      tokenCounts: Int32Array.from(this.#tokenCounts),
      byteCounts: Int32Array.from(this.#byteCounts),
      rows: this.#rows.take(),
      rowEnds: Int32Array.from(this.#rowEnds),
      stems: [...this.#stems.keys()],
      termNumbers: Int32Array.from(this.#termNumbers),
      frequencies: Int32Array.from(this.#frequencies),
      termEnds: Int32Array.from(this.#termEnds),
      isScreened: this.screen !== null,
    };
  }

  /** The values in the order of `PREPARED_COLUMNS`. */
  #addRow(
    document: ImportedDocument,
    contentHash: string,
    { tokenCount, language }: { readonly tokenCount: number; readonly language: string | null },
  ): void {
    this.#rows
      .text(document.externalId)
      .text(document.threadId)
      .text(document.authorRole)
      .text(document.title)
      .text(document.text)
      .text(document.url)
      .time(document.createdAt)
      .textArray(document.tags)
      .textArray(document.attachments)
      .text(document.authorName ?? null)
      .text(document.replyTo ?? null)
      .integer(document.engagement ?? null)
      .text(contentHash)
      .text(fingerprintOf(document.text))
      .integer(tokenCount)
      .text(language)
      .textArray(this.screen?.(document) ?? null);
    this.#rowEnds.push(this.#rows.length);
  }

  #numberOf(stem: string): number {
    const known = this.#stems.get(stem);
    if (known !== undefined) return known;
    const number = this.#stems.size;
    this.#stems.set(stem, number);
    return number;
  }
}
