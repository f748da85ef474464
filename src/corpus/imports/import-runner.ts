import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { type Actor, AppError, Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { DocumentWriter } from '../documents/imported-document.js';
import type { Importer, ImportInput } from '../importers/importer.port.js';
import { ImportRepository } from './import.repository.js';
import { faultOf, INTERRUPTED } from './import-fault.js';
import { ImportLease } from './import-lease.js';
import type { ImportFault, ImportRecord, ImportReport } from './import-record.js';
import { ImportRun } from './import-run.js';

const SAVE_EVERY_MS = 1_000;
const LAST_BATCH_MS = 15_000;

export interface ImportJob {
  readonly actor: Actor;
  readonly record: ImportRecord;
  readonly importer: Importer;
  readonly input: ImportInput;
  readonly onProgress?: ((report: ImportReport) => void) | undefined;
  /** Called when the input is no longer needed. */
  readonly release?: (() => Promise<void>) | undefined;
}

/** Carries out imports one at a time, so that their memory does not add up in one process. */
@Injectable()
export class ImportRunner implements BeforeApplicationShutdown {
  private last: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly repository: ImportRepository,
    private readonly lease: ImportLease,
    private readonly writer: DocumentWriter,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Resolves when the end of the import is recorded; throws only where it cannot be. */
  run(job: ImportJob): Promise<void> {
    const { last } = this;
    const done = this.lease.hold(job.record.id, () => last.then(() => this.perform(job)));
    this.last = done.catch(() => undefined);
    return done;
  }

  runInBackground(job: ImportJob): void {
    this.run(job).catch((error) =>
      this.log.error('corpus.import_unrecorded', error, { import_id: job.record.id }),
    );
  }

  /** Lets a running import end at its next beat, as interrupted or done; a batch that hangs is not waited for. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.race([this.last, sleep(LAST_BATCH_MS, undefined, { ref: false })]);
  }

  private async perform(job: ImportJob): Promise<void> {
    const run = new ImportRun(this.writer, job.record);
    let fault: ImportFault | null = null;
    try {
      await run.consume(job.importer.read(job.input), this.beatOf(job, run));
      await this.settle(job.record);
    } catch (error) {
      fault = faultOf(error);
      this.log.error('corpus.import_failed', error, { import_id: job.record.id, code: fault.code });
    }
    job.onProgress?.(run.report);
    // Before the end is told: whoever reads that an import has ended finds nothing left of its upload.
    await job
      .release?.()
      .catch((error) => this.log.error('corpus.upload_not_removed', error, { import_id: job.record.id }));
    await this.conclude(job, run.report, fault);
  }

  /** What fails here is done when it is next needed: the documents are stored. */
  private async settle({ id, ownerId, corpus }: ImportRecord): Promise<void> {
    await this.writer
      .settle(ownerId, corpus)
      .catch((error) => this.log.error('corpus.import_unsettled', error, { import_id: id }));
  }

  private beatOf({ record, onProgress }: ImportJob, run: ImportRun): () => Promise<void> {
    let savedAtMs = this.clock.elapsedMs();
    return async () => {
      if (this.stopping) {
        const { code, message, hint } = INTERRUPTED;
        throw new AppError(code, 'unavailable', message, hint === null ? {} : { hint });
      }
      if (this.clock.elapsedMs() - savedAtMs < SAVE_EVERY_MS) return;
      savedAtMs = this.clock.elapsedMs();
      onProgress?.(run.report);
      await this.repository.save(record.id, 'running', run.report, null);
    };
  }

  private async conclude(
    { actor, record }: ImportJob,
    report: ImportReport,
    fault: ImportFault | null,
  ): Promise<void> {
    const state = fault === null ? 'succeeded' : 'failed';
    await this.repository.save(record.id, state, report, fault);
    const { read, created, changed, unchanged, skipped } = report;
    const counts = { read, created, changed, unchanged, skipped };
    this.log.info('corpus.import_finished', { import_id: record.id, state, ...counts });
    const { ownerId: owner, corpus, source } = record;
    await this.audit.append({
      actor: actor.userId,
      action: 'corpus.import',
      resource: `imports/${record.id}`,
      outcome: fault === null ? 'done' : 'failed',
      details: { owner, corpus, source, ...counts },
    });
  }
}
