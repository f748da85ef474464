import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Importer } from '../../src/corpus/importers/importer.port.js';
import { readExport } from './read-export.js';

/** What an importer reads from files of these contents, in a folder. */
export async function readFiles(
  importer: Importer,
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  selfNames: readonly string[] = [],
) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const { documents, skipped, notes } = await readExport(importer, folder, { selfNames });
  return {
    documents,
    skipped: skipped.map(({ position, reason, count = 1 }) => [position, reason, count] as const),
    faults: skipped.filter(({ isFault }) => isFault).length,
    notes: notes.map(({ reason }) => reason),
  };
}
