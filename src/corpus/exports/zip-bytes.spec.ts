import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { ExportFiles } from '../importers/files/export-files.js';
import { type ZipFile, zipBytes } from './zip-bytes.js';

const emptyFolder = temporaryFolders();

async function* listed(files: Iterable<ZipFile>): AsyncGenerator<ZipFile> {
  yield* files;
}

async function unpacked(files: Iterable<ZipFile>, readsAll = true) {
  const path = join(emptyFolder(), 'a.zip');
  await writeFile(path, zipBytes(listed(files)));
  const archive = await ExportFiles.open({ path, uploadedName: null });
  try {
    return await Promise.all(
      archive.all.slice(readsAll ? 0 : -3).map(async (file) => ({
        name: file.path,
        text: file.sizeBytes > 100 ? file.sizeBytes : await textOf(await file.open()),
        modifiedAt: file.modifiedAt?.toISOString(),
      })),
    );
  } finally {
    archive.close();
  }
}

describe('zipBytes', () => {
  it('is an archive with names in UTF-8, times to two seconds, empty and long files', async () => {
    const modifiedAt = new Date('2024-03-05T10:20:31.500Z');
    const files = [
      { name: 'a/Früher.md', bytes: Buffer.from('Frost'), modifiedAt },
      { name: 'a/b.md', bytes: Buffer.alloc(0), modifiedAt: null },
      { name: 'a/c.md', bytes: Buffer.alloc(300_000, 'x'), modifiedAt: new Date('1900-01-01') },
    ];
    expect(await unpacked(files)).toEqual([
      { name: 'a/Früher.md', text: 'Frost', modifiedAt: '2024-03-05T10:20:30.000Z' },
      { name: 'a/b.md', text: '', modifiedAt: '1980-01-01T00:00:00.000Z' },
      { name: 'a/c.md', text: 300_000, modifiedAt: '1980-01-01T00:00:00.000Z' },
    ]);
  });

  it('holds none, and more files than the plain form has room for', async () => {
    expect(await unpacked([])).toEqual([]);
    const many = function* () {
      const bytes = Buffer.from('x');
      for (let at = 0; at < 66_000; at++) yield { name: `${at}`.padStart(5, '0'), bytes, modifiedAt: null };
    };
    expect(await unpacked(many(), false)).toMatchObject([
      { name: '65997', text: 'x' },
      { name: '65998', text: 'x' },
      { name: '65999', text: 'x' },
    ]);
  });

  it('ends its source when it is left', async () => {
    let isEnded = false;
    const files = async function* () {
      try {
        for (;;) yield { name: 'a', bytes: Buffer.from('x'), modifiedAt: null };
      } finally {
        isEnded = true;
      }
    };
    for await (const _ of zipBytes(files())) break;
    expect(isEnded).toBe(true);
  });
});
