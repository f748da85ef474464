import { Injectable } from '@nestjs/common';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, AppError, type CorpusName, Ids } from '../../shared/index.js';
import { CorpusSummaries } from '../documents/corpus-summaries.repository.js';
import { ImportRepository } from './import.repository.js';
import { ImportLease } from './import-lease.js';
import { importOptionsOf } from './import-options.js';
import type { ImportRecord, ImportReport, KeptUpload } from './import-record.js';
import { type ImportJob, ImportRunner } from './import-runner.js';
import { ImportTally } from './import-tally.js';
import { recogniseInput } from './recognise-input.js';

export interface ImportRequest {
  /** Where all of it goes; absent: each part into its importer's usual corpus. */
  readonly corpus?: CorpusName | undefined;
  /** A file or folder on disk; it is only read. */
  readonly path: string;
  /** Whose corpus; the actor's own when absent. */
  readonly owner?: string | undefined;
  /** Which importer; by content when absent. */
  readonly source?: string | undefined;
  /** ISO 8601: documents of before are skipped. */
  readonly since?: string | undefined;
  /** Counts what would be stored, and stores nothing. */
  readonly dryRun?: boolean | undefined;
  /** Removes documents of the same sources that the export no longer holds. Not together with `since`. */
  readonly mirror?: boolean | undefined;
  /** Names and addresses by which the owner appears in the export. */
  readonly selfNames?: readonly string[] | undefined;
  /** The name of an uploaded file; absent for a path of the actor's own. */
  readonly uploadedName?: string | undefined;
}

/** An uploaded file that is kept until its import has ended, and how to let go of it. */
export interface HeldUpload {
  /** Its name in the spool folder. */
  readonly file: string;
  readonly release: () => Promise<void>;
}

/** How the caller follows an import it waits for. */
export interface ImportWatch {
  readonly onProgress?: ((report: ImportReport) => void) | undefined;
  /** Aborted: the import is cancelled; what is stored stays. */
  readonly signal?: AbortSignal | undefined;
}

/** Starts imports. */
@Injectable()
export class ImportService {
  constructor(
    private readonly repository: ImportRepository,
    private readonly runner: ImportRunner,
    private readonly lease: ImportLease,
    private readonly owners: OwnerPolicy,
    private readonly corpora: CorpusSummaries,
    private readonly ids: Ids,
  ) {}

  /**
   * Recognises the file, records the import and returns while it runs in the background; the upload is released when
   * it has ended. Throws `corpus.unrecognised_import` and the like before anything is recorded.
   */
  async start(actor: Actor, request: ImportRequest, upload?: HeldUpload): Promise<ImportRecord> {
    const job = await this.prepare(actor, request, upload);
    this.runner.runInBackground(job);
    return job.record;
  }

  /** As `start`, but resolves when the import has ended, however it did. */
  async run(actor: Actor, request: ImportRequest, watch: ImportWatch = {}): Promise<ImportRecord> {
    const { onProgress, signal } = watch;
    const job = await this.prepare(actor, request);
    const { id, ownerId } = job.record;
    const cancel = () => this.lease.cancel(id);
    const ended = this.runner.run({ ...job, onProgress });
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    await ended.finally(() => signal?.removeEventListener('abort', cancel));
    return (await this.repository.find(ownerId, id))!;
  }

  private async prepare(actor: Actor, request: ImportRequest, upload?: HeldUpload): Promise<ImportJob> {
    const options = importOptionsOf(request);
    const ownerId = await this.owners.resolve(actor, request.owner);
    if (!options.isDryRun) await this.refuseWithoutRoom(ownerId);
    const { path, corpus, uploadedName } = request;
    const input = await recogniseInput(
      { path, uploadedName: uploadedName ?? null },
      options.source,
      corpus ?? null,
    );
    try {
      const kept: KeptUpload | null =
        upload === undefined ? null : { file: upload.file, name: uploadedName ?? upload.file, attempts: 1 };
      const entry = {
        id: this.ids.next(),
        ownerId,
        actorId: actor.userId,
        targets: input.parts.map(({ target }) => target),
        options,
        upload: kept,
        report: new ImportTally().report(),
      };
      const record = await this.repository.create(entry, this.lease.holder);
      return { record, input, release: upload?.release };
    } catch (error) {
      input.files.close();
      throw error;
    }
  }

  /** How much an export needs is known only when it is read: each batch is checked again. */
  private async refuseWithoutRoom(ownerId: string): Promise<void> {
    const { usedBytes, quotaBytes } = await this.corpora.quotaUse(ownerId);
    if (quotaBytes === null || usedBytes < quotaBytes) return;
    throw new AppError('corpus.quota_exceeded', 'too_large', 'The quota of this owner is used up.', {
      hint: 'Delete documents, undo an import, or have CORPUS_QUOTA_MB raised. A dry run is possible.',
      details: { quota_bytes: quotaBytes, used_bytes: usedBytes },
    });
  }
}
