import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CorpusName } from '../../shared/index.js';

const FIND = `
  SELECT owner_id, corpus, revision::text AS revision FROM corpus_scopes
  WHERE owner_id = ANY($1::text[]) ORDER BY owner_id, corpus`;

/** Which state owners' corpora are in: every change of a corpus gives it another revision. */
@Injectable()
export class CorpusRevisions {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** One text for each wish, in order; it is another one as soon as one of the named corpora has changed. */
  async of(
    wishes: readonly { readonly ownerId: string; readonly corpora: readonly CorpusName[] }[],
  ): Promise<readonly string[]> {
    const owners = [...new Set(wishes.map(({ ownerId }) => ownerId))];
    const rows: { owner_id: string; corpus: CorpusName; revision: string }[] = await this.dataSource.query(
      FIND,
      [owners],
    );
    const byOwner = new Map(
      owners.map((owner) => [owner, rows.filter(({ owner_id }) => owner_id === owner)]),
    );
    return wishes.map(({ ownerId, corpora }) =>
      (byOwner.get(ownerId) ?? [])
        .filter(({ corpus }) => corpora.includes(corpus))
        .map(({ corpus, revision }) => `${corpus}:${revision}`)
        .join(' '),
    );
  }
}
