import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CorpusConfig } from '../../config/index.js';
import { type AuthorRole, CORPORA, type CorpusName } from '../../shared/index.js';
import type { CorpusSummary } from './document.js';

/** Times come from an index of the corpus by time, counts are kept: nothing here reads documents. */
const SCOPES = `
  SELECT s.corpus, s.document_count, s.byte_count::float8 AS bytes, s.retention_days,
    (SELECT min(created_at) FROM documents d WHERE d.scope_id = s.id) AS earliest,
    (SELECT max(created_at) FROM documents d WHERE d.scope_id = s.id) AS latest,
    coalesce((
      SELECT i.finished_at FROM imports i
      WHERE i.owner_id = s.owner_id AND i.state IN ('succeeded', 'failed', 'cancelled')
        AND NOT coalesce((i.options ->> 'isDryRun')::boolean, false)
        AND (i.corpus = s.corpus OR i.targets @> jsonb_build_array(jsonb_build_object('corpus', s.corpus)))
      ORDER BY i.id DESC LIMIT 1), s.updated_at) AS last_import
  FROM corpus_scopes s WHERE s.owner_id = $1 AND s.document_count > 0`;
const COUNTS = `
  SELECT s.corpus, c.source, c.author_role, c.language, c.document_count
  FROM corpus_scopes s JOIN corpus_counts c ON c.scope_id = s.id
  WHERE s.owner_id = $1 AND c.document_count > 0 ORDER BY c.document_count DESC, c.source, c.author_role, c.language`;
const USED = 'SELECT coalesce(sum(byte_count), 0)::float8 AS bytes FROM corpus_scopes WHERE owner_id = $1';

/** As ISO 639 says it. */
const UNDETERMINED = 'und';

interface ScopeRow {
  readonly corpus: CorpusName;
  readonly document_count: number;
  readonly bytes: number;
  readonly retention_days: number | null;
  readonly earliest: Date | null;
  readonly latest: Date | null;
  readonly last_import: Date;
}

interface CountRow {
  readonly corpus: CorpusName;
  readonly source: string;
  readonly author_role: AuthorRole;
  readonly language: string;
  readonly document_count: number;
}

/** How much an owner keeps over all corpora, and may keep; null means there is no limit. */
export interface QuotaUse {
  readonly usedBytes: number;
  readonly quotaBytes: number | null;
}

/** What owners' corpora hold, told without counting. */
@Injectable()
export class CorpusSummaries {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(CorpusConfig)
    private readonly config: Pick<CorpusConfig, 'quotaBytesPerOwner' | 'retentionDays'>,
  ) {}

  /** One summary per corpus that holds documents, in the order of `CORPORA`. */
  async of(ownerId: string): Promise<CorpusSummary[]> {
    const scopes = await this.dataSource.query<ScopeRow[]>(SCOPES, [ownerId]);
    const counts = await this.dataSource.query<CountRow[]>(COUNTS, [ownerId]);
    return CORPORA.flatMap((corpus) => scopes.filter((scope) => scope.corpus === corpus)).map((scope) =>
      summaryOf(
        scope,
        counts.filter(({ corpus }) => corpus === scope.corpus),
        this.config.retentionDays,
      ),
    );
  }

  async quotaUse(ownerId: string): Promise<QuotaUse> {
    const [row] = await this.dataSource.query<{ bytes: number }[]>(USED, [ownerId]);
    return { usedBytes: row!.bytes, quotaBytes: this.config.quotaBytesPerOwner };
  }
}

function summaryOf(
  scope: ScopeRow,
  counts: readonly CountRow[],
  usualRetentionDays: number | null,
): CorpusSummary {
  const total = (of: (row: CountRow) => string) => {
    const totals: Record<string, number> = Object.create(null);
    for (const row of counts) totals[of(row)] = (totals[of(row)] ?? 0) + row.document_count;
    return totals;
  };
  return {
    corpus: scope.corpus,
    documentCount: scope.document_count,
    bySource: total((row) => row.source),
    byAuthorRole: total((row) => row.author_role),
    byLanguage: total((row) => row.language || UNDETERMINED),
    earliest: scope.earliest?.toISOString() ?? null,
    latest: scope.latest?.toISOString() ?? null,
    bytes: scope.bytes,
    lastImport: scope.last_import.toISOString(),
    retentionDays: scope.retention_days ?? usualRetentionDays,
  };
}
