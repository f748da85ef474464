import { type ExportFile, headOf } from '../files/export-files.js';
import type { ImportEvent, ReadOptions } from '../importer.port.js';
import { LooseFileImporter } from '../loose/loose-file.importer.js';
import { storedText } from '../stored-text.js';
import { mailEvents } from './mail-events.js';
import { MailHeaders } from './mail-headers.js';
import { MailOwner } from './mail-owner.js';

const DETECT_BYTES = 16 * 1024;
/** Letters saved from a mail program, and the files of a Maildir. */
const LETTER_NAME = /\.emlx?$|(?:^|\/)(?:cur|new)\/[^/]+$/i;
/** Apple Mail writes the length of the message before it and its own notes behind it. */
const APPLE_LENGTH = /^(\d{1,10})\s*\r?\n/;

/** Whether a path is named as a letter is. */
export function isLetterName(path: string): boolean {
  return LETTER_NAME.test(path);
}

/** Whether a file begins with the headers of a letter. */
export async function isLetter(file: ExportFile): Promise<boolean> {
  return file.kind === 'file' && isLetterHead(await headOf(file, DETECT_BYTES));
}

/** The message itself. */
export function letterBytes(bytes: Buffer): Buffer {
  const length = APPLE_LENGTH.exec(bytes.toString('latin1', 0, 16));
  if (length === null) return bytes;
  return bytes.subarray(length[0].length, length[0].length + Number(length[1]));
}

/** Reads single letters: `.eml` files and the files of a Maildir. */
export class LetterImporter extends LooseFileImporter {
  readonly source = 'mail';
  readonly usualCorpus = 'personal';
  readonly reads = 'letters (.eml files, a Maildir)';
  protected override readonly maxFileBytes = 32 * 1024 * 1024;

  async claims(file: ExportFile, head: () => Promise<Buffer>): Promise<boolean> {
    return isLetterName(file.path) && isLetterHead(await head());
  }

  protected async *readFile(
    file: ExportFile,
    bytes: Buffer,
    { selfNames }: ReadOptions,
  ): AsyncGenerator<ImportEvent> {
    const path = storedText(file.path);
    yield* mailEvents(
      { bytes: letterBytes(bytes), path, position: path, isCut: false },
      new MailOwner(selfNames),
    );
  }
}

function isLetterHead(head: Buffer): boolean {
  const message = letterBytes(head);
  return !message.subarray(0, 512).includes(0) && MailHeaders.of(message).areOfMail;
}
