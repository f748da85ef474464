import { csvBytes } from './csv.format.js';
import type { ExportedDocument } from './document-record.js';
import { jsonLinesBytes } from './json-lines.format.js';
import { markdownBytes } from './markdown.format.js';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Documents as they come from the database, some at a time. */
export type DocumentGroups = AsyncIterable<readonly ExportedDocument[]>;

/** How a format is sent. */
export interface FormatWriter {
  readonly mediaType: string;
  readonly ending: string;
  /** Never more than a group of documents and some pieces of it are held. `folder` is what the files lie in. */
  bytes(groups: DocumentGroups, folder: string): AsyncGenerator<Uint8Array>;
}

export const FORMAT_WRITERS: Readonly<Record<ExportFormat, FormatWriter>> = {
  jsonl: { mediaType: 'application/jsonl', ending: 'jsonl', bytes: jsonLinesBytes },
  csv: { mediaType: 'text/csv; charset=utf-8', ending: 'csv', bytes: csvBytes },
  markdown: { mediaType: 'application/zip', ending: 'zip', bytes: markdownBytes },
};
