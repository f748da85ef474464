import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../shared/index.js';
import { addToIndex, countTerms, removeFromIndex } from './document-index.js';
import { type DocumentTerms, documentTermsOf, TERMS_VERSION } from './document-terms.js';

const DOCUMENTS_AT_ONCE = 200;

const NEXT_SCOPE = `
  SELECT id, terms_renewed_to FROM corpus_scopes WHERE terms_version < $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;

const NEXT_DOCUMENTS = `
  SELECT id, title, text, author_name, octet_length(text) + coalesce(octet_length(title), 0) AS bytes,
    safety_tags IS NULL AS is_unscreened
  FROM documents WHERE scope_id = $1 AND id > $2 ORDER BY id LIMIT ${DOCUMENTS_AT_ONCE}`;

const RENEW = `
  UPDATE documents d SET token_count = t.token_count, term_ids = t.term_ids::int[],
    term_frequencies = t.term_frequencies::smallint[], language = t.language
  FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[])
    AS t(id, token_count, term_ids, term_frequencies, language)
  WHERE d.id = t.id`;

const RENEWED_TO = 'UPDATE corpus_scopes SET terms_renewed_to = $2 WHERE id = $1';
const IS_RENEWED = 'UPDATE corpus_scopes SET terms_version = $2, terms_renewed_to = 0 WHERE id = $1';

interface StoredText {
  readonly id: number;
  readonly title: string | null;
  readonly text: string;
  readonly author_name: string | null;
  readonly bytes: number;
  readonly is_unscreened: boolean;
}

/** Indexes anew what was indexed by the rules of an earlier release. */
@Injectable()
export class TermRenewalRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * The next documents of a corpus that nobody else writes to, in one transaction that also says how far it came; false
   * where there is none. Until a corpus is done, it is searched as it stands.
   */
  async renewNext(): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const scopes = await manager.query<{ id: number; terms_renewed_to: number }[]>(NEXT_SCOPE, [
        TERMS_VERSION,
      ]);
      const scope = scopes[0];
      if (!scope) return false;
      const texts = await manager.query<StoredText[]>(NEXT_DOCUMENTS, [scope.id, scope.terms_renewed_to]);
      if (texts.length === 0) await manager.query(IS_RENEWED, [scope.id, TERMS_VERSION]);
      else await this.renew(manager, scope.id, texts);
      return true;
    });
  }

  private async renew(manager: EntityManager, scopeId: number, texts: readonly StoredText[]): Promise<void> {
    const ids = texts.map((each) => each.id);
    const terms = texts.map((each) => documentTermsOf(each.title, each.text, each.author_name));
    await removeFromIndex(manager, scopeId, ids, this.clock.now());
    const termIds = await countTerms(manager, scopeId, documentCountsOf(terms));
    const postings = terms.map(({ frequencies }) => postingsOf(frequencies, termIds));
    await manager.query(RENEW, [
      ids,
      terms.map((each) => each.tokenCount),
      postings.map((each) => `{${each.map(([id]) => id).join(',')}}`),
      postings.map((each) => `{${each.map(([, frequency]) => frequency).join(',')}}`),
      terms.map((each) => each.language),
    ]);
    const share = {
      ids,
      tokenCount: terms.reduce((sum, each) => sum + each.tokenCount, 0),
      byteCount: texts.reduce((sum, each) => sum + each.bytes, 0),
      unscreenedCount: texts.filter((each) => each.is_unscreened).length,
    };
    await addToIndex(manager, scopeId, share, this.clock.now());
    await manager.query(RENEWED_TO, [scopeId, ids.at(-1)]);
  }
}

function documentCountsOf(terms: readonly DocumentTerms[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { frequencies } of terms)
    for (const stem of frequencies.keys()) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

function postingsOf(
  frequencies: ReadonlyMap<string, number>,
  termIds: ReadonlyMap<string, number>,
): [termId: number, frequency: number][] {
  return [...frequencies]
    .map(([stem, frequency]): [number, number] => [termIds.get(stem)!, frequency])
    .sort(([a], [b]) => a - b);
}
