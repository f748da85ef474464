import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ScreenedText } from '../documents/safety-tags.js';

/** Some 50 ms of work: as long may a writer of the same corpus have to wait. */
const MAX_DOCUMENTS = 500;
const MAX_BYTES = 250_000;

/** A corpus that is held by another is left to it, writer or replica: nobody waits, and nothing is done twice. */
const HOLD_NEXT = `
  SELECT id FROM corpus_scopes WHERE unscreened_count > 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;

const FIND_UNSCREENED = `
  SELECT id, title, text, author_role AS "authorRole"
  FROM (SELECT id, title, text, author_role, sum(octet_length(text)) OVER (ORDER BY id) - octet_length(text) AS before
        FROM (SELECT id, title, text, author_role FROM documents
              WHERE scope_id = $1 AND safety_tags IS NULL ORDER BY id LIMIT ${MAX_DOCUMENTS}) next) summed
  WHERE before < ${MAX_BYTES} ORDER BY id`;

const TAG = 'UPDATE documents SET safety_tags = $2::text[] WHERE id = ANY($1::int[])';

/** Where something was found, searches by tag find more than they did: the corpus has changed. */
const COUNT_OFF = `
  UPDATE corpus_scopes SET unscreened_count = unscreened_count - $2, revision = revision + $3::int WHERE id = $1`;

/** Where the count was wrong, it is set right: there is nothing left to look through. */
const NOTHING_LEFT = 'UPDATE corpus_scopes SET unscreened_count = 0 WHERE id = $1';

interface UnscreenedRow extends ScreenedText {
  readonly id: number;
}

/** Finds what was not yet looked through, and writes down what was found in it. */
@Injectable()
export class ScreeningRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Has some documents of one corpus looked through while their corpus is held; false where nothing is left or others
   * hold all that is left.
   */
  async screenNext(
    screen: (texts: readonly ScreenedText[]) => Promise<readonly (readonly string[])[]>,
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [scope] = await manager.query<{ id: number }[]>(HOLD_NEXT);
      if (scope === undefined) return false;
      const rows = await manager.query<UnscreenedRow[]>(FIND_UNSCREENED, [scope.id]);
      if (rows.length === 0) await manager.query(NOTHING_LEFT, [scope.id]);
      else await writeTags(manager, scope.id, rows, await screen(rows));
      return true;
    });
  }
}

/** Texts with the same tags together: most have none. */
async function writeTags(
  manager: EntityManager,
  scopeId: number,
  rows: readonly UnscreenedRow[],
  tags: readonly (readonly string[])[],
): Promise<void> {
  const idsByTags = Map.groupBy(rows.keys(), (at) => tags[at]!.join(' '));
  for (const places of idsByTags.values())
    await manager.query(TAG, [places.map((at) => rows[at]!.id), tags[places[0]!]]);
  const hasFound = tags.some((each) => each.length > 0);
  await manager.query(COUNT_OFF, [scopeId, rows.length, hasFound ? 1 : 0]);
}
