import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ImportInput } from '../importer.port.js';
import { archiveTooLarge, brokenArchive, isZip, ZipArchive, type ZipEntry } from '../zip-archive.js';

/** What the texts of one archive may unpack to, as its directory says; a file longer than said there is refused on reading. */
const MAX_ARCHIVE_TEXT_BYTES = 2 * 1024 ** 3;
const TEXT_NAME = /\.(?:md|markdown|txt)$/i;

/** A file that may be a text; `relativePath` has forward slashes on every system. */
export interface TextFile {
  readonly relativePath: string;
  readonly kind: 'text' | 'other' | 'link';
  readonly sizeBytes: number;
  /** Null where the file is an upload's temporary one. */
  readonly modifiedAt: Date | null;
  read(): Promise<Buffer>;
}

/** Whether a file name is one of Markdown or plain text. */
export function isTextName(name: string): boolean {
  return TEXT_NAME.test(name);
}

/** All files of an input in a fixed order: the file itself, those below a folder, or those in a ZIP. */
export async function* textFilesOf(input: ImportInput): AsyncGenerator<TextFile> {
  const info = await stat(input.path);
  if (info.isDirectory()) yield* inFolder(input.path, '');
  else if (await isZip(input.path)) yield* inArchive(input.path);
  else {
    const name = input.uploadedName ?? basename(input.path);
    const file = await onDisk(input.path, name, 'text');
    yield input.uploadedName === null ? file : { ...file, modifiedAt: null };
  }
}

/** Links are not followed; hidden files and folders are left out. */
async function* inFolder(folder: string, prefix: string): AsyncGenerator<TextFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* inFolder(path, `${prefix}${entry.name}/`);
    else yield onDisk(path, prefix + entry.name, kindOf(entry));
  }
}

async function onDisk(path: string, relativePath: string, kind: TextFile['kind']): Promise<TextFile> {
  const read = () => readFile(path);
  if (kind !== 'text') return { relativePath, kind, sizeBytes: 0, modifiedAt: null, read };
  const { size, mtime } = await stat(path);
  // To the second, as archives keep it: a folder and its ZIP give the same documents.
  mtime.setUTCMilliseconds(0);
  return { relativePath, kind, sizeBytes: size, modifiedAt: mtime, read };
}

function kindOf(entry: Dirent): TextFile['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  return entry.isFile() && isTextName(entry.name) ? 'text' : 'other';
}

async function* inArchive(path: string): AsyncGenerator<TextFile> {
  const archive = await ZipArchive.open(path, isVisibleFile);
  try {
    const files = archive.entries.map(inZip);
    const textBytes = files.reduce((sum, file) => sum + (file.kind === 'text' ? file.sizeBytes : 0), 0);
    if (textBytes > MAX_ARCHIVE_TEXT_BYTES)
      throw archiveTooLarge('The texts in the archive unpack to over 2 GiB.');
    yield* files.sort((one, other) => (one.relativePath < other.relativePath ? -1 : 1));
  } finally {
    archive.close();
  }
}

function inZip(entry: ZipEntry): TextFile {
  return {
    relativePath: entry.name,
    kind: isTextName(entry.name) ? 'text' : 'other',
    sizeBytes: entry.uncompressedBytes,
    modifiedAt: entry.modifiedAt,
    read: async () => {
      try {
        return await buffer(await entry.open());
      } catch (error) {
        throw brokenArchive(error);
      }
    },
  };
}

/** No folders, nothing hidden, and no names that climb out of the archive: they would be odd ids. */
function isVisibleFile(name: string): boolean {
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && part !== '__MACOSX');
}
