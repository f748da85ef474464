import { AppError } from '../../../shared/index.js';
import { type ExportFile, type ExportFiles, headOf } from '../files/export-files.js';
import { type ImportEvent, Importer, type ReadOptions } from '../importer.port.js';
import { ReadingProgress } from '../reading-progress.js';
import { storedText } from '../stored-text.js';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const DETECT_BYTES = 8192;
/** Faults of one file among many; the others are read all the same. */
const FILE_FAULTS: ReadonlyMap<string, string> = new Map([
  ['corpus.broken_archive', 'file is damaged in the archive'],
  ['corpus.unreadable_file', 'file cannot be read'],
]);

/** Reads files that stand on their own, each by its kind: a note, a page, a letter. */
export abstract class LooseFileImporter extends Importer {
  /** The longest file that is read, in bytes. */
  protected readonly maxFileBytes: number = MAX_FILE_BYTES;
  /** What was found out of a file holds as long as the file is known. */
  readonly #own = new WeakMap<ExportFile, Promise<boolean>>();

  /** Whether the file is of this kind, by its name and, where the name says nothing, by its beginning. */
  abstract claims(file: ExportFile, head: () => Promise<Buffer>): boolean | Promise<boolean>;
  /** The documents of one file; `bytes` are all of it. */
  protected abstract readFile(
    file: ExportFile,
    bytes: Buffer,
    options: ReadOptions,
  ): Iterable<ImportEvent> | AsyncIterable<ImportEvent>;

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of files.all) if (await this.isOwn(file)) return true;
    return false;
  }

  async *read(files: ExportFiles, options: ReadOptions): AsyncGenerator<ImportEvent> {
    const own: ExportFile[] = [];
    for (const file of files.all) if (await this.isOwn(file)) own.push(file);
    const progress = new ReadingProgress(own);
    for (const file of own) {
      try {
        yield* this.eventsOf(file, options, progress);
      } catch (error) {
        const reason = error instanceof AppError ? FILE_FAULTS.get(error.code) : undefined;
        if (reason === undefined) throw error;
        yield { kind: 'skipped', position: storedText(file.path), reason, isFault: true };
      }
      yield* progress.due();
    }
    yield progress.done();
  }

  /** Whether this importer reads the file. */
  isOwn(file: ExportFile): Promise<boolean> {
    const known = this.#own.get(file);
    if (known !== undefined) return known;
    const found = this.#isOwn(file);
    this.#own.set(file, found);
    return found;
  }

  /** What one file holds; here it is read as a whole, which files that may be longer need not be. */
  protected async *eventsOf(
    file: ExportFile,
    options: ReadOptions,
    progress: ReadingProgress,
  ): AsyncGenerator<ImportEvent> {
    const bytes = await this.#bytesOf(file, progress);
    if (bytes !== null) {
      yield* this.readFile(file, bytes, options);
      return;
    }
    const reason = `file is over ${Math.round(this.maxFileBytes / 1024 / 1024)} MB`;
    yield { kind: 'skipped', position: storedText(file.path), reason, isFault: true };
  }

  async #isOwn(file: ExportFile): Promise<boolean> {
    return file.kind === 'file' && (await this.claims(file, () => beginningOf(file)));
  }

  /** Null for what is longer than may be, whatever its listing says. */
  async #bytesOf(file: ExportFile, progress: ReadingProgress): Promise<Buffer | null> {
    if (file.sizeBytes > this.maxFileBytes) return null;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of progress.chunksOf(file)) {
      length += chunk.length;
      if (length > this.maxFileBytes) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

/** A file that cannot be read begins with nothing: its name decides, and the fault is told when it is read. */
async function beginningOf(file: ExportFile): Promise<Buffer> {
  try {
    return await headOf(file, DETECT_BYTES);
  } catch (error) {
    if (error instanceof AppError && FILE_FAULTS.has(error.code)) return Buffer.alloc(0);
    throw error;
  }
}
