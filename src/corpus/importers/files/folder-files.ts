import { createReadStream, type Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFile } from './export-files.js';

const READ_CHUNK_BYTES = 256 * 1024;
const LISTED_AT_ONCE = 64;

/** What a folder holds: files, and places that could not be looked into. */
export type FolderEntry =
  | { readonly kind: 'file'; readonly file: ExportFile }
  | { readonly kind: 'fault'; readonly path: string; readonly reason: string };

/** Everything below a folder. Links are not followed; hidden files, hidden folders, pipes and devices are left out. */
export async function* filesBelow(folder: string, prefix = ''): AsyncGenerator<FolderEntry> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !name.startsWith('.'),
  );
  for (let at = 0; at < entries.length; at += LISTED_AT_ONCE) {
    const some = entries.slice(at, at + LISTED_AT_ONCE);
    yield* (await Promise.all(some.map((entry) => listed(folder, prefix, entry)))).filter(
      (each) => each !== null,
    );
    for (const entry of some.filter((each) => each.isDirectory()))
      yield* subfolder(folder, prefix, entry.name);
  }
}

async function* subfolder(folder: string, prefix: string, name: string): AsyncGenerator<FolderEntry> {
  try {
    yield* filesBelow(join(folder, name), `${prefix}${name}/`);
  } catch (error) {
    if (!isSystemFault(error)) throw error;
    yield { kind: 'fault', path: `${prefix}${name}`, reason: 'folder cannot be read' };
  }
}

async function listed(folder: string, prefix: string, entry: Dirent): Promise<FolderEntry | null> {
  if (!entry.isFile() && !entry.isSymbolicLink()) return null;
  const path = prefix + entry.name;
  try {
    const kind = entry.isFile() ? 'file' : 'link';
    return { kind: 'file', file: await fileOnDisk(join(folder, entry.name), path, kind) };
  } catch {
    return { kind: 'fault', path, reason: 'file cannot be read' };
  }
}

export async function fileOnDisk(
  path: string,
  relativePath: string,
  kind: ExportFile['kind'],
): Promise<ExportFile> {
  const { size, mtime } = kind === 'link' ? await lstat(path) : await stat(path);
  // To the second, as archives keep it: a folder and its ZIP give the same documents.
  mtime.setUTCMilliseconds(0);
  const open = async () => createReadStream(path, { highWaterMark: READ_CHUNK_BYTES });
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  return { path: relativePath, name, kind, sizeBytes: size, modifiedAt: mtime, open };
}

/** Whether an error is the operating system's, not the program's. */
export function isSystemFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
