import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OwnedCorpus } from './writing-activity.js';

const PAGE = 5_000;

// Rows that were stored since the import began belong to another one, or to itself.
const LIST = `
  SELECT d.id, d.external_id FROM corpus_scopes s CROSS JOIN LATERAL (
    SELECT id, external_id FROM documents
    WHERE scope_id = s.id AND source = $3 AND external_id > $4 AND imported_at <= $5
    ORDER BY external_id LIMIT ${PAGE}) d
  WHERE s.owner_id = $1 AND s.corpus = $2 ORDER BY d.external_id`;

export interface SourceDocument {
  readonly id: number;
  readonly external_id: string;
}

/** The documents that a corpus holds of one source. */
@Injectable()
export class SourceDocuments {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Page by page, those stored until a time (ISO 8601). */
  async *of(
    { ownerId, corpus }: OwnedCorpus,
    source: string,
    storedUntil: string,
  ): AsyncGenerator<readonly SourceDocument[]> {
    let after = '';
    for (;;) {
      const values = [ownerId, corpus, source, after, storedUntil];
      const rows = await this.dataSource.query<SourceDocument[]>(LIST, values);
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.external_id;
    }
  }
}
