import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../shared/index.js';
import { readHead } from './file-head.js';

/** Far above any export, far below what a crafted archive can claim. */
const MAX_ENTRY_BYTES = 16 * 1024 ** 3;
/** The directory of an archive is held in memory. */
const MAX_ENTRIES = 500_000;

/** Whether a file begins like a ZIP file. */
export async function isZip(path: string): Promise<boolean> {
  const head = (await readHead(path, 4)).toString('latin1');
  return head === 'PK\u0003\u0004' || head === 'PK\u0005\u0006';
}

export interface ZipEntry {
  /** The path the archive gives it: a label, never used to write. */
  readonly name: string;
  readonly uncompressedBytes: number;
  /** To the second; archives without a zone are taken as UTC, so that every machine reads the same. */
  readonly modifiedAt: Date;
  open(): Promise<Readable>;
}

/** Reads entries of a ZIP file as streams. Nothing is ever extracted to disk. */
export class ZipArchive {
  private constructor(
    readonly entries: readonly ZipEntry[],
    private readonly zip: ZipFile,
  ) {}

  /** Lists the entries whose name the filter keeps. Throws `corpus.broken_archive`. */
  static async open(path: string, keep: (name: string) => boolean): Promise<ZipArchive> {
    try {
      // Names stay raw: one that climbs out must not stop the reading, for it is never followed.
      const zip = await openPromise(path, { autoClose: false, decodeStrings: false });
      if (zip.entryCount > MAX_ENTRIES) {
        zip.close();
        throw archiveTooLarge(`The archive holds over ${MAX_ENTRIES} files.`);
      }
      const entries: ZipEntry[] = [];
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileNameRaw.toString('utf8');
        if (keep(name)) entries.push(zipEntry(zip, entry, name));
      }
      return new ZipArchive(entries, zip);
    } catch (error) {
      throw brokenArchive(error);
    }
  }

  close(): void {
    this.zip.close();
  }
}

/** A fault of the archive itself, which only another copy of it can mend. */
export function brokenArchive(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('corpus.broken_archive', 'unprocessable', 'The ZIP file is damaged or incomplete.', {
    hint: 'Download the export again, or import the conversations.json that is inside it.',
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
          hint: 'Unpack it with the password and import the conversations.json that is inside it.',
        },
      );
    }
    if (entry.uncompressedSize > MAX_ENTRY_BYTES) {
      throw archiveTooLarge('A file in the archive is over 16 GiB.');
    }
    return zip.openReadStreamPromise(entry);
  };
  const modifiedAt = entry.getLastModDate({ timezone: 'UTC' });
  return { name, uncompressedBytes: entry.uncompressedSize, modifiedAt, open };
}
