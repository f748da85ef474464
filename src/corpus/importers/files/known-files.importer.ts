import { type ImportEvent, Importer, type ReadOptions } from '../importer.port.js';
import { glanceAt } from '../loose/file-kinds.js';
import { ReadingProgress } from '../reading-progress.js';
import { type ExportFile, type ExportFiles, headOf } from './export-files.js';

const HEAD_BYTES = 128 * 1024;

/** A file of an export, and what kind of file of that service it is. */
export interface KnownFile<Form extends string> {
  readonly file: ExportFile;
  readonly form: Form;
}

/** Reads an export of several files, each known by what it begins with. */
export abstract class KnownFilesImporter<Form extends string> extends Importer {
  /** The names of files worth a look in a folder or archive; a single file is looked at whatever its name is. */
  protected abstract readonly names: RegExp;
  /** What was found out of a file holds as long as the file is known. */
  readonly #forms = new WeakMap<ExportFile, Promise<Form | null>>();

  /** What kind of file it is by its beginning, which comes as Latin-1 without NULs; null for files of others. */
  protected abstract formOf(begin: string, file: ExportFile): Form | null;
  /** Whether a file of this kind shows that the export is of this service. */
  protected abstract isSign(form: Form): boolean;
  protected abstract eventsOf(
    known: readonly KnownFile<Form>[],
    reading: { readonly files: ExportFiles; readonly progress: ReadingProgress } & ReadOptions,
  ): AsyncIterable<ImportEvent>;

  async detect(files: ExportFiles): Promise<boolean> {
    for (const file of this.#candidates(files)) {
      const form = await this.#formOf(file);
      if (form !== null && this.isSign(form)) return true;
    }
    return false;
  }

  async *read(files: ExportFiles, options: ReadOptions): AsyncGenerator<ImportEvent> {
    const known: KnownFile<Form>[] = [];
    for (const file of this.#candidates(files)) {
      const form = await this.#formOf(file);
      if (form !== null) known.push({ file, form });
    }
    const progress = new ReadingProgress(known.map(({ file }) => file));
    yield* this.eventsOf(known, { ...options, files, progress });
    yield progress.done();
  }

  #candidates(files: ExportFiles): readonly ExportFile[] {
    return files.form === 'file' ? files.matching(/^/) : files.matching(this.names);
  }

  #formOf(file: ExportFile): Promise<Form | null> {
    const found =
      this.#forms.get(file) ?? headOf(file, HEAD_BYTES).then((head) => this.formOf(glanceAt(head), file));
    this.#forms.set(file, found);
    return found;
  }
}
