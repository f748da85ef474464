import { AppError } from '../../../shared/index.js';
import { bytesOf, chunksOf, type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { type ImportEvent, Importer, type ReadOptions } from '../importer.port.js';
import { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';
import { isLetter, isLetterName, letterBytes } from './letter.importer.js';
import { mailEvents } from './mail-events.js';
import { mailFolderOf } from './mail-folder.js';
import { MailHeaders } from './mail-headers.js';
import { MailOwner } from './mail-owner.js';
import { isMbox, mboxMessages } from './mbox.splitter.js';

const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
/** Enough for the headers, which are all that the first reading wants. */
const MAX_HEADER_BYTES = 256 * 1024;
const DETECT_BYTES = 8 * 1024;
/** Mailboxes have this ending, or, as Thunderbird keeps them, none. */
const MAILBOX_NAME = /(?:^|\/)[^/.]+$|\.mbo?x$/i;
const UNKNOWN_OWNER =
  'no own address is known: name yours (self) so that your messages count as your own words';

/** Reads mailbox files (mbox), such as Google Takeout, Thunderbird and Apple Mail give them, and single letters beside them. */
export class MailboxImporter extends Importer {
  readonly source = 'mail';
  readonly usualCorpus = 'personal';
  readonly reads = 'mail (an .mbox file, or a folder or ZIP of them)';

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of candidates(files)) if (await isMailbox(file)) return true;
    return false;
  }

  async *read(files: ExportFiles, { selfNames }: ReadOptions): AsyncGenerator<ImportEvent> {
    const mailboxes: ExportFile[] = [];
    for (const file of candidates(files)) if (await isMailbox(file)) mailboxes.push(file);
    if (mailboxes.length === 0) throw nothingReadable();
    const letters: ExportFile[] = [];
    for (const file of files.all) if (isLetterName(file.path) && (await isLetter(file))) letters.push(file);
    const owner = await learnOwner(mailboxes, selfNames);
    if (!owner.isKnown)
      yield { kind: 'noted', position: storedText(mailboxes[0]!.path), reason: UNKNOWN_OWNER };
    const progress = new ReadingProgress([...mailboxes, ...letters]);
    for (const file of mailboxes) yield* readMailbox(file, owner, progress);
    for (const file of letters) yield* readLetter(file, owner);
    yield progress.done();
  }
}

function candidates(files: ExportFiles): readonly ExportFile[] {
  return files.form === 'file' ? files.all : files.matching(MAILBOX_NAME);
}

async function isMailbox(file: ExportFile): Promise<boolean> {
  return file.kind === 'file' && isMbox(await headOf(file, DETECT_BYTES));
}

/** Reads the headers of every message once before: only the whole mailbox tells whose it is. */
async function learnOwner(
  mailboxes: readonly ExportFile[],
  selfNames: readonly string[],
): Promise<MailOwner> {
  const owner = new MailOwner(selfNames);
  for (const file of mailboxes) {
    for await (const { bytes } of mboxMessages(chunksOf(file), MAX_HEADER_BYTES)) {
      const headers = MailHeaders.of(bytes);
      owner.learn(headers, mailFolderOf(headers, file.path).isSent);
    }
  }
  owner.conclude();
  return owner;
}

async function* readMailbox(
  file: ExportFile,
  owner: MailOwner,
  progress: ReadingProgress,
): AsyncGenerator<ImportEvent> {
  const path = storedText(file.path);
  let index = 0;
  for await (const { bytes, isCut } of mboxMessages(progress.chunksOf(file), MAX_MESSAGE_BYTES)) {
    yield* mailEvents({ bytes, path, position: `${path}[${index++}]`, isCut }, owner);
    yield* progress.due();
  }
}

async function* readLetter(file: ExportFile, owner: MailOwner): AsyncGenerator<ImportEvent> {
  const path = storedText(file.path);
  const bytes = await bytesOf(file, MAX_MESSAGE_BYTES);
  if (bytes === null) yield { kind: 'skipped', position: path, reason: 'file is over 32 MB', isFault: true };
  else yield* mailEvents({ bytes: letterBytes(bytes), path, position: path, isCut: false }, owner);
}

function nothingReadable(): AppError {
  return new AppError(
    'corpus.unrecognised_import',
    'unprocessable',
    'No mailbox could be read from the file; nothing was imported.',
    { hint: 'Expected: an mbox file, in which every message begins with a line "From …".' },
  );
}
