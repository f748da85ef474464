import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/index.js';
import { OwnerPolicy } from '../auth/index.js';
import { type Actor, AppError, Clock, type CorpusName } from '../shared/index.js';
import { DocumentRepository } from './documents/document.repository.js';
import { KeptCopies } from './documents/kept-copies.js';
import { SearchService } from './search/search.service.js';
import type { SearchQuery, SearchResult } from './search/search-query.js';

/** A search as a caller asks for it: whose corpus is settled by the actor, the day by the clock. */
export interface CorpusSearch extends Omit<SearchQuery, 'ownerId' | 'asOf'> {
  /** Another owner, which only an admin may name. */
  readonly owner?: string | undefined;
}

/** What people and programs do with corpora: search them, delete from them. */
@Injectable()
export class CorporaService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly documents: DocumentRepository,
    private readonly searches: SearchService,
    private readonly copies: KeptCopies,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async search(actor: Actor, { owner, ...query }: CorpusSearch): Promise<SearchResult> {
    const ownerId = await this.owners.resolve(actor, owner);
    return this.searches.search({ ...query, ownerId, asOf: this.clock.now().toISOString().slice(0, 10) });
  }

  /** Deletes a document for good. Throws `corpus.document_unknown` (not found), also for that of another owner. */
  async delete(actor: Actor, corpus: CorpusName, documentId: string, owner?: string): Promise<void> {
    const ownerId = await this.owners.resolve(actor, owner);
    const event = { actor: actor.userId, action: 'corpus.delete', resource: `documents/${documentId}` };
    if (!(await this.documents.delete(ownerId, corpus, documentId))) {
      throw new AppError(
        'corpus.document_unknown',
        'not_found',
        'There is no such document in this corpus.',
        {
          hint: 'Use a document_id from a search in the same corpus.',
        },
      );
    }
    await this.copies.forget();
    await this.audit.append({ ...event, outcome: 'done', details: { owner: ownerId, corpus } });
  }
}
