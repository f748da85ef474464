import { chunksOf, type ExportFile } from './files/export-files.js';
import type { ProgressEvent } from './importer.port.js';

const STEP_BYTES = 1024 * 1024;

/** How far the reading of several files is. */
export class ReadingProgress {
  #bytesRead = 0;
  #reported = 0;
  readonly #totalBytes: number;

  constructor(files: readonly ExportFile[]) {
    this.#totalBytes = files.reduce((total, file) => total + file.sizeBytes, 0);
  }

  /** The chunks of a file, counted. */
  chunksOf(file: ExportFile): AsyncGenerator<Uint8Array> {
    return chunksOf(file, (count) => {
      this.#bytesRead += count;
    });
  }

  /** The progress, where a megabyte or more was read since it was last told. */
  *due(): Generator<ProgressEvent> {
    if (this.#bytesRead - this.#reported < STEP_BYTES) return;
    this.#reported = this.#bytesRead;
    yield {
      kind: 'progress',
      bytesRead: Math.min(this.#bytesRead, this.#totalBytes),
      totalBytes: this.#totalBytes,
    };
  }

  /** To be told at the end, when everything was read or left aside on purpose. */
  done(): ProgressEvent {
    return { kind: 'progress', bytesRead: this.#totalBytes, totalBytes: this.#totalBytes };
  }
}
