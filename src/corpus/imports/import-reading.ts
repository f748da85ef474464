import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { DocumentComparison } from '../documents/document-comparison.repository.js';
import { DocumentWriter } from '../documents/imported-document.js';
import type { ExportFiles, LeftOutFile } from '../importers/files/export-files.js';
import type { Importer } from '../importers/importer.port.js';
import { storedText } from '../importers/stored-text.js';
import type { ImportRecord, ImportTarget } from './import-record.js';
import { ImportRun } from './import-run.js';
import { MirrorService } from './mirror.service.js';

/** An input that was recognised: what reads which of its files, and where the documents go. */
export interface RecognisedInput {
  readonly files: ExportFiles;
  readonly parts: readonly {
    readonly importer: Importer;
    readonly files: ExportFiles;
    readonly target: ImportTarget;
  }[];
  readonly unread: readonly LeftOutFile[];
}

/** Reads an input from its beginning to its end into the corpora of its owner, as its options say. */
@Injectable()
export class ImportReading {
  constructor(
    private readonly writer: DocumentWriter,
    private readonly comparison: DocumentComparison,
    private readonly mirror: MirrorService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** The counts of an import, at nothing yet. */
  begin({ id, ownerId, options }: ImportRecord): ImportRun {
    const owner = { ownerId, importId: id, since: options.since };
    return new ImportRun(options.isDryRun ? this.comparison : this.writer, owner, this.clock);
  }

  /** `beat` is called again and again; what it throws ends the reading, when nothing is written any more. */
  async readAll(
    record: ImportRecord,
    input: RecognisedInput,
    run: ImportRun,
    beat: () => Promise<void>,
  ): Promise<void> {
    const { selfNames, mirrors } = record.options;
    for (const file of input.unread)
      run.skip({ position: storedText(file.path), reason: file.reason, isFault: file.isFault });
    for (const [index, { importer, files, target }] of input.parts.entries()) {
      const partsWaiting = input.parts.length - index - 1;
      await run.consume(target, importer.read(files, { selfNames }), beat, partsWaiting);
    }
    if (mirrors) await this.mirror.removeMissing(record, run, beat);
  }

  /** Lets what follows in the background begin, however the import ended. What fails here is done when it is next needed. */
  async settle({ id, ownerId, targets, options }: ImportRecord): Promise<void> {
    if (options.isDryRun) return;
    for (const corpus of new Set(targets.map((target) => target.corpus)))
      await this.writer
        .settle(ownerId, corpus)
        .catch((error) => this.log.error('corpus.import_unsettled', error, { import_id: id }));
  }
}
