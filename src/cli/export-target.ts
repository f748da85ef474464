import { createWriteStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../shared/index.js';
import { unpackFolder } from './unpack.js';

/** Where an export goes. */
export type ExportTarget =
  | { readonly kind: 'output' }
  | { readonly kind: 'file' | 'folder'; readonly path: string; readonly mayReplace: boolean };

/** What was written: bytes that came, and files where they were unpacked. */
export interface WrittenExport {
  readonly bytes: number;
  readonly files: number | null;
}

type Seen = (bytes: number) => void;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EPIPE: 'its reader is gone',
};

/** Throws `cli.exists` (conflict) where something stands there that may not be replaced, before anything is asked for. */
export async function checkTarget(target: ExportTarget): Promise<void> {
  if (target.kind === 'output' || target.mayReplace || (await isFree(target.path, target.kind))) return;
  throw new AppError('cli.exists', 'conflict', `${target.path} exists already.`, {
    hint: 'Name another with --out, or add --force to write over it.',
  });
}

/**
 * Writes what comes to its target. Until all of it is there it lies beside it under a name that ends with `.part`,
 * which is removed where it fails: what bears the name is whole.
 */
export async function writeExport(
  body: ReadableStream<Uint8Array>,
  target: ExportTarget,
  seen: Seen,
): Promise<WrittenExport> {
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      seen(bytes);
      yield chunk;
    }
  };
  // Made where it is read at once: what fails in between would have nobody to tell.
  const source = () => Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  if (target.kind === 'output') {
    await pipeline(source(), counted, process.stdout, { end: false }).catch((error) => {
      throw writeFault(error, 'standard output');
    });
    return { bytes, files: null };
  }
  const path = resolve(target.path);
  const part = join(dirname(path), `${basename(path)}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(source(), counted, createWriteStream(part, { mode: 0o600 }));
    if (target.kind === 'folder') return { bytes, files: await unpackTo(path, part, target.mayReplace) };
    await checkTarget(target);
    await rename(part, path);
    return { bytes, files: null };
  } catch (error) {
    throw writeFault(error, target.path);
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

/** Into a new folder as a whole; into one that has files already, file by file. */
async function unpackTo(path: string, archive: string, mayReplace: boolean): Promise<number> {
  if (!(await isFree(path, 'folder'))) {
    await checkTarget({ kind: 'folder', path, mayReplace });
    return unpackFolder(archive, path, true);
  }
  const fresh = `${path}.unpacked.part`;
  try {
    await rm(fresh, { recursive: true, force: true });
    const files = await unpackFolder(archive, fresh, false);
    await rmdir(path).catch(() => undefined);
    await rename(fresh, path);
    return files;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Whether nothing stands there, or an empty folder where a folder is wanted. */
async function isFree(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  const info = await lstat(path).catch(() => null);
  if (info === null) return true;
  return kind === 'folder' && info.isDirectory() && (await readdir(path)).length === 0;
}

function writeFault(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof AppError) return error;
  if (syscall === undefined || code === 'ECONNRESET') {
    return new AppError('cli.export_broken', 'unavailable', 'The export broke off before its end.', {
      hint: 'Nothing was kept of it. Check that the server is up, and export again.',
      cause: error,
    });
  }
  const reason = code === undefined ? '' : (REASONS[code] ?? code);
  return new AppError('cli.cannot_write', 'unprocessable', `${path} cannot be written (${reason}).`, {
    hint: 'Choose another place with --out, or make room; nothing was kept of the export.',
    cause: error,
  });
}
