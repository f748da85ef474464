import type { CorpusName } from '../../../shared/index.js';
import { csvRows } from '../csv/csv-rows.js';
import { type ExportFile, headOf } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { type JsonRecord, recordOf } from '../json-record.js';
import { StreamedFileImporter } from '../loose/streamed-file.importer.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { textLines } from '../text/text-lines.js';
import { type McgForm, mcgFormOf } from './mcg-form.js';
import { mcgRecordOfNote } from './mcg-note.js';
import { readMcgRecord, skipped } from './mcg-record.js';
import { mcgRecordOfRow } from './mcg-row.js';

const HEAD_BYTES = 8192;
/** Of a record as it is written, escapes and quotation marks included. */
const MAX_RECORD_CHARS = 128 * 1024 * 1024;

type Reader = (pieces: AsyncIterable<string>, path: string) => AsyncGenerator<ImportEvent>;
const READERS: Readonly<Record<McgForm['kind'], Reader>> = {
  lines: readLines,
  table: readTable,
  note: readNote,
};

/** Reads what this program exported of one corpus: JSON Lines, a table, or Markdown files. */
export class McgImporter extends StreamedFileImporter {
  readonly source = 'mcg';
  readonly reads = 'an export of this program (.jsonl, .csv, or the ZIP or folder of its Markdown files)';

  constructor(readonly usualCorpus: CorpusName) {
    super();
  }

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    return (await mcgFormOf(file, head))?.corpus === this.usualCorpus;
  }

  protected override async *eventsOf(
    file: ExportFile,
    _options: ReadOptions,
    progress: ReadingProgress,
  ): AsyncGenerator<ImportEvent> {
    const form = await mcgFormOf(file, () => headOf(file, HEAD_BYTES));
    const path = storedText(file.path);
    const text = await textChunksOf(file, progress.chunksOf(file));
    if (form === null || text === null) {
      yield skipped(path, 'binary file');
      return;
    }
    if (text.note !== null) yield { kind: 'noted', position: path, reason: text.note };
    for await (const event of READERS[form.kind](text.chunks, path)) {
      yield event;
      yield* progress.due();
    }
  }
}

async function* readLines(pieces: AsyncIterable<string>, path: string): AsyncGenerator<ImportEvent> {
  let index = 0;
  for await (const line of textLines(pieces, MAX_RECORD_CHARS)) {
    const position = `${path}[${index}]`;
    if (line?.trim() === '') continue;
    index++;
    const record = line === null ? null : parsed(line);
    if (record !== null) yield* readMcgRecord(record, position);
    else yield skipped(position, line === null ? 'line is too long' : 'line is no JSON object');
  }
}

function parsed(line: string): JsonRecord | null {
  try {
    return recordOf(JSON.parse(line));
  } catch {
    return null;
  }
}

async function* readTable(pieces: AsyncIterable<string>, path: string): AsyncGenerator<ImportEvent> {
  for await (const row of csvRows(pieces, MAX_RECORD_CHARS)) {
    const position = `${path}[${row.index}]`;
    if (row.kind === 'row') yield* readMcgRecord(mcgRecordOfRow(row.values), position);
    else yield skipped(position, row.reason);
  }
}

async function* readNote(pieces: AsyncIterable<string>, path: string): AsyncGenerator<ImportEvent> {
  let content = '';
  for await (const piece of pieces) {
    content += piece;
    if (content.length > MAX_RECORD_CHARS) return yield skipped(path, 'note is too long');
  }
  const record = mcgRecordOfNote(content);
  if (record === null) yield skipped(path, 'front matter cannot be read');
  else yield* readMcgRecord(record, path);
}
