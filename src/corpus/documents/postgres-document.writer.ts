import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuthorRole, Clock, type CorpusName } from '../../shared/index.js';
import { learnBatch, type OwnChange } from '../voice/learn-voice.js';
import { REGISTER_OF } from '../voice/registers.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import { contentHashOf, fingerprintOf, storableDocument, storableText } from './document-content.js';
import { addToIndex, countTerms, lockScope, removeFromIndex } from './document-index.js';
import { type DocumentTerms, documentTermsOf } from './document-terms.js';
import {
  type BatchOutcome,
  type DocumentBatch,
  DocumentWriter,
  type ImportedDocument,
} from './imported-document.js';
import { storedTags } from './stored-tags.js';

const PREPARED_AT_ONCE = 100;

interface PreparedDocument {
  readonly document: ImportedDocument;
  readonly contentHash: string;
  readonly terms: DocumentTerms;
}

interface StoredHash {
  readonly id: number;
  readonly external_id: string;
  readonly content_hash: string;
  readonly author_role: AuthorRole;
}

/**
 * One scan for the whole batch: where the planner knows nothing of a new scope it takes an index of the scope alone,
 * and a look-up for each document would read the scope for each.
 */
const FIND_STORED = `
  SELECT id, external_id, content_hash, author_role FROM documents
  WHERE scope_id = $1 AND source = $2 AND external_id = ANY($3::text[])`;

const STORE = `
  INSERT INTO documents (scope_id, owner_id, corpus, source, imported_at, external_id, thread_id, author_role, title,
    text, url, created_at, tags, attachments, content_hash, text_fingerprint, token_count, term_ids, term_frequencies)
  SELECT $1, $2, $3, $4, $5, d.external_id, d.thread_id, d.author_role, d.title, d.text, d.url, d.created_at,
    d.tags::text[], d.attachments::text[], d.content_hash, d.text_fingerprint, d.token_count,
    d.term_ids::int[], d.term_frequencies::smallint[]
  FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[],
    $13::text[], $14::text[], $15::text[], $16::text[], $17::int[], $18::text[], $19::text[])
    AS d(external_id, thread_id, author_role, title, text, url, created_at, tags, attachments, content_hash,
      text_fingerprint, token_count, term_ids, term_frequencies)
  ON CONFLICT (scope_id, source, external_id) DO UPDATE SET
    imported_at = EXCLUDED.imported_at, thread_id = EXCLUDED.thread_id, author_role = EXCLUDED.author_role,
    title = EXCLUDED.title, text = EXCLUDED.text, url = EXCLUDED.url, created_at = EXCLUDED.created_at,
    tags = EXCLUDED.tags, attachments = EXCLUDED.attachments, content_hash = EXCLUDED.content_hash,
    text_fingerprint = EXCLUDED.text_fingerprint, token_count = EXCLUDED.token_count,
    term_ids = EXCLUDED.term_ids, term_frequencies = EXCLUDED.term_frequencies
  RETURNING id`;

/** Stores, indexes and counts documents in PostgreSQL, one transaction per batch. */
@Injectable()
export class PostgresDocumentWriter extends DocumentWriter {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly voices: VoiceRepository,
  ) {
    super();
  }

  async write(batch: DocumentBatch): Promise<BatchOutcome> {
    const source = storableText(batch.source);
    // Before the scope is held: this is the work that can go on while another batch is stored.
    const incoming = await prepared(batch, source);
    if (incoming.size === 0) return { created: 0, changed: 0, unchanged: 0 };
    // Batches take turns before they take a connection: others may need it more than one that waits for the scope.
    const written = this.turn.then(() => this.writePrepared(batch, source, incoming));
    this.turn = written.catch(() => undefined);
    return written;
  }

  async settle(ownerId: string, corpus: CorpusName): Promise<void> {
    await this.voices.relearn(ownerId, REGISTER_OF[corpus], 'stale');
  }

  private writePrepared(
    batch: DocumentBatch,
    source: string,
    incoming: Map<string, PreparedDocument>,
  ): Promise<BatchOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const scopeId = await lockScope(manager, batch.ownerId, batch.corpus, this.clock.now());
      const stored = await manager.query<StoredHash[]>(FIND_STORED, [scopeId, source, [...incoming.keys()]]);
      const unchanged = stored.filter(
        (row) => incoming.get(row.external_id)?.contentHash === row.content_hash,
      );
      for (const row of unchanged) incoming.delete(row.external_id);
      const rewritten = stored.filter((row) => incoming.has(row.external_id));
      const changed = rewritten.map((row) => row.id);
      if (incoming.size > 0) {
        const { ownerId, corpus } = batch;
        const at = this.clock.now();
        // Before the documents are counted: the first batch of a corpus is told by there being none.
        await learnBatch(
          this.voices.held(manager, scopeId, ownerId, REGISTER_OF[corpus]),
          ownChangeOf(incoming, rewritten),
        );
        if (changed.length > 0) await removeFromIndex(manager, scopeId, changed, at);
        await store(manager, [scopeId, ownerId, corpus, source, at], [...incoming.values()]);
      }
      // A document given twice in one batch counts once for each time; all but its last form changed nothing.
      const repeated = batch.documents.length - stored.length - (incoming.size - changed.length);
      return {
        created: incoming.size - changed.length,
        changed: changed.length,
        unchanged: unchanged.length + repeated,
      };
    });
  }
}

/** The batch by external id: of a document given twice, the last stays. */
async function prepared(batch: DocumentBatch, source: string): Promise<Map<string, PreparedDocument>> {
  const documents = new Map<string, PreparedDocument>();
  for (const [index, each] of batch.documents.entries()) {
    // Answers of the database and requests of people come in between.
    if (index % PREPARED_AT_ONCE === 0) await nextTurn();
    const document = storableDocument(each);
    documents.set(document.externalId, {
      document,
      contentHash: contentHashOf(batch.corpus, source, document),
      terms: documentTermsOf(document.title, document.text),
    });
  }
  return documents;
}

/** What the batch adds to the owner's own documents, and whether it rewrites any of them. */
function ownChangeOf(
  incoming: ReadonlyMap<string, PreparedDocument>,
  rewritten: readonly StoredHash[],
): OwnChange {
  const known = new Set(rewritten.map((row) => row.external_id));
  const own = [...incoming.values()].filter(({ document }) => document.authorRole === 'self');
  return {
    added: own
      .filter(({ document }) => !known.has(document.externalId))
      .map(({ document, contentHash, terms }) => ({
        text: document.text,
        contentHash,
        tokenCount: terms.tokenCount,
      })),
    hasChanged:
      rewritten.some((row) => row.author_role === 'self') ||
      own.some(({ document }) => known.has(document.externalId)),
  };
}

type ScopeColumns = readonly [scopeId: number, ownerId: string, corpus: string, source: string, at: Date];

async function store(
  manager: EntityManager,
  scope: ScopeColumns,
  documents: readonly PreparedDocument[],
): Promise<void> {
  const terms = documents.map((each) => each.terms);
  // The statement leaves in the next turn: the database counts while this process prepares the rows.
  const [termIds, content] = await Promise.all([
    countTerms(manager, scope[0], documentCountsOf(terms)),
    storedTags(documents.map(({ document }) => document)).then((tags) => contentColumnsOf(documents, tags)),
  ]);
  const columns = [...content, ...indexColumnsOf(terms, termIds)];
  const rows = await manager.query<{ id: number }[]>(STORE, [...scope, ...columns]);
  const tokenCount = terms.reduce((sum, each) => sum + each.tokenCount, 0);
  await addToIndex(manager, scope[0], { ids: rows.map((row) => row.id), tokenCount }, scope[4]);
}

function documentCountsOf(terms: readonly DocumentTerms[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { frequencies } of terms)
    for (const stem of frequencies.keys()) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function contentColumnsOf(
  documents: readonly PreparedDocument[],
  tags: readonly (readonly string[])[],
): unknown[][] {
  const column = (value: (document: ImportedDocument) => unknown) =>
    documents.map(({ document }) => value(document));
  return [
    column((document) => document.externalId),
    column((document) => document.threadId),
    column((document) => document.authorRole),
    column((document) => document.title),
    column((document) => document.text),
    column((document) => document.url),
    column((document) => document.createdAt),
    tags.map(arrayLiteral),
    column((document) => arrayLiteral(document.attachments)),
    documents.map((each) => each.contentHash),
    column((document) => fingerprintOf(document.text)),
  ];
}

function indexColumnsOf(terms: readonly DocumentTerms[], termIds: ReadonlyMap<string, number>): unknown[][] {
  const postings = terms.map(({ frequencies }) =>
    [...frequencies]
      .map(([stem, frequency]) => ({ id: termIds.get(stem)!, frequency }))
      .sort((a, b) => a.id - b.id),
  );
  return [
    terms.map((each) => each.tokenCount),
    postings.map((each) => `{${each.map((posting) => posting.id).join(',')}}`),
    postings.map((each) => `{${each.map((posting) => posting.frequency).join(',')}}`),
  ];
}

/** A PostgreSQL array as text: `unnest` cannot take arrays of unequal lengths any other way. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}
