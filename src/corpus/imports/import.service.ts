import { Injectable } from '@nestjs/common';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, AppError, type CorpusName, Ids } from '../../shared/index.js';
import { detectImporter } from '../importers/detect-importer.js';
import { ImportRepository } from './import.repository.js';
import { ImportLease } from './import-lease.js';
import type { ImportRecord, ImportReport } from './import-record.js';
import { type ImportJob, ImportRunner } from './import-runner.js';
import { ImportTally } from './import-tally.js';

export interface ImportRequest {
  readonly corpus: CorpusName;
  /** A file or folder on disk; it is only read. */
  readonly path: string;
  /** Whose corpus; the actor's own when absent. */
  readonly owner?: string | undefined;
  /** Which importer; by content when absent. */
  readonly source?: string | undefined;
  /** The name of an uploaded file; absent for a path of the actor's own. */
  readonly uploadedName?: string | undefined;
}

/** Starts imports and tells how they stand. */
@Injectable()
export class ImportService {
  constructor(
    private readonly repository: ImportRepository,
    private readonly runner: ImportRunner,
    private readonly lease: ImportLease,
    private readonly owners: OwnerPolicy,
    private readonly ids: Ids,
  ) {}

  /**
   * Recognises the file, records the import and returns while it runs in the background; `release` is called when
   * the file is no longer needed. Throws `corpus.unrecognised_import` and the like before anything is recorded.
   */
  async start(actor: Actor, request: ImportRequest, release?: () => Promise<void>): Promise<ImportRecord> {
    const job = await this.prepare(actor, request);
    this.runner.runInBackground({ ...job, release });
    return job.record;
  }

  /** As `start`, but resolves when the import has ended: succeeded or failed. */
  async run(
    actor: Actor,
    request: ImportRequest,
    onProgress?: (report: ImportReport) => void,
  ): Promise<ImportRecord> {
    const job = await this.prepare(actor, request);
    await this.runner.run({ ...job, onProgress });
    return this.find(actor, job.record.id);
  }

  /** An import for or by the actor. Throws `corpus.import_unknown` (not found), also for that of another. */
  async find(actor: Actor, id: string): Promise<ImportRecord> {
    const record = await this.repository.find(actor.userId, id);
    if (record !== null) return record;
    throw new AppError('corpus.import_unknown', 'not_found', 'There is no such import.', {
      hint: 'Use the import_id that the import answered with, and a token of the same user.',
    });
  }

  private async prepare(actor: Actor, request: ImportRequest): Promise<ImportJob> {
    const ownerId = await this.owners.resolve(actor, request.owner);
    const input = { path: request.path, uploadedName: request.uploadedName ?? null };
    const importer = await detectImporter(input, request.source);
    const entry = {
      id: this.ids.next(),
      ownerId,
      actorId: actor.userId,
      corpus: request.corpus,
      source: importer.source,
      report: new ImportTally().report(),
    };
    const record = await this.repository.create(entry, this.lease.owner, this.lease.seconds);
    return { actor, record, importer, input };
  }
}
