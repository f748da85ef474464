import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuthorRole, Clock } from '../../shared/index.js';
import { REGISTER_OF } from '../voice/registers.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import { lockKnownScope, removeFromIndex } from './document-index.js';
import { deleteDocuments, deleteRows, keepReplaced } from './stored-forms.repository.js';
import type { OwnedCorpus } from './writing-activity.js';

/** Documents of one transaction: others want the corpus too. */
const AT_ONCE = 1_000;

/** What is removed of the given documents, and what becomes of their former forms. */
export type RemovalOrder =
  /** By the owner's wish: nothing of them is kept. */
  | { readonly kind: 'for_good' }
  /** By a mirror: kept for taking the import back. What was stored since it began stays. */
  | { readonly kind: 'kept_for'; readonly importId: string; readonly storedUntil: string }
  /** Taking back an import that created them: what another import made of them since stays. */
  | { readonly kind: 'created_by'; readonly importId: string };

interface Located {
  readonly id: number;
  readonly author_role: AuthorRole;
}

// Each row is looked up by itself: the planner may read an index of the whole corpus or import otherwise.
const LOCATE = `
  SELECT d.id, d.author_role FROM unnest($2::int[]) AS given(id) CROSS JOIN LATERAL (
    SELECT id, author_role, scope_id, imported_at, import_id FROM documents WHERE id = given.id OFFSET 0) d
  WHERE d.scope_id = $1 AND ($3::timestamptz IS NULL OR d.imported_at <= $3)
    AND ($4::uuid IS NULL OR d.import_id = $4)`;

/**
 * A document that an import removed and a later one created anew has two chains of former forms. Before it goes once
 * more they are joined: what stood before the creation is "nothing", which the earlier removal had left.
 */
const JOIN_CHAINS = `
  WITH RECURSIVE known AS (
    SELECT d.scope_id, d.source, d.external_id, d.import_id
    FROM unnest($2::int[]) AS given(id) CROSS JOIN LATERAL (SELECT * FROM documents WHERE id = given.id OFFSET 0) d
    WHERE d.scope_id = $1 AND EXISTS (
      SELECT 1 FROM replaced_documents r
      WHERE r.scope_id = d.scope_id AND r.source = d.source AND r.external_id = d.external_id)),
  chain AS (
    SELECT * FROM known
    UNION
    SELECT c.scope_id, c.source, c.external_id, r.former_import_id
    FROM chain c JOIN replaced_documents r USING (import_id, scope_id, source, external_id)
    WHERE r.former_import_id IS NOT NULL),
  oldest AS (
    SELECT * FROM chain c WHERE NOT EXISTS (
      SELECT 1 FROM replaced_documents r WHERE r.import_id = c.import_id AND r.scope_id = c.scope_id
        AND r.source = c.source AND r.external_id = c.external_id)),
  removal AS (
    SELECT r.scope_id, r.source, r.external_id, r.import_id
    FROM replaced_documents r JOIN known k USING (scope_id, source, external_id)
    WHERE NOT EXISTS (
      SELECT 1 FROM chain c WHERE c.import_id = r.import_id AND c.source = r.source
        AND c.external_id = r.external_id)
      AND NOT EXISTS (
        SELECT 1 FROM replaced_documents later WHERE later.former_import_id = r.import_id
          AND later.scope_id = r.scope_id AND later.source = r.source AND later.external_id = r.external_id))
  INSERT INTO replaced_documents (import_id, scope_id, source, external_id, former_import_id, document)
  SELECT oldest.import_id, removal.scope_id, removal.source, removal.external_id, removal.import_id, 'null'::jsonb
  FROM oldest JOIN removal USING (scope_id, source, external_id)
  WHERE oldest.import_id IS NOT NULL
  ON CONFLICT DO NOTHING`;

const FORGET_FORMER = `
  DELETE FROM replaced_documents r USING corpus_scopes s
  WHERE s.owner_id = $1 AND s.corpus = $2 AND r.scope_id = s.id`;

/** Takes many documents out of a corpus, with their postings, statistics and what was learned of them. */
@Injectable()
export class DocumentRemoval {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly voices: VoiceRepository,
  ) {}

  /** Removes what is still there of `ids`, some at a time, each time all or nothing; says how many that were. */
  async remove(corpus: OwnedCorpus, ids: readonly number[], order: RemovalOrder): Promise<number> {
    let removed = 0;
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const some = ids.slice(start, start + AT_ONCE);
      removed += await this.dataSource.transaction((manager) =>
        this.removeSome(manager, corpus, some, order),
      );
    }
    return removed;
  }

  /** Lets go of all former forms of a corpus's documents: no import into it brings anything back then. */
  async forgetFormer({ ownerId, corpus }: OwnedCorpus): Promise<void> {
    await this.dataSource.query(FORGET_FORMER, [ownerId, corpus]);
  }

  private async removeSome(
    manager: EntityManager,
    { ownerId, corpus }: OwnedCorpus,
    ids: readonly number[],
    order: RemovalOrder,
  ): Promise<number> {
    const scopeId = await lockKnownScope(manager, ownerId, corpus);
    if (scopeId === null) return 0;
    const storedUntil = order.kind === 'kept_for' ? order.storedUntil : null;
    const createdBy = order.kind === 'created_by' ? order.importId : null;
    const found = await manager.query<Located[]>(LOCATE, [scopeId, ids, storedUntil, createdBy]);
    if (found.length === 0) return 0;
    const gone = found.map(({ id }) => id);
    if (found.some((row) => row.author_role === 'self'))
      await this.voices.held(manager, scopeId, ownerId, REGISTER_OF[corpus]).markStale();
    if (order.kind === 'kept_for') {
      await manager.query(JOIN_CHAINS, [scopeId, gone]);
      await keepReplaced(manager, gone, order.importId);
    }
    await removeFromIndex(manager, scopeId, gone, this.clock.now());
    await (order.kind === 'for_good' ? deleteDocuments : deleteRows)(manager, gone);
    return gone.length;
  }
}
