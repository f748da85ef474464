import { Injectable } from '@nestjs/common';
import { DocumentRemoval } from '../documents/document-removal.repository.js';
import { KeptCopies } from '../documents/kept-copies.js';
import { SourceDocuments } from '../documents/source-documents.repository.js';
import type { ImportRecord, ImportTarget } from './import-record.js';
import type { ImportRun } from './import-run.js';

/** Removes what an export no longer holds, as part of the import that read it. */
@Injectable()
export class MirrorService {
  constructor(
    private readonly stored: SourceDocuments,
    private readonly removal: DocumentRemoval,
    private readonly copies: KeptCopies,
  ) {}

  /**
   * To be called when the whole export was read. Where something in it could not be read, or it held no document at
   * all, nothing is removed, and the report says so: what is missing may only have been unreadable.
   */
  async removeMissing(record: ImportRecord, run: ImportRun, beat: () => Promise<void>): Promise<void> {
    if (run.unreadable > 0)
      return run.note('nothing was removed: not all of the export could be read', 'mirror');
    if (run.documentCount === 0)
      return run.note('nothing was removed: the export holds no documents', 'mirror');
    // What an export of ours holds came from other sources first.
    for (const target of run.met) await this.removeMissingOf(target, record, run, beat);
    if (run.report.removed > 0 && !record.options.isDryRun) await this.copies.forget();
  }

  private async removeMissingOf(
    { source, corpus }: ImportTarget,
    { id, ownerId, startedAt, options }: ImportRecord,
    run: ImportRun,
    beat: () => Promise<void>,
  ): Promise<void> {
    const owned = { ownerId, corpus };
    for await (const page of this.stored.of(owned, source, startedAt)) {
      const missing = page.filter((each) => !run.held(source, each.external_id)).map((each) => each.id);
      const order = { kind: 'kept_for', importId: id, storedUntil: startedAt } as const;
      run.removed(options.isDryRun ? missing.length : await this.removal.remove(owned, missing, order));
      await beat();
    }
  }
}
