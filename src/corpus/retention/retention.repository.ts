import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CorpusConfig } from '../../config/index.js';
import { Clock, type CorpusName } from '../../shared/index.js';
import { lockScope } from '../documents/document-index.js';
import type { OwnedCorpus } from '../documents/writing-activity.js';

const SET = 'UPDATE corpus_scopes SET retention_days = $2 WHERE id = $1';
/** Without a time of its own a document is as old as its import. Each half is read by the index on times. */
const TOO_OLD = `
  SELECT id FROM documents WHERE scope_id = $1 AND created_at < $2
  UNION ALL
  SELECT id FROM documents WHERE scope_id = $1 AND created_at IS NULL AND imported_at < $2`;
const COUNT_DUE = `
  SELECT count(*)::int AS documents FROM corpus_scopes s, LATERAL (${TOO_OLD.replaceAll('$1', 's.id')}) old
  WHERE s.owner_id = $1 AND s.corpus = $3`;
const LIMITED = `
  SELECT id, owner_id, corpus, coalesce(retention_days, $1) AS days FROM corpus_scopes
  WHERE coalesce(retention_days, $1) IS NOT NULL ORDER BY id`;
const FORGET_OLD_FORMS = `
  DELETE FROM replaced_documents WHERE scope_id = $1
    AND coalesce(document ->> 'createdAt', document ->> 'imported_at')::timestamptz < $2`;
const FORGET_OLD_BATCHES = `
  DELETE FROM replaced_documents r USING imports i
  WHERE i.id = r.import_id AND i.state NOT IN ('running', 'undoing') AND i.finished_at < $1`;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A corpus whose documents may only become so old. */
export interface LimitedCorpus extends OwnedCorpus {
  readonly scopeId: number;
  readonly days: number;
}

/** How old documents may become, and which of them are older. */
@Injectable()
export class RetentionRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly config: CorpusConfig,
    private readonly clock: Clock,
  ) {}

  /** Of a corpus that says nothing; null means its documents are kept. */
  get usualDays(): number | null {
    return this.config.retentionDays;
  }

  /** `days` null: what the deployment says. */
  async set({ ownerId, corpus }: OwnedCorpus, days: number | null): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const scope = await lockScope(manager, ownerId, corpus, this.clock.now());
      await manager.query(SET, [scope.id, days]);
    });
  }

  /** How many documents are older than so many days. */
  async countOlder({ ownerId, corpus }: OwnedCorpus, days: number): Promise<number> {
    const values = [ownerId, this.daysAgo(days), corpus];
    const [row] = await this.dataSource.query<{ documents: number }[]>(COUNT_DUE, values);
    return row!.documents;
  }

  async limited(): Promise<LimitedCorpus[]> {
    const rows = await this.dataSource.query<
      { id: number; owner_id: string; corpus: CorpusName; days: number }[]
    >(LIMITED, [this.usualDays]);
    return rows.map((row) => ({
      scopeId: row.id,
      ownerId: row.owner_id,
      corpus: row.corpus,
      days: row.days,
    }));
  }

  /** Row ids of the documents that are too old. */
  async older({ scopeId, days }: LimitedCorpus): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: number }[]>(TOO_OLD, [scopeId, this.daysAgo(days)]);
    return rows.map(({ id }) => id);
  }

  /** Lets go of former forms of documents that are too old themselves. */
  async forgetOlderForms({ scopeId, days }: LimitedCorpus): Promise<void> {
    await this.dataSource.query(FORGET_OLD_FORMS, [scopeId, this.daysAgo(days)]);
  }

  /** Lets go of what imports replaced that can no longer be taken back. */
  async forgetOldBatches(): Promise<void> {
    const { undoDays } = this.config;
    if (undoDays !== null) await this.dataSource.query(FORGET_OLD_BATCHES, [this.daysAgo(undoDays)]);
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
