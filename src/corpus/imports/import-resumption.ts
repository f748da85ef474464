import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../../telemetry/index.js';
import { ImportRepository } from './import.repository.js';
import { faultOf, GAVE_UP, INTERRUPTED } from './import-fault.js';
import { ImportLease } from './import-lease.js';
import type { ImportFault, ImportRecord, KeptUpload } from './import-record.js';
import { ImportRunner } from './import-runner.js';
import { ImportUndoing } from './import-undoing.js';
import { recogniseInput } from './recognise-input.js';
import { UploadSpool } from './upload-spool.js';

const LOOK_EVERY_MS = 5_000;
/** A file that ends the process each time must not do so for ever. */
const MAX_ATTEMPTS = 3;
/** So long an upload's import waits for the replica that has the file on its own disk. */
const WAIT_FOR_FILE_SECONDS = 600;

/** Goes on with imports whose process is gone: from the upload that was kept, else it says that they were interrupted. */
@Injectable()
export class ImportResumption implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: ImportRepository,
    private readonly lease: ImportLease,
    private readonly runner: ImportRunner,
    private readonly undoing: ImportUndoing,
    private readonly spool: UploadSpool,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.takeOver();
    await this.spool.removeLeftOvers(await this.repository.uploadsInUse());
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Deals with every import that nobody works on. */
  async takeOver(): Promise<void> {
    for (const { record, isLong } of await this.repository.orphans(
      this.lease.soleOwner,
      WAIT_FOR_FILE_SECONDS,
    ))
      await this.deal(record, isLong);
  }

  private async look(): Promise<void> {
    try {
      await this.takeOver();
    } catch (error) {
      this.log.warn('corpus.import_look_failed', {
        reason: error instanceof Error ? error.message : 'unknown',
      });
    }
  }

  private async deal(orphan: ImportRecord, isLong: boolean): Promise<void> {
    const { upload, state } = orphan;
    const isHere = upload !== null && (await this.spool.has(upload.file));
    if (upload !== null && !isHere && !isLong && this.lease.soleOwner === null) return;
    const record = await this.repository.claim(orphan.id, this.lease.soleOwner, this.lease.holder);
    if (record === null) return;
    if (state === 'undoing') return this.undoing.carryOutInBackground(record);
    if (orphan.isCancelling) return this.end(record, 'cancelled', null);
    if (upload === null || !isHere) return this.end(record, 'failed', INTERRUPTED);
    if (upload.attempts >= MAX_ATTEMPTS) return this.end(record, 'failed', GAVE_UP);
    await this.beginAnew(record, upload);
  }

  private async beginAnew(record: ImportRecord, upload: KeptUpload): Promise<void> {
    const { id, options, corpus, targets } = record;
    const path = this.spool.pathOf(upload.file);
    this.log.info('corpus.import_resumed', { import_id: id, attempt: upload.attempts + 1 });
    try {
      const isSpread = new Set(targets.map((target) => target.corpus)).size > 1;
      const input = await recogniseInput(
        { path, uploadedName: upload.name },
        options.source,
        isSpread ? null : corpus,
      );
      this.runner.runInBackground({ record, input, release: () => this.spool.remove({ path }) });
    } catch (error) {
      await this.end(record, 'failed', faultOf(error));
    }
  }

  private async end(
    record: ImportRecord,
    state: 'failed' | 'cancelled',
    error: ImportFault | null,
  ): Promise<void> {
    const { id, report, upload } = record;
    if (upload !== null) await this.spool.remove({ path: this.spool.pathOf(upload.file) });
    await this.repository.save(id, this.lease.holder.owner, state, { report, error });
  }
}
