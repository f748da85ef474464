import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../../shared/index.js';
import { readHead } from './file-head.js';
import { climbsOut, isLinkEntry, isVisibleName, nameOfEntry } from './zip-names.js';

/** Far above any export, far below what a crafted archive can claim. */
const MAX_ENTRY_BYTES = 16 * 1024 ** 3;
/** Texts pack ten to one or so; what unpacks to more than this, and to this many times its size, is made to fill memory. */
const SUSPECT_ENTRY_BYTES = 512 * 1024 ** 2;
const SUSPECT_TOTAL_BYTES = 2 * 1024 ** 3;
const SUSPECT_RATIO = 100;
/** The directory of an archive is held in memory. */
const MAX_ENTRIES = 500_000;

/** Whether a file begins like a ZIP file. */
export async function isZip(path: string): Promise<boolean> {
  const head = (await readHead(path, 4)).toString('latin1');
  return head === 'PK\u0003\u0004' || head === 'PK\u0005\u0006';
}

export interface ZipEntry {
  /** The path the archive gives it, with forward slashes: a label, never used to write. */
  readonly name: string;
  readonly kind: 'file' | 'link';
  readonly uncompressedBytes: number;
  /** To the second; archives without a zone are taken as UTC, so that every machine reads the same. */
  readonly modifiedAt: Date;
  open(): Promise<Readable>;
}

/** A name in an archive whose file is not offered. */
export interface RefusedName {
  readonly name: string;
  readonly reason: string;
}

/** Reads entries of a ZIP file as streams. Nothing is ever extracted to disk. */
export class ZipArchive {
  private constructor(
    readonly entries: readonly ZipEntry[],
    readonly refused: readonly RefusedName[],
    private readonly zip: ZipFile,
  ) {}

  /** Lists the entries that are no folders and not hidden. Throws `corpus.broken_archive`, `corpus.archive_too_large`. */
  static async open(path: string): Promise<ZipArchive> {
    let zip: ZipFile | null = null;
    try {
      // Names stay raw: one that climbs out must not stop the reading, for it is never followed.
      zip = await openPromise(path, { autoClose: false, decodeStrings: false });
      if (zip.entryCount > MAX_ENTRIES) {
        throw archiveTooLarge(`The archive holds over ${MAX_ENTRIES} files.`);
      }
      const { entries, refused, totalBytes } = await listEntries(zip);
      if (totalBytes > SUSPECT_TOTAL_BYTES && totalBytes > SUSPECT_RATIO * (await stat(path)).size) {
        throw archiveTooLarge('The archive unpacks to over a hundred times its size.');
      }
      return new ZipArchive(entries, refused, zip);
    } catch (error) {
      zip?.close();
      throw brokenArchive(error);
    }
  }

  close(): void {
    this.zip.close();
  }
}

async function listEntries(zip: ZipFile) {
  // A name that comes twice stands for the last of its entries, as where archives are updated.
  const byName = new Map<string, ZipEntry>();
  const refused: RefusedName[] = [];
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const name = nameOfEntry(entry);
    totalBytes += entry.uncompressedSize;
    if (climbsOut(name)) refused.push({ name, reason: 'its name leads out of the archive' });
    else if (isVisibleName(name)) {
      if (byName.has(name)) refused.push({ name, reason: 'replaced by a later file of the same name' });
      byName.set(name, zipEntry(zip, entry, name));
    }
  }
  return { entries: [...byName.values()], refused, totalBytes };
}

/** A fault of the archive itself, which only another copy of it can mend. */
export function brokenArchive(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('corpus.broken_archive', 'unprocessable', 'The ZIP file is damaged or incomplete.', {
    hint: 'Download the export again, or import what is inside it.',
    cause,
  });
}

/** An archive that claims to unpack to more than any export does. */
export function archiveTooLarge(message: string): AppError {
  return new AppError('corpus.archive_too_large', 'too_large', message, {
    hint: 'Unpack it and import its files in parts.',
  });
}

function zipEntry(zip: ZipFile, entry: Entry, name: string): ZipEntry {
  const open = async (): Promise<Readable> => {
    if (entry.isEncrypted()) {
      throw new AppError(
        'corpus.encrypted_archive',
        'unprocessable',
        'The ZIP file is protected by a password.',
        {
          hint: 'Unpack it with the password and import what is inside it.',
        },
      );
    }
    if (entry.uncompressedSize > MAX_ENTRY_BYTES) {
      throw archiveTooLarge('A file in the archive is over 16 GiB.');
    }
    if (
      entry.uncompressedSize > SUSPECT_ENTRY_BYTES &&
      entry.uncompressedSize > SUSPECT_RATIO * entry.compressedSize
    ) {
      throw archiveTooLarge('A file in the archive unpacks to over a hundred times its size.');
    }
    return zip.openReadStreamPromise(entry);
  };
  const modifiedAt = entry.getLastModDate({ timezone: 'UTC' });
  const kind = isLinkEntry(entry) ? 'link' : 'file';
  return { name, kind, uncompressedBytes: entry.uncompressedSize, modifiedAt, open };
}
