import { Injectable } from '@nestjs/common';
import { CorpusConfig } from '../../config/index.js';
import { type Actor, AppError, Clock } from '../../shared/index.js';
import type { ImportRecord } from './import-record.js';
import { ImportRecords } from './import-records.service.js';
import { ImportUndoing } from './import-undoing.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Takes imports back for their owners. */
@Injectable()
export class ImportUndoService {
  constructor(
    private readonly imports: ImportRecords,
    private readonly undoing: ImportUndoing,
    private readonly config: CorpusConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins to take an import back and returns while that goes on: its state is `undoing`, and `undone` at the end.
   * Throws `corpus.import_unknown`, and as conflicts `corpus.import_running`, `corpus.import_undoing`,
   * `corpus.import_undone`, `corpus.import_wrote_nothing`, `corpus.undo_expired`, `corpus.undo_unknown`.
   */
  async start(actor: Actor, importId: string, owner?: string): Promise<ImportRecord> {
    const record = await this.begin(actor, importId, owner);
    this.undoing.carryOutInBackground(record);
    return record;
  }

  /** As `start`, but resolves when it has ended: undone, or failed. */
  async run(actor: Actor, importId: string, owner?: string): Promise<ImportRecord> {
    const record = await this.begin(actor, importId, owner);
    await this.undoing.carryOut(record);
    return this.imports.findOwn(actor, importId, record.ownerId);
  }

  private async begin(actor: Actor, importId: string, owner?: string): Promise<ImportRecord> {
    const found = await this.imports.findOwn(actor, importId, owner);
    this.refuseUnfit(found);
    const begun = await this.undoing.begin(importId, actor.userId);
    if (begun !== null) return begun;
    // Another request was faster: the state that it has now says why not.
    const now = await this.imports.findOwn(actor, importId, found.ownerId);
    this.refuseUnfit(now);
    throw refusal('corpus.import_undoing', 'The import is being taken back already.', WAIT);
  }

  private refuseUnfit({ state, options, isBatch, finishedAt }: ImportRecord): void {
    if (state === 'running')
      throw refusal(
        'corpus.import_running',
        'The import has not ended yet.',
        'Wait for its end, or DELETE it.',
      );
    if (state === 'undoing')
      throw refusal('corpus.import_undoing', 'The import is being taken back already.', WAIT);
    if (state === 'undone')
      throw refusal('corpus.import_undone', 'The import was taken back already.', 'There is nothing to do.');
    if (options.isDryRun)
      throw refusal('corpus.import_wrote_nothing', 'A dry run stores nothing.', 'There is nothing to do.');
    if (!isBatch)
      throw refusal(
        'corpus.undo_unknown',
        'This import is older than the marks of what it stored.',
        DELETE_INSTEAD,
      );
    const { undoDays } = this.config;
    const endedMs = finishedAt === null ? this.clock.now().getTime() : Date.parse(finishedAt);
    if (undoDays !== null && endedMs < this.clock.now().getTime() - undoDays * DAY_MS)
      throw refusal(
        'corpus.undo_expired',
        `The import ended over ${undoDays} days ago; former texts are no longer kept.`,
        DELETE_INSTEAD,
      );
  }
}

const WAIT = 'Wait until its state is `undone`.';
const DELETE_INSTEAD = 'Delete its documents instead, by source, time or tag.';

function refusal(code: string, message: string, hint: string): AppError {
  return new AppError(code, 'conflict', message, { hint });
}
