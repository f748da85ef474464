import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/index.js';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, AppError, type CorpusName } from '../../shared/index.js';
import { DocumentList } from './document-list.repository.js';
import { DocumentRemoval } from './document-removal.repository.js';
import { KeptCopies } from './kept-copies.js';
import type { DocumentFilter, DocumentPosition, ListedDocument, ShownDocument } from './listed-document.js';
import { type TagChange, UserTags } from './user-tags.repository.js';

/** Which corpus, and whose: the actor's own where no owner is named. */
export interface NamedCorpus {
  readonly corpus: CorpusName;
  readonly owner?: string | undefined;
}

export interface DocumentPage {
  readonly documents: readonly ListedDocument[];
  /** Where the next page begins; null at the end. */
  readonly next: DocumentPosition | null;
}

/** What people do with the documents of a corpus: look through them, tag them, delete many. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly owners: OwnerPolicy,
    private readonly documents: DocumentList,
    private readonly tags: UserTags,
    private readonly removal: DocumentRemoval,
    private readonly copies: KeptCopies,
    private readonly audit: AuditLog,
  ) {}

  async list(
    actor: Actor,
    { corpus, owner }: NamedCorpus,
    query: {
      readonly filter: DocumentFilter;
      readonly after: DocumentPosition | null;
      readonly limit: number;
    },
  ): Promise<DocumentPage> {
    const owned = { ownerId: await this.owners.resolve(actor, owner), corpus };
    const found = await this.documents.page(owned, query.filter, query.after, query.limit + 1);
    const documents = found.slice(0, query.limit);
    const last = found.length > query.limit ? documents.at(-1)! : null;
    return { documents, next: last && { createdAt: last.createdAt, id: Number(last.id) } };
  }

  /** Throws `corpus.document_unknown` (not found), also for that of another owner. */
  async show(actor: Actor, { corpus, owner }: NamedCorpus, id: number): Promise<ShownDocument> {
    const ownerId = await this.owners.resolve(actor, owner);
    const found = await this.documents.show({ ownerId, corpus }, id);
    if (found === null) throw unknownDocument();
    return found;
  }

  /** The owner's tags after the change. Throws `corpus.document_unknown`, `corpus.too_many_tags`. */
  async tag(
    actor: Actor,
    { corpus, owner }: NamedCorpus,
    id: number,
    change: TagChange,
  ): Promise<readonly string[]> {
    const ownerId = await this.owners.resolve(actor, owner);
    const tags = await this.tags.change({ ownerId, corpus }, id, change);
    if (tags === null) throw unknownDocument();
    return tags;
  }

  /**
   * Deletes all that match for good, where the caller names their number; says how many were still there. Throws
   * `corpus.confirmation_needed` (conflict, with the count) for no or another number.
   */
  async deleteMatching(
    actor: Actor,
    { corpus, owner }: NamedCorpus,
    filter: DocumentFilter,
    confirmedCount: number | undefined,
  ): Promise<number> {
    const ownerId = await this.owners.resolve(actor, owner);
    const owned = { ownerId, corpus };
    const ids = await this.documents.ids(owned, filter);
    if (ids.length !== confirmedCount) throw confirmationNeeded(ids.length);
    const deleted = await this.removal.remove(owned, ids, { kind: 'for_good' });
    const isWhole = Object.values(filter).every((value) => value === undefined);
    if (isWhole) await this.removal.forgetFormer(owned);
    await this.copies.forget();
    await this.audit.append({
      actor: actor.userId,
      action: 'corpus.delete_many',
      resource: `corpora/${corpus}`,
      outcome: 'done',
      details: {
        owner: ownerId,
        corpus,
        deleted,
        filter: Object.keys(filter).filter((name) => isSet(filter, name)),
      },
    });
    return deleted;
  }
}

function isSet(filter: DocumentFilter, name: string): boolean {
  return filter[name as keyof DocumentFilter] !== undefined;
}

function unknownDocument(): AppError {
  return new AppError('corpus.document_unknown', 'not_found', 'There is no such document in this corpus.', {
    hint: 'Use a document_id from a search or a list of the same corpus.',
  });
}

function confirmationNeeded(count: number): AppError {
  const message = `This would delete ${count} ${count === 1 ? 'document' : 'documents'} for good.`;
  return new AppError('corpus.confirmation_needed', 'conflict', message, {
    hint: `Repeat it with confirm=${count}. Nothing was deleted.`,
    details: { count },
  });
}
