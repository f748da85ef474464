import type { ImportedDocument } from '../documents/imported-document.js';

/** What is imported: a file or folder on disk. */
export interface ImportInput {
  readonly path: string;
  /** The name an uploaded file had; null for a file or folder of the caller's own, whose name and time count. */
  readonly uploadedName: string | null;
}

/** What an importer meets on its way through a file, in the order of the file. */
export type ImportEvent =
  | { readonly kind: 'document'; readonly document: ImportedDocument }
  | SkippedEvent
  | NotedEvent
  | { readonly kind: 'progress'; readonly bytesRead: number; readonly totalBytes: number };

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
  /** Decides by content; reads only the beginning or the directory of the input. */
  abstract detect(input: ImportInput): Promise<boolean>;
  abstract read(input: ImportInput): AsyncIterable<ImportEvent>;
}
