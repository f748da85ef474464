import { Injectable } from '@nestjs/common';
import { DocumentRemoval } from '../documents/document-removal.repository.js';
import { DocumentWriter } from '../documents/imported-document.js';
import { KeptCopies } from '../documents/kept-copies.js';
import type { OwnedCorpus } from '../documents/writing-activity.js';
import type { ImportRecord, UndoReport } from './import-record.js';
import { type FormerDocument, ImportUndoRepository } from './import-undo.repository.js';

const FORMERS_AT_ONCE = 500;
const DELETED_AT_ONCE = 5_000;

type Counts = { -readonly [name in Exclude<keyof UndoReport, 'by'>]: number };

/** Takes back what an import did to documents, some at a time; each step may be repeated after a crash. */
@Injectable()
export class ImportRollback {
  constructor(
    private readonly undo: ImportUndoRepository,
    private readonly writer: DocumentWriter,
    private readonly removal: DocumentRemoval,
    private readonly copies: KeptCopies,
  ) {}

  /** `beat` is called after each step with all that was done so far; what it throws ends the work. */
  async carryOut(
    { id, ownerId, undo }: ImportRecord,
    beat: (done: Omit<UndoReport, 'by'>) => Promise<void>,
  ): Promise<void> {
    const counts: Counts = { deleted: 0, restored: 0, returned: 0, kept: 0, ...undo };
    const corpora = await this.undo.corporaOf(ownerId, id);
    for (const corpus of corpora) {
      const owned = { ownerId, corpus };
      counts.kept += await this.undo.leaveLater(owned, id);
      await this.restore(owned, id, counts, () => beat(counts));
      await this.deleteCreated(owned, id, counts, () => beat(counts));
      // What another import changed in the meantime.
      counts.kept += await this.undo.leaveLater(owned, id);
      await this.undo.forgetNothing(owned, id);
      await beat(counts);
      await this.writer.settle(ownerId, corpus);
    }
    if (corpora.length > 0) await this.copies.forget();
  }

  private async restore(
    owned: OwnedCorpus,
    id: string,
    counts: Counts,
    beat: () => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const formers = await this.undo.formers(owned, id, FORMERS_AT_ONCE);
      if (formers.length === 0) return;
      let settled = 0;
      for (const group of groupsOf(formers)) {
        await this.writeBack(owned, id, group);
        const done = await this.undo.settleRestored(owned, id, group);
        settled += done;
        counts[group[0]!.isGone ? 'returned' : 'restored'] += done;
      }
      const left = settled < formers.length ? await this.undo.leaveLater(owned, id) : 0;
      counts.kept += left;
      // Better a fault than a loop without an end.
      if (settled + left === 0) throw new Error(`no former text of import ${id} could be put back`);
      await beat();
    }
  }

  private async writeBack(owned: OwnedCorpus, id: string, group: readonly FormerDocument[]): Promise<void> {
    const { source, formerImportId } = group[0]!;
    await this.writer.write({
      ...owned,
      source,
      ...(formerImportId !== null && { importId: formerImportId }),
      takesBack: id,
      documents: group.map(({ document }) => document),
    });
  }

  private async deleteCreated(
    owned: OwnedCorpus,
    id: string,
    counts: Counts,
    beat: () => Promise<void>,
  ): Promise<void> {
    for (;;) {
      const ids = await this.undo.created(owned, id, DELETED_AT_ONCE);
      if (ids.length === 0) return;
      counts.deleted += await this.removal.remove(owned, ids, { kind: 'created_by', importId: id });
      await beat();
    }
  }
}

/** Forms that one batch can write: of one source and one former import, gone or not. */
function groupsOf(formers: readonly FormerDocument[]): FormerDocument[][] {
  const groups = new Map<string, FormerDocument[]>();
  for (const former of formers) {
    const key = JSON.stringify([former.source, former.formerImportId, former.isGone]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [former]);
    else group.push(former);
  }
  return [...groups.values()];
}
