import { ExportFiles } from '../../src/corpus/importers/files/export-files.js';
import type { ImportEvent, Importer } from '../../src/corpus/importers/importer.port.js';

/** What an importer reads from a path, sorted by kind. */
export async function readExport(
  importer: Importer,
  path: string,
  {
    uploadedName = null,
    selfNames = [],
  }: { uploadedName?: string | null; selfNames?: readonly string[] } = {},
) {
  const files = await ExportFiles.open({ path, uploadedName });
  const events: ImportEvent[] = [];
  try {
    for await (const event of importer.read(files, { selfNames })) events.push(event);
  } finally {
    files.close();
  }
  return {
    events,
    documents: events.flatMap((event) => (event.kind === 'document' ? [event.document] : [])),
    skipped: events.flatMap((event) => (event.kind === 'skipped' ? [event] : [])),
    notes: events.flatMap((event) => (event.kind === 'noted' ? [event] : [])),
    progress: events.findLast((event) => event.kind === 'progress'),
  };
}
