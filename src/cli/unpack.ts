import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { AppError } from '../shared/index.js';

/**
 * Unpacks the one folder of an archive into `folder`; says how many files it held. Throws `cli.export_broken` for an
 * archive that is damaged or whose names lead elsewhere.
 */
export async function unpackFolder(archive: string, folder: string, mayReplace: boolean): Promise<number> {
  // Names that are absolute, climb out or hold backslashes are refused by the reader of the archive.
  const zip = await openPromise(archive, { autoClose: false }).catch((cause) => {
    throw broken(cause);
  });
  try {
    await mkdir(folder, { recursive: true });
    let files = 0;
    for await (const entry of zip.eachEntry()) {
      const path = join(folder, ...entry.fileName.split('/').slice(1));
      if (relative(folder, path).split(sep)[0] === '..' || path === folder || entry.fileName.endsWith('/')) {
        throw broken(new Error('an entry is no file of the folder'));
      }
      await mkdir(dirname(path), { recursive: true });
      const flags = mayReplace ? 'w' : 'wx';
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags }));
      files++;
    }
    return files;
  } catch (error) {
    throw isOfDisk(error) ? error : broken(error);
  } finally {
    zip.close();
  }
}

function isOfDisk(error: unknown): boolean {
  return error instanceof AppError || (error as NodeJS.ErrnoException).syscall !== undefined;
}

function broken(cause: unknown): AppError {
  return new AppError('cli.export_broken', 'unavailable', 'The archive that came is damaged.', {
    hint: 'Export again.',
    cause,
  });
}
