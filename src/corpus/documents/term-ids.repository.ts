import type { EntityManager } from 'typeorm';
import { AppError } from '../../shared/index.js';
import { countTerms, type LockedScope } from './document-index.js';

/** Some 20 MB; a bulk whose words are more looks them up again. */
const MAX_KEPT = 200_000;

const COUNT_KNOWN = `
  UPDATE terms SET document_count = terms.document_count + t.documents
  FROM unnest($1::int[], $2::int[]) AS t(id, documents) WHERE terms.id = t.id`;

/** Ids of the batch's stems by their number, and what is kept of them when the batch is stored. */
export interface CountedTerms {
  readonly ids: Int32Array;
  readonly added: ReadonlyMap<string, number>;
}

/**
 * Counts the stems of batches and tells their ids. What one batch learned helps the next one as long as nobody else
 * changed the corpus meanwhile, which its revision says; so a bulk writes each count and reads almost none.
 */
export class TermIds {
  #scopeId = 0;
  #revision = '';
  #ids = new Map<string, number>();

  /** Adds to the document counts, in the transaction that holds the scope; a count of 0 adds no term. */
  async count(
    manager: EntityManager,
    scope: LockedScope,
    stems: readonly string[],
    documentCounts: Int32Array,
  ): Promise<CountedTerms> {
    if (scope.id !== this.#scopeId || scope.revision !== this.#revision) this.forget();
    const ids = new Int32Array(stems.length);
    const unknown = new Map<string, number>();
    stems.forEach((stem, number) => {
      if (documentCounts[number] === 0) return;
      ids[number] = this.#ids.get(stem) ?? 0;
      if (ids[number] === 0) unknown.set(stem, documentCounts[number]!);
    });
    await countKnown(manager, ids, documentCounts);
    const added = unknown.size === 0 ? unknown : await countTerms(manager, scope.id, unknown);
    stems.forEach((stem, number) => {
      if (ids[number] === 0) ids[number] = added.get(stem) ?? 0;
    });
    return { ids, added };
  }

  /** To be called when the batch is stored: the corpus is in the state `revision` by it alone. */
  keep({ id, revision }: LockedScope, { added }: CountedTerms): void {
    if (id !== this.#scopeId || this.#ids.size + added.size > MAX_KEPT) this.forget();
    for (const [stem, termId] of added) this.#ids.set(stem, termId);
    this.#scopeId = id;
    this.#revision = revision;
  }

  forget(): void {
    this.#ids = new Map();
    this.#scopeId = 0;
  }
}

async function countKnown(
  manager: EntityManager,
  ids: Int32Array,
  documentCounts: Int32Array,
): Promise<void> {
  const known = [...ids.keys()].filter((number) => ids[number] !== 0).sort((a, b) => ids[a]! - ids[b]!);
  if (known.length === 0) return;
  const [, counted] = await manager.query<[unknown, number]>(COUNT_KNOWN, [
    known.map((number) => ids[number]),
    known.map((number) => documentCounts[number]),
  ]);
  if (counted === known.length) return;
  throw new AppError(
    'corpus.index_inconsistent',
    'internal',
    'The index of this corpus lacks terms it had.',
    {
      hint: 'Import the same file again: what is stored is recognised. Should it stay, delete the corpus and import anew.',
    },
  );
}
