import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { contentHashOf, storableDocument, storableText } from './document-content.js';
import { type BatchOutcome, type DocumentBatch, DocumentWriter } from './imported-document.js';

const FIND = `
  SELECT stored.external_id, stored.content_hash
  FROM corpus_scopes s CROSS JOIN unnest($4::text[]) AS given(external_id) CROSS JOIN LATERAL (
    SELECT external_id, content_hash FROM documents
    WHERE scope_id = s.id AND source = $3 AND external_id = given.external_id OFFSET 0) stored
  WHERE s.owner_id = $1 AND s.corpus = $2`;

/** Counts what a batch would create and change, and writes nothing: the writer of a dry run. */
@Injectable()
export class DocumentComparison extends DocumentWriter {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async write({ ownerId, corpus, source, documents }: DocumentBatch): Promise<BatchOutcome> {
    const storedSource = storableText(source);
    const hashes = new Map(
      documents.map(storableDocument).map((document) => {
        return [document.externalId, contentHashOf(corpus, storedSource, document)];
      }),
    );
    const ids = [...hashes.keys()];
    const rows = await this.dataSource.query<{ external_id: string; content_hash: string }[]>(FIND, [
      ownerId,
      corpus,
      storedSource,
      ids,
    ]);
    const changed = rows.filter((row) => hashes.get(row.external_id) !== row.content_hash).length;
    const created = ids.length - rows.length;
    return { created, changed, unchanged: documents.length - created - changed };
  }

  override async settle(): Promise<void> {}
}
