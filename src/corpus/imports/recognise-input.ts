import type { CorpusName } from '../../shared/index.js';
import { detectImporters } from '../importers/detect-importer.js';
import { ExportFiles, type ImportInput } from '../importers/files/export-files.js';
import type { RecognisedInput } from './import-reading.js';

/**
 * Opens an input and finds what reads it. Each part goes into `corpus`, or into its usual one where that is null.
 * Throws `corpus.import_not_found`, `corpus.unrecognised_import` and the like; then nothing is left open.
 */
export async function recogniseInput(
  input: ImportInput,
  source: string | null,
  corpus: CorpusName | null,
): Promise<RecognisedInput> {
  const files = await ExportFiles.open(input);
  try {
    const { parts, unread } = await detectImporters(files, source ?? undefined);
    return {
      files,
      unread,
      parts: parts.map(({ importer, files: own }) => ({
        importer,
        files: own,
        target: { source: importer.source, corpus: corpus ?? importer.usualCorpus },
      })),
    };
  } catch (error) {
    files.close();
    throw error;
  }
}
