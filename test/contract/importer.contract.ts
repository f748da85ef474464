import { readFile, stat } from 'node:fs/promises';
import { ExportFiles } from '../../src/corpus/importers/files/export-files.js';
import type { ImportEvent, Importer, ReadOptions } from '../../src/corpus/importers/importer.port.js';

const OPTIONS: ReadOptions = { selfNames: [] };

export interface ImporterContract {
  /** Writes an input that this importer reads, into an empty folder, and returns its path. */
  readonly own: (folder: string) => Promise<string>;
  /** Inputs of other kinds. */
  readonly foreign: readonly ((folder: string) => Promise<string>)[];
}

/** What every importer keeps, whatever it reads. */
export function describeImporter(
  importer: Importer,
  emptyFolder: () => string,
  contract: ImporterContract,
): void {
  const own = () => contract.own(emptyFolder());

  it('knows its own kind of input', async () => {
    expect(await withFiles(await own(), (files) => importer.detect(files))).toBe(true);
  });

  it('does not claim other kinds', async () => {
    for (const write of contract.foreign) {
      expect(await withFiles(await write(emptyFolder()), (files) => importer.detect(files))).toBe(false);
    }
  });

  it('gives documents with text, distinct ids, and times in UTC or none', async () => {
    const documents = (await eventsOf(importer, await own())).flatMap((e) =>
      e.kind === 'document' ? [e.document] : [],
    );
    expect(documents.length).toBeGreaterThan(1);
    expect(new Set(documents.map((document) => document.externalId)).size).toBe(documents.length);
    for (const { text, createdAt, title } of documents) {
      expect(text.trim()).not.toBe('');
      expect(`${text}${title}`).not.toContain('\u0000');
      expect(createdAt === null || new Date(createdAt).toISOString() === createdAt).toBe(true);
    }
  });

  it('gives the same when read again, and leaves the input as it was', async () => {
    const path = await own();
    const before = await contentOf(path);
    expect(await eventsOf(importer, path)).toEqual(await eventsOf(importer, path));
    expect(await contentOf(path)).toEqual(before);
  });

  it('ends with all bytes read', async () => {
    const last = (await eventsOf(importer, await own())).at(-1);
    expect(last?.kind).toBe('progress');
    if (last?.kind === 'progress')
      expect([last.bytesRead, last.bytesRead > 0]).toEqual([last.totalBytes, true]);
  });

  it('can be left in the middle', async () => {
    await withFiles(await own(), async (files) => {
      for await (const event of importer.read(files, OPTIONS)) if (event.kind === 'document') break;
    });
    expect((await eventsOf(importer, await own())).length).toBeGreaterThan(1);
  });
}

async function withFiles<T>(path: string, work: (files: ExportFiles) => Promise<T>): Promise<T> {
  const files = await ExportFiles.open({ path, uploadedName: null });
  try {
    return await work(files);
  } finally {
    files.close();
  }
}

function eventsOf(importer: Importer, path: string): Promise<ImportEvent[]> {
  return withFiles(path, async (files) => {
    const events: ImportEvent[] = [];
    for await (const event of importer.read(files, OPTIONS)) events.push(event);
    return events;
  });
}

async function contentOf(path: string): Promise<Buffer | null> {
  return (await stat(path)).isFile() ? readFile(path) : null;
}
