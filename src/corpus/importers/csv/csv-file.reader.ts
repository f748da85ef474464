import type { ExportFile } from '../files/export-files.js';
import { textChunksOf } from '../files/text-chunks.js';
import type { ImportEvent } from '../importer.port.js';
import type { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { type CsvRow, csvRows } from './csv-rows.js';

export type CsvValueRow = Extract<CsvRow, { kind: 'row' }>;

type Rewrite = (chunks: AsyncIterable<string>) => AsyncIterable<string>;

/** Reads a table of any size row by row; what is broken is reported. `rewrite` puts odd quoting right before. */
export async function* readCsvFile(
  file: ExportFile,
  eventsOf: (row: CsvValueRow, position: string) => Iterable<ImportEvent>,
  progress: ReadingProgress,
  rewrite: Rewrite = (chunks) => chunks,
): AsyncGenerator<ImportEvent> {
  const path = storedText(file.path);
  const text = await textChunksOf(file, progress.chunksOf(file));
  if (text === null) {
    yield { kind: 'skipped', position: path, reason: 'binary file', isFault: true };
    return;
  }
  if (text.note !== null) yield { kind: 'noted', position: path, reason: text.note };
  for await (const row of csvRows(rewrite(text.chunks))) {
    const position = `${path}[${row.index}]`;
    if (row.kind === 'row') yield* eventsOf(row, position);
    else yield { kind: 'skipped', position, reason: row.reason, isFault: true };
    yield* progress.due();
  }
}
