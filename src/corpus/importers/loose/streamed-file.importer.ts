import type { ExportFile } from '../files/export-files.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import type { ReadingProgress } from '../reading-progress.js';
import { LooseFileImporter } from './loose-file.importer.js';

/** Reads files that stand on their own and may be of any size, piece by piece. */
export abstract class StreamedFileImporter extends LooseFileImporter {
  /** What one file holds, in its order; `progress.due()` may be told in between. */
  protected abstract override eventsOf(
    file: ExportFile,
    options: ReadOptions,
    progress: ReadingProgress,
  ): AsyncGenerator<ImportEvent>;

  protected override *readFile(): Generator<ImportEvent> {}
}
