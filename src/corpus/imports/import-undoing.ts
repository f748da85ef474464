import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { Log } from '../../telemetry/index.js';
import { ImportRepository } from './import.repository.js';
import { faultOf } from './import-fault.js';
import { ImportQueue } from './import-queue.js';
import type { ImportRecord, UndoReport } from './import-record.js';
import { ImportRollback } from './import-rollback.js';
import { ImportStop } from './import-stop.js';

/** Takes imports back in their turn and records how that ends. A process that stops meanwhile leaves it to the next. */
@Injectable()
export class ImportUndoing {
  constructor(
    private readonly repository: ImportRepository,
    private readonly queue: ImportQueue,
    private readonly rollback: ImportRollback,
    private readonly audit: AuditLog,
    private readonly log: Log,
  ) {}

  /** The import as being taken back; null where its state does not allow it. */
  begin(importId: string, by: string): Promise<ImportRecord | null> {
    return this.repository.beginUndo(importId, by, this.queue.holder);
  }

  /** Resolves when the end is recorded; throws only where it cannot be. */
  carryOut(record: ImportRecord): Promise<void> {
    return this.queue.run(record.id, (signal) => this.perform(record, signal));
  }

  carryOutInBackground(record: ImportRecord): void {
    this.carryOut(record).catch((error) =>
      this.log.error('corpus.undo_unrecorded', error, { import_id: record.id }),
    );
  }

  private async perform(record: ImportRecord, signal: AbortSignal): Promise<void> {
    const { id } = record;
    const { owner } = this.queue.holder;
    const by = record.undo?.by ?? record.actorId;
    let undo: UndoReport = { deleted: 0, restored: 0, returned: 0, kept: 0, ...record.undo, by };
    try {
      signal.throwIfAborted();
      await this.rollback.carryOut(record, async (done) => {
        undo = { ...done, by };
        await this.repository.saveUndo(id, owner, 'undoing', { undo, error: null });
        signal.throwIfAborted();
      });
      await this.repository.saveUndo(id, owner, 'undone', { undo, error: null });
      await this.tell(record, undo, 'done');
    } catch (error) {
      // The lease runs out, and whoever takes it goes on.
      if (error instanceof ImportStop) return;
      const { code, retryable } = faultOf(error);
      this.log.error('corpus.undo_failed', error, { import_id: id, code });
      const fault = { code, message: 'The import could not be taken back wholly.', hint: AGAIN, retryable };
      await this.repository.saveUndo(id, owner, 'failed', { undo, error: fault });
      await this.tell(record, undo, 'failed');
    }
  }

  private async tell(record: ImportRecord, undo: UndoReport, outcome: 'done' | 'failed'): Promise<void> {
    const { by, ...counts } = undo;
    const { id, ownerId: owner, source, corpus } = record;
    this.log.info('corpus.import_undone', { import_id: id, outcome, ...counts });
    const event = { actor: by, action: 'corpus.import_undo', resource: `imports/${id}` };
    await this.audit.append({ ...event, outcome, details: { owner, corpus, source, ...counts } });
  }
}

const AGAIN = 'Take it back once more: what is done already stays done.';
