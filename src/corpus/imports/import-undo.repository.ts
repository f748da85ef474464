import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CORPORA, type CorpusName } from '../../shared/index.js';
import { lockKnownScope } from '../documents/document-index.js';
import type { ImportedDocument } from '../documents/imported-document.js';
import type { OwnedCorpus } from '../documents/writing-activity.js';

/**
 * The forms of a document make a chain: what stands in `documents`, and in `replaced_documents` for each import what it
 * replaced, with the import that had stored that. Taking an import back takes its link out of the chain. A form is
 * null where there was nothing, because an earlier import had removed the document.
 */

/** A former form and the import it belongs to. */
export interface FormerDocument {
  readonly source: string;
  readonly formerImportId: string | null;
  /** Whether no form of it is stored now: the import had removed it. */
  readonly isGone: boolean;
  readonly document: ImportedDocument;
}

interface FormerRow {
  readonly source: string;
  readonly former_import_id: string | null;
  readonly is_gone: boolean;
  readonly document: Omit<ImportedDocument, 'authorName' | 'replyTo' | 'engagement'> & {
    readonly authorName: string | null;
    readonly replyTo: string | null;
    readonly engagement: number | null;
  };
}

const MAX_FORMER_BYTES = 4 * 1024 * 1024;
const KEY = '(scope_id, source, external_id)';

/** Later imports that replaced a form of this one get what this one had replaced. `$1` import, `$2` scope. */
const HAND_DOWN = `
  UPDATE replaced_documents later
  SET document = own.document, former_import_id = own.former_import_id
  FROM replaced_documents own
  WHERE own.import_id = $1 AND own.scope_id = $2 AND later.former_import_id = $1 AND later.scope_id = $2
    AND later.source = own.source AND later.external_id = own.external_id
    AND own.former_import_id IS DISTINCT FROM later.import_id
  RETURNING later.source, later.external_id`;
const DROP_HANDED_DOWN = `
  DELETE FROM replaced_documents own USING unnest($3::text[], $4::text[]) AS handed(source, external_id)
  WHERE own.import_id = $1 AND own.scope_id = $2 AND own.source = handed.source
    AND own.external_id = handed.external_id`;
/** What is left were forms that this import had created: a later one counts as the creator then. */
const FORGET_CREATED = `DELETE FROM replaced_documents WHERE former_import_id = $1 AND scope_id = $2`;
/** A document that it removed and a later import created anew: the removed form goes below the oldest of the new ones. */
const HAND_DOWN_REMOVED = `
  WITH RECURSIVE chain AS (
    SELECT own.scope_id, own.source, own.external_id, d.import_id
    FROM replaced_documents own JOIN documents d USING ${KEY}
    WHERE own.import_id = $1 AND own.scope_id = $2 AND d.import_id <> $1
      AND d.import_id IS DISTINCT FROM own.former_import_id
    UNION
    SELECT c.scope_id, c.source, c.external_id, r.former_import_id
    FROM chain c JOIN replaced_documents r USING (import_id, scope_id, source, external_id)
    WHERE r.former_import_id IS NOT NULL),
  oldest AS (
    SELECT * FROM chain c WHERE NOT EXISTS (
      SELECT 1 FROM replaced_documents r WHERE r.import_id = c.import_id AND r.scope_id = c.scope_id
        AND r.source = c.source AND r.external_id = c.external_id))
  UPDATE replaced_documents own SET import_id = oldest.import_id FROM oldest
  WHERE own.import_id = $1 AND own.scope_id = $2 AND own.source = oldest.source
    AND own.external_id = oldest.external_id`;
/** Replaced by what belongs to no import: nothing of it can be taken back, so the form is not needed. */
const DROP_UNREACHABLE = `
  DELETE FROM replaced_documents own USING documents d
  WHERE own.import_id = $1 AND own.scope_id = $2 AND d.scope_id = own.scope_id AND d.source = own.source
    AND d.external_id = own.external_id AND d.import_id IS DISTINCT FROM $1
    AND d.import_id IS DISTINCT FROM own.former_import_id`;

// At most so many, and no more than fit into memory; one at least.
const FORMERS = `
  SELECT source, former_import_id, document, is_gone FROM (
    SELECT listed.*, sum(size) OVER (ORDER BY source, external_id) - size AS size_before FROM (
      SELECT own.source, own.external_id, own.former_import_id, own.document, d.id IS NULL AS is_gone,
        pg_column_size(own.document) AS size
      FROM corpus_scopes s JOIN replaced_documents own ON own.scope_id = s.id
        LEFT JOIN documents d
          ON d.scope_id = own.scope_id AND d.source = own.source AND d.external_id = own.external_id
      WHERE s.owner_id = $1 AND s.corpus = $2 AND own.import_id = $3 AND own.document <> 'null'
      ORDER BY own.source, own.external_id LIMIT $4) listed) sized
  WHERE size_before < ${MAX_FORMER_BYTES} ORDER BY source, external_id`;
/** Where a form is equal to what it replaced, nothing had to be written. */
const RELABEL_EQUAL = `
  UPDATE documents d SET import_id = own.former_import_id
  FROM replaced_documents own
  WHERE own.import_id = $1 AND own.scope_id = $2 AND own.source = $3 AND own.external_id = ANY($4::text[])
    AND d.scope_id = own.scope_id AND d.source = own.source AND d.external_id = own.external_id
    AND d.import_id = $1`;
/** A form that stands again has its own time, and the owner's tags where it had been removed. */
const SETTLE_RESTORED = `
  UPDATE documents d
  SET imported_at = (own.document ->> 'imported_at')::timestamptz,
    user_tags = CASE WHEN d.external_id = ANY($4::text[])
      THEN ARRAY(SELECT jsonb_array_elements_text(own.document -> 'user_tags')) ELSE d.user_tags END
  FROM replaced_documents own
  WHERE own.import_id = $1 AND own.scope_id = $2 AND own.source = $3 AND own.external_id = ANY($5::text[])
    AND d.scope_id = own.scope_id AND d.source = own.source AND d.external_id = own.external_id
    AND d.import_id IS NOT DISTINCT FROM own.former_import_id`;
const DROP_RESTORED = `
  DELETE FROM replaced_documents own USING documents d
  WHERE own.import_id = $1 AND own.scope_id = $2 AND own.source = $3 AND own.external_id = ANY($4::text[])
    AND d.scope_id = own.scope_id AND d.source = own.source AND d.external_id = own.external_id
    AND d.import_id IS NOT DISTINCT FROM own.former_import_id`;
const CREATED = `
  SELECT d.id FROM documents d JOIN corpus_scopes s ON s.id = d.scope_id
  WHERE d.import_id = $3 AND s.owner_id = $1 AND s.corpus = $2 LIMIT $4`;
/** What stood before was nothing: with the created document gone, it stands again. */
const FORGET_NOTHING = `
  DELETE FROM replaced_documents WHERE import_id = $1 AND scope_id = $2 AND document = 'null'`;
const CORPORA_OF = `
  SELECT DISTINCT s.corpus FROM corpus_scopes s WHERE s.owner_id = $1 AND (
    EXISTS (SELECT 1 FROM documents d WHERE d.import_id = $2 AND d.scope_id = s.id)
    OR EXISTS (SELECT 1 FROM replaced_documents r WHERE r.import_id = $2 AND r.scope_id = s.id)
    OR EXISTS (SELECT 1 FROM replaced_documents r WHERE r.former_import_id = $2 AND r.scope_id = s.id))`;

/** What an import has stored and replaced, for taking it back. */
@Injectable()
export class ImportUndoRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The corpora in which there is anything of the import. */
  async corporaOf(ownerId: string, importId: string): Promise<CorpusName[]> {
    const rows = await this.dataSource.query<{ corpus: CorpusName }[]>(CORPORA_OF, [ownerId, importId]);
    return CORPORA.filter((corpus) => rows.some((row) => row.corpus === corpus));
  }

  /** Takes the import out of the chains of documents that later imports stored; says how many those are. */
  async leaveLater(owned: OwnedCorpus, importId: string): Promise<number> {
    return this.held(owned, 0, async (manager, scopeId) => {
      const key = [importId, scopeId];
      const [handed] = await manager.query<[{ source: string; external_id: string }[], number]>(
        HAND_DOWN,
        key,
      );
      const sources = handed.map((row) => row.source);
      const externalIds = handed.map((row) => row.external_id);
      await manager.query(DROP_HANDED_DOWN, [...key, sources, externalIds]);
      const counts = [handed.length];
      for (const statement of [FORGET_CREATED, HAND_DOWN_REMOVED, DROP_UNREACHABLE]) {
        const [, count] = await manager.query<[unknown[], number]>(statement, key);
        counts.push(count);
      }
      return counts.reduce((sum, count) => sum + count, 0);
    });
  }

  /** Some of the forms that the import replaced or removed, to be written back. */
  async formers(
    { ownerId, corpus }: OwnedCorpus,
    importId: string,
    limit: number,
  ): Promise<FormerDocument[]> {
    const rows = await this.dataSource.query<FormerRow[]>(FORMERS, [ownerId, corpus, importId, limit]);
    return rows.map((row) => ({
      source: row.source,
      formerImportId: row.former_import_id,
      isGone: row.is_gone,
      document: documentOf(row.document),
    }));
  }

  /** Lets go of forms of one source that are written back; says how many are. */
  async settleRestored(
    owned: OwnedCorpus,
    importId: string,
    formers: readonly FormerDocument[],
  ): Promise<number> {
    const source = formers[0]!.source;
    const ids = formers.map(({ document }) => document.externalId);
    const gone = formers.filter(({ isGone }) => isGone).map(({ document }) => document.externalId);
    return this.held(owned, 0, async (manager, scopeId) => {
      await manager.query(RELABEL_EQUAL, [importId, scopeId, source, ids]);
      await manager.query(SETTLE_RESTORED, [importId, scopeId, source, gone, ids]);
      const dropped = await manager.query<[unknown[], number]>(DROP_RESTORED, [
        importId,
        scopeId,
        source,
        ids,
      ]);
      return dropped[1];
    });
  }

  /** Some of the documents whose form is the import's. */
  async created({ ownerId, corpus }: OwnedCorpus, importId: string, limit: number): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: number }[]>(CREATED, [ownerId, corpus, importId, limit]);
    return rows.map(({ id }) => id);
  }

  /** To be called when nothing is left of the import but that it had followed upon a removal. */
  async forgetNothing(owned: OwnedCorpus, importId: string): Promise<void> {
    await this.held(owned, undefined, async (manager, scopeId) => {
      await manager.query(FORGET_NOTHING, [importId, scopeId]);
    });
  }

  private held<T>(
    { ownerId, corpus }: OwnedCorpus,
    otherwise: T,
    work: (manager: EntityManager, scopeId: number) => Promise<T>,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const scopeId = await lockKnownScope(manager, ownerId, corpus);
      return scopeId === null ? otherwise : work(manager, scopeId);
    });
  }
}

function documentOf({
  authorName,
  replyTo,
  engagement,
  ...document
}: FormerRow['document']): ImportedDocument {
  return {
    externalId: document.externalId,
    threadId: document.threadId,
    authorRole: document.authorRole,
    title: document.title,
    text: document.text,
    url: document.url,
    createdAt: document.createdAt,
    tags: document.tags,
    attachments: document.attachments,
    ...(authorName !== null && { authorName }),
    ...(replyTo !== null && { replyTo }),
    ...(engagement !== null && { engagement }),
  };
}
