import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { Clock } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { ImportRepository } from './import.repository.js';
import { faultOf, INTERRUPTED } from './import-fault.js';
import { ImportQueue } from './import-queue.js';
import { ImportReading, type RecognisedInput } from './import-reading.js';
import type { ImportFault, ImportRecord, ImportReport, ImportState } from './import-record.js';
import type { ImportRun } from './import-run.js';
import { ImportStop } from './import-stop.js';

const SAVE_EVERY_MS = 1_000;

export interface ImportJob {
  readonly record: ImportRecord;
  readonly input: RecognisedInput;
  readonly onProgress?: ((report: ImportReport) => void) | undefined;
  /** Called when the input is no longer needed. */
  readonly release?: (() => Promise<void>) | undefined;
}

/** How an import ended: its state and its fault, or that it is left to be begun anew, or is another process's. */
type Ending = { readonly state: ImportState; readonly fault: ImportFault | null } | 'left' | 'lost';

/** Carries out imports and records how they end. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly repository: ImportRepository,
    private readonly queue: ImportQueue,
    private readonly reading: ImportReading,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Resolves when the end of the import is recorded; throws only where it cannot be. */
  run(job: ImportJob): Promise<void> {
    return this.queue.run(job.record.id, (signal) => this.perform(job, signal));
  }

  runInBackground(job: ImportJob): void {
    this.run(job).catch((error) =>
      this.log.error('corpus.import_unrecorded', error, { import_id: job.record.id }),
    );
  }

  private async perform(job: ImportJob, signal: AbortSignal): Promise<void> {
    const { record, input } = job;
    const run = this.reading.begin(record);
    let ending: Ending = { state: 'succeeded', fault: null };
    try {
      signal.throwIfAborted();
      await this.reading.readAll(record, input, run, this.beatOf(job, run, signal));
    } catch (error) {
      ending = this.endingOf(record, error);
    }
    await this.reading.settle(record);
    input.files.close();
    job.onProgress?.(run.report);
    if (ending === 'lost') return;
    if (ending === 'left' && (await this.repository.release(record.id, this.queue.holder.owner, run.report)))
      return;
    const { state, fault } = ending === 'left' ? { state: 'failed' as const, fault: INTERRUPTED } : ending;
    // Before the end is told: whoever reads that an import has ended finds nothing left of its upload.
    await job
      .release?.()
      .catch((error) => this.log.error('corpus.upload_not_removed', error, { import_id: record.id }));
    await this.conclude(record, run.report, state, fault);
  }

  private endingOf(record: ImportRecord, error: unknown): Ending {
    if (!(error instanceof ImportStop)) {
      const fault = faultOf(error);
      this.log.error('corpus.import_failed', error, { import_id: record.id, code: fault.code });
      return { state: 'failed', fault };
    }
    this.log.info('corpus.import_stopped', { import_id: record.id, reason: error.reason });
    if (error.reason === 'cancelled') return { state: 'cancelled', fault: null };
    return error.reason === 'lost' ? 'lost' : 'left';
  }

  private beatOf({ record, onProgress }: ImportJob, run: ImportRun, signal: AbortSignal) {
    let savedAtMs = this.clock.elapsedMs();
    return async () => {
      signal.throwIfAborted();
      if (this.clock.elapsedMs() - savedAtMs < SAVE_EVERY_MS) return;
      savedAtMs = this.clock.elapsedMs();
      const { report } = run;
      onProgress?.(report);
      await this.repository.save(record.id, this.queue.holder.owner, 'running', { report, error: null });
    };
  }

  private async conclude(
    record: ImportRecord,
    report: ImportReport,
    state: ImportState,
    error: ImportFault | null,
  ): Promise<void> {
    await this.repository.save(record.id, this.queue.holder.owner, state, { report, error });
    const { read, created, changed, unchanged, skipped, removed } = report;
    const counts = { read, created, changed, unchanged, skipped, removed };
    this.log.info('corpus.import_finished', { import_id: record.id, state, ...counts });
    const { ownerId: owner, actorId, corpus, source, options } = record;
    const details = { owner, corpus, source, state, dry_run: options.isDryRun, ...counts };
    await this.audit.append({
      actor: actorId,
      action: 'corpus.import',
      resource: `imports/${record.id}`,
      outcome: error === null ? 'done' : 'failed',
      details,
    });
  }
}
