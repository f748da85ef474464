import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/index.js';
import { fileOnDisk, filesBelow, isSystemFault } from './folder-files.js';
import { brokenArchive, isZip, ZipArchive, type ZipEntry } from './zip-archive.js';

/** A listing is held in memory. */
const MAX_FILES = 500_000;

/** What is imported: a file or folder on disk. */
export interface ImportInput {
  readonly path: string;
  /** The name an uploaded file had; null for a file or folder of the caller's own, whose name and time count. */
  readonly uploadedName: string | null;
}

/** One file of an export, wherever it lies. It is only read, as a stream. */
export interface ExportFile {
  /** Its path inside the export, with forward slashes; the name alone where the export is one file. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** Links are listed and never followed. */
  readonly kind: 'file' | 'link';
  readonly sizeBytes: number;
  /** To the second; null where the file is an upload's temporary one. */
  readonly modifiedAt: Date | null;
  /** Throws `corpus.broken_archive`, `corpus.encrypted_archive`, `corpus.archive_too_large`, and what the disk throws. */
  open(): Promise<Readable>;
}

/** Something an export holds that is not offered to any importer. */
export interface LeftOutFile {
  readonly path: string;
  /** A category, with no text of the source. */
  readonly reason: string;
  readonly isFault: boolean;
}

/**
 * The files of an export: one file, those below a folder, or those in a ZIP, in the order of their paths. Hidden files
 * are left out, archives inside an archive are not opened, and nothing is ever unpacked to disk.
 */
export class ExportFiles {
  private constructor(
    readonly form: 'file' | 'folder' | 'zip',
    readonly all: readonly ExportFile[],
    /** What could not be listed, or has no place in an export. */
    readonly leftOut: readonly LeftOutFile[],
    private readonly archive: ZipArchive | null,
  ) {}

  /** Throws `corpus.import_not_found`, `corpus.broken_archive`, `corpus.archive_too_large`, `corpus.too_many_files`. */
  static async open(input: ImportInput): Promise<ExportFiles> {
    const form = await formOf(input.path);
    if (form === 'file') return new ExportFiles(form, [await onlyFile(input)], [], null);
    if (form === 'folder') {
      const { files, leftOut } = await inFolder(input.path);
      return new ExportFiles(form, files, leftOut, null);
    }
    const archive = await ZipArchive.open(input.path);
    const leftOut = archive.refused.map(({ name, reason }) => ({ path: name, reason, isFault: true }));
    return new ExportFiles(form, inOrder(archive.entries.map(inZip)), leftOut, archive);
  }

  /** The files, no links, whose path the pattern matches. */
  matching(pattern: RegExp): readonly ExportFile[] {
    return this.all.filter((file) => file.kind === 'file' && pattern.test(file.path));
  }

  /** The same export with these of its files only. */
  only(files: readonly ExportFile[]): ExportFiles {
    return new ExportFiles(this.form, files, [], null);
  }

  /** Lets go of the archive; files cannot be opened any more. */
  close(): void {
    this.archive?.close();
  }
}

/** The first bytes of a file: fewer where the file is shorter. */
export async function headOf(file: ExportFile, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (file.sizeBytes === 0) return Buffer.alloc(0);
  const stream = await file.open();
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= maxBytes) break;
    }
  } catch (error) {
    throw readFault(error);
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** The chunks of a file, each told to `onBytes` by its length. */
export async function* chunksOf(
  file: ExportFile,
  onBytes: (count: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of await file.open()) {
      onBytes((chunk as Uint8Array).length);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw readFault(error);
  }
}

/** A whole file, or null where it is longer than `maxBytes`, whatever its listing says. */
export async function bytesOf(file: ExportFile, maxBytes: number): Promise<Buffer | null> {
  if (file.sizeBytes > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) return null;
  }
  return Buffer.concat(chunks);
}

/** Faults of the disk carry a system call; what is left is a damaged archive. */
function readFault(error: unknown): AppError {
  if (!isSystemFault(error)) return brokenArchive(error);
  return new AppError('corpus.unreadable_file', 'unprocessable', 'A file of the export cannot be read.', {
    hint: 'Check the right to read it, and that the disk is well; then import again.',
    cause: error,
  });
}

async function formOf(path: string): Promise<ExportFiles['form']> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) return 'folder';
    if (!info.isFile()) throw notFound(path);
    return (await isZip(path)) ? 'zip' : 'file';
  } catch (error) {
    throw error instanceof AppError ? error : notFound(path, error);
  }
}

function notFound(path: string, cause?: unknown): AppError {
  return new AppError('corpus.import_not_found', 'invalid', 'The file or folder to import cannot be read.', {
    hint: `Check the path (${basename(path)}) and the right to read it.`,
    cause,
  });
}

async function onlyFile(input: ImportInput): Promise<ExportFile> {
  const file = await fileOnDisk(input.path, input.uploadedName ?? basename(input.path), 'file');
  return input.uploadedName === null ? file : { ...file, modifiedAt: null };
}

async function inFolder(folder: string): Promise<{ files: ExportFile[]; leftOut: LeftOutFile[] }> {
  const files: ExportFile[] = [];
  const leftOut: LeftOutFile[] = [];
  try {
    for await (const entry of filesBelow(folder)) {
      if (entry.kind === 'fault') leftOut.push({ path: entry.path, reason: entry.reason, isFault: true });
      else if (files.push(entry.file) > MAX_FILES) throw tooManyFiles();
    }
  } catch (error) {
    throw isSystemFault(error) ? notFound(folder, error) : error;
  }
  return { files: inOrder(files), leftOut };
}

function tooManyFiles(): AppError {
  return new AppError('corpus.too_many_files', 'too_large', `The folder holds over ${MAX_FILES} files.`, {
    hint: 'Import its subfolders one by one.',
  });
}

function inZip(entry: ZipEntry): ExportFile {
  return {
    path: entry.name,
    name: entry.name.slice(entry.name.lastIndexOf('/') + 1),
    kind: entry.kind,
    sizeBytes: entry.uncompressedBytes,
    modifiedAt: entry.modifiedAt,
    open: () => entry.open(),
  };
}

function inOrder(files: readonly ExportFile[]): ExportFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}
