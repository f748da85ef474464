import { Injectable } from '@nestjs/common';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, AppError } from '../../shared/index.js';
import { AnalysisProgress } from '../analysis/analysis-progress.repository.js';
import { ImportRepository } from './import.repository.js';
import { ImportLease } from './import-lease.js';
import type { ImportRecord } from './import-record.js';

export interface ImportPage {
  readonly imports: readonly ImportRecord[];
  readonly nextCursor: string | null;
}

/** How many documents of an import's corpora the background work has still to look through, and of how many. */
export interface AnalysisShare {
  readonly pending: number;
  readonly total: number;
}

/** An import with what follows it in the background. */
export interface FollowedImport extends ImportRecord {
  readonly analysis: AnalysisShare;
}

/** Tells how imports stand, and stops them. */
@Injectable()
export class ImportRecords {
  constructor(
    private readonly repository: ImportRepository,
    private readonly lease: ImportLease,
    private readonly owners: OwnerPolicy,
    private readonly progress: AnalysisProgress,
  ) {}

  /** An import for or by the actor, or of the named owner. Throws `corpus.import_unknown` (not found), also for that of another. */
  async find(actor: Actor, id: string, owner?: string): Promise<FollowedImport> {
    const record = await this.found(await this.owners.resolve(actor, owner), id);
    return { ...record, analysis: await this.analysisOf(record) };
  }

  /** As `find`, for what changes an import: only its owner may, or an admin who names the owner. */
  async findOwn(actor: Actor, id: string, owner?: string): Promise<ImportRecord> {
    const ownerId = await this.owners.resolve(actor, owner);
    const record = await this.found(ownerId, id);
    if (record.ownerId !== ownerId) throw unknownImport();
    return record;
  }

  /** The imports into an owner's corpora, newest first; `cursor` is the `nextCursor` of the page before. */
  async list(
    actor: Actor,
    query: {
      readonly owner?: string | undefined;
      readonly limit: number;
      readonly cursor?: string | undefined;
    },
  ): Promise<ImportPage> {
    const ownerId = await this.owners.resolve(actor, query.owner);
    const found = await this.repository.list(ownerId, query.cursor ?? null, query.limit + 1);
    const imports = found.slice(0, query.limit);
    return { imports, nextCursor: found.length > query.limit ? imports.at(-1)!.id : null };
  }

  /**
   * Stops an import, waiting or at work, in whichever process it is; it has ended when its state says so. What is
   * stored stays. Throws `corpus.import_ended` (conflict), `corpus.import_unknown`.
   */
  async cancel(actor: Actor, id: string, owner?: string): Promise<ImportRecord> {
    await this.findOwn(actor, id, owner);
    const record = await this.repository.requestCancel(id);
    if (record === null) {
      throw new AppError('corpus.import_ended', 'conflict', 'The import has ended already.', {
        hint: 'To take back what it stored, POST to its /undo.',
      });
    }
    this.lease.cancel(id);
    return record;
  }

  private async found(userId: string, id: string): Promise<ImportRecord> {
    const record = await this.repository.find(userId, id);
    if (record === null) throw unknownImport();
    return record;
  }

  private async analysisOf({ ownerId, targets }: ImportRecord): Promise<AnalysisShare> {
    const corpora = new Set(targets.map(({ corpus }) => corpus));
    const own = (await this.progress.of(ownerId)).filter(({ corpus }) => corpora.has(corpus));
    return {
      pending: own.reduce((sum, each) => sum + each.pending, 0),
      total: own.reduce((sum, each) => sum + each.total, 0),
    };
  }
}

function unknownImport(): AppError {
  return new AppError('corpus.import_unknown', 'not_found', 'There is no such import.', {
    hint: 'Use the import_id that the import answered with, and a token of the same user.',
  });
}
