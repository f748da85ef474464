import type { CorpusName } from '../../shared/index.js';
import type { ImportedDocument } from '../documents/imported-document.js';
import type { ExportFiles } from './files/export-files.js';

/** What an importer is told beside the files. */
export interface ReadOptions {
  /** Names, handles and addresses by which the owner appears in the export; empty where the caller named none. */
  readonly selfNames: readonly string[];
}

/** What an importer meets on its way through a file, in the order of the file. */
export type ImportEvent = DocumentEvent | SkippedEvent | NotedEvent | ProgressEvent;

export interface DocumentEvent {
  readonly kind: 'document';
  readonly document: ImportedDocument;
  /** Where it came from first, in an export of ours; else it is the importer's own source. */
  readonly source?: string;
}

/** How far the reading is; sent every megabyte or so, and at the end. */
export interface ProgressEvent {
  readonly kind: 'progress';
  readonly bytesRead: number;
  readonly totalBytes: number;
}

/** Something that was read and is not kept. */
export interface SkippedEvent {
  readonly kind: 'skipped';
  /** Where it stands, e.g. `conversations.json[12]`. */
  readonly position: string;
  /** A category: few distinct values, no text of the source. */
  readonly reason: string;
  readonly detail?: string;
  /** True where it should have been readable: a fault of the file, not a choice of the importer. */
  readonly isFault?: boolean;
  /** How many items it speaks of; 1 when absent. */
  readonly count?: number;
}

/** Something that was kept, and of which the owner should know how. */
export interface NotedEvent {
  readonly kind: 'noted';
  readonly position: string;
  readonly reason: string;
}

/**
 * Reads one kind of export as documents. It never writes: not to the input, not beside it.
 * `read` throws `AppError` (`corpus.*`) where the whole input is unusable; single faults are `skipped` events.
 */
export abstract class Importer {
  /** The name stored with every document: `chatgpt`, `markdown`. */
  abstract readonly source: string;
  /** Where its documents belong when the caller does not say. */
  abstract readonly usualCorpus: CorpusName;
  /** What it reads in plain words, for hints: `a ChatGPT export (conversations.json or the ZIP that holds it)`. */
  abstract readonly reads: string;
  /** Decides by content; reads only names and the beginnings of files. */
  abstract detect(files: ExportFiles): Promise<boolean>;
  abstract read(files: ExportFiles, options: ReadOptions): AsyncIterable<ImportEvent>;
}
