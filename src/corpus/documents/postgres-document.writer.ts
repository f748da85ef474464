import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BulkCopy } from '../../database/index.js';
import { Clock } from '../../shared/index.js';
import { DocumentAnalysis } from '../analysis/document-analysis.js';
import { learnBatch, type OwnChange } from '../voice/learn-voice.js';
import { REGISTER_OF } from '../voice/registers.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import { countIn } from './corpus-counts.repository.js';
import { storableText } from './document-content.js';
import { addToScope, type LockedScope, lockScope, type ScopeShare } from './document-index.js';
import {
  type ChosenDocuments,
  DOCUMENTS_TARGET,
  documentCountsOf,
  documentRows,
  POSTINGS_TARGET,
  postingRows,
} from './document-rows.js';
import { type BatchOutcome, type DocumentBatch, DocumentWriter } from './imported-document.js';
import { OwnerQuota } from './owner-quota.repository.js';
import type { PreparedBatch } from './prepared-batch.js';
import { clearForRewrite, findStored, reserveIds, type StoredForm } from './stored-forms.repository.js';
import { type CountedTerms, TermIds } from './term-ids.repository.js';
import { joinedUserTags } from './user-tag.js';

/** A batch inside the transaction that holds its corpus. */
interface HeldBatch {
  readonly manager: EntityManager;
  readonly scope: LockedScope;
  /** What the owner keeps so far; null where no quota is asked. */
  readonly heldBytes: number | null;
  readonly batch: DocumentBatch;
  readonly source: string;
  readonly prepared: PreparedBatch;
  readonly at: Date;
}

/** Numbers of those documents of a batch that are new or changed, and the stored forms of the changed ones. */
interface Difference {
  readonly numbers: readonly number[];
  readonly rewritten: ReadonlyMap<string, StoredForm>;
}

/** Stores, indexes and counts documents by COPY, one transaction per batch. */
@Injectable()
export class PostgresDocumentWriter extends DocumentWriter {
  private turn: Promise<unknown> = Promise.resolve();
  private readonly terms = new TermIds();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly bulkCopy: BulkCopy,
    private readonly clock: Clock,
    private readonly analysis: DocumentAnalysis,
    private readonly voices: VoiceRepository,
    private readonly quota: OwnerQuota,
  ) {
    super();
  }

  write(batch: DocumentBatch): Promise<BatchOutcome> {
    return this.activity.during(() => this.prepareAndStore(batch));
  }

  private async prepareAndStore(batch: DocumentBatch): Promise<BatchOutcome> {
    const { corpus, documents } = batch;
    if (documents.length === 0) return { created: 0, changed: 0, unchanged: 0 };
    const source = storableText(batch.source);
    // Before the scope is held: this is the work that goes on while another batch is stored.
    const prepared = await this.analysis.prepare({ corpus, source, documents });
    // Batches take turns before they take a connection: others may need it more than one that waits for the scope.
    const written = this.turn.then(() => this.storeInTransaction(batch, source, prepared));
    this.turn = written.catch(() => undefined);
    return written;
  }

  private async storeInTransaction(
    batch: DocumentBatch,
    source: string,
    prepared: PreparedBatch,
  ): Promise<BatchOutcome> {
    let keepTerms: (() => void) | undefined;
    const outcome = await this.dataSource.transaction(async (manager) => {
      const at = this.clock.now();
      // What was there before may come back even where it is too much by now.
      const heldBytes = batch.takesBack === undefined ? await this.quota.hold(manager, batch.ownerId) : null;
      const scope = await lockScope(manager, batch.ownerId, batch.corpus, at);
      const held = { manager, scope, heldBytes, batch, source, prepared, at };
      const stored = await findStored(manager, scope.id, source, prepared.externalIds);
      const difference = differenceOf(prepared, stored, batch.takesBack);
      if (difference.numbers.length > 0) keepTerms = await this.store(held, difference);
      return outcomeOf(batch.documents.length, stored.length, difference);
    });
    keepTerms?.();
    return outcome;
  }

  /** Returns what is to be done when all of it is stored for good. */
  private async store(held: HeldBatch, difference: Difference): Promise<() => void> {
    const { manager, scope, heldBytes, batch, prepared, at } = held;
    const { numbers, rewritten } = difference;
    // Before the documents are counted: the first batch of a corpus is told by there being none.
    const register = REGISTER_OF[batch.corpus];
    await learnBatch(
      this.voices.held(manager, scope.id, batch.ownerId, register),
      ownChangeOf(held, difference),
    );
    if (rewritten.size > 0) {
      const keptFor = batch.takesBack === undefined ? (batch.importId ?? null) : null;
      await clearForRewrite(manager, scope.id, [...rewritten.values()], keptFor, at);
      // Terms that stood in these documents alone are gone.
      this.terms.forget();
    }
    const share = shareOf(prepared, numbers);
    if (heldBytes !== null) await this.quota.check(manager, batch.ownerId, heldBytes, share.byteCount);
    const counted = await this.terms.count(
      manager,
      scope,
      prepared.stems,
      documentCountsOf(prepared, numbers),
    );
    await this.copy(held, difference, counted);
    const revision = await addToScope(manager, scope.id, share, at);
    return () => this.terms.keep({ id: scope.id, revision }, counted);
  }

  private async copy(held: HeldBatch, difference: Difference, counted: CountedTerms): Promise<void> {
    const { manager, scope, batch, source, prepared, at } = held;
    const { numbers, rewritten } = difference;
    const formerOf = (number: number) => rewritten.get(prepared.externalIds[number]!);
    const reserved = await reserveIds(manager, numbers.length - rewritten.size);
    const ids = numbers.map((number) => formerOf(number)?.id ?? reserved.pop()!);
    const userTags = new Map(
      numbers.map((number, at) => {
        const given = batch.documents[prepared.positions[number]!]!.userTags ?? [];
        return [ids[at]!, joinedUserTags(formerOf(number)?.user_tags ?? [], given)];
      }),
    );
    const chosen: ChosenDocuments = { batch: prepared, numbers, ids, userTags, termIds: counted.ids };
    const { ownerId, corpus } = batch;
    const importId = batch.importId ?? null;
    const columns = { scopeId: scope.id, ownerId, corpus, source, importedAt: at, importId };
    await this.bulkCopy.copy(manager, DOCUMENTS_TARGET, documentRows(columns, chosen));
    await this.bulkCopy.copy(manager, POSTINGS_TARGET, postingRows(chosen));
    await countIn(manager, scope.id, ids);
  }
}

/** Where an import is taken back, what another one stored meanwhile stays. */
function differenceOf(
  prepared: PreparedBatch,
  stored: readonly StoredForm[],
  takesBack: string | undefined,
): Difference {
  const known = new Map(stored.map((form) => [form.external_id, form]));
  const rewritten = new Map<string, StoredForm>();
  const numbers: number[] = [];
  prepared.externalIds.forEach((externalId, number) => {
    const form = known.get(externalId);
    if (form?.content_hash === prepared.contentHashes[number]) return;
    if (form !== undefined && takesBack !== undefined && form.import_id !== takesBack) return;
    numbers.push(number);
    if (form !== undefined) rewritten.set(externalId, form);
  });
  return { numbers, rewritten };
}

/** A document given twice in one batch counts once for each time; all but its last form changed nothing. */
function outcomeOf(given: number, stored: number, { numbers, rewritten }: Difference): BatchOutcome {
  const changed = rewritten.size;
  const created = numbers.length - changed;
  const unchanged = stored - changed;
  const repeated = given - stored - created;
  return { created, changed, unchanged: unchanged + repeated };
}

/** What the batch adds to the owner's own documents, and whether it rewrites any of them. */
function ownChangeOf({ batch, prepared }: HeldBatch, { numbers, rewritten }: Difference): OwnChange {
  const isOwn = (number: number) => prepared.ownFlags[number] === 1;
  const isKnown = (number: number) => rewritten.has(prepared.externalIds[number]!);
  return {
    added: () =>
      numbers
        .filter((number) => isOwn(number) && !isKnown(number))
        .map((number) => ({
          text: storableText(batch.documents[prepared.positions[number]!]!.text),
          contentHash: prepared.contentHashes[number]!,
          tokenCount: prepared.tokenCounts[number]!,
        })),
    hasChanged:
      [...rewritten.values()].some((former) => former.author_role === 'self') ||
      numbers.some((number) => isKnown(number) && isOwn(number)),
  };
}

function shareOf(prepared: PreparedBatch, numbers: readonly number[]): ScopeShare {
  const sum = (counts: Int32Array) => numbers.reduce((total, number) => total + counts[number]!, 0);
  return {
    documentCount: numbers.length,
    tokenCount: sum(prepared.tokenCounts),
    byteCount: sum(prepared.byteCounts),
    unscreenedCount: prepared.isScreened ? 0 : numbers.length,
  };
}
