import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../shared/index.js';
import { lockKnownScope } from './document-index.js';
import { MAX_USER_TAGS } from './user-tag.js';
import type { OwnedCorpus } from './writing-activity.js';

const FIND = 'SELECT user_tags FROM documents WHERE scope_id = $1 AND id = $2';
const SAVE = 'UPDATE documents SET user_tags = $3 WHERE scope_id = $1 AND id = $2';
/** Searches by tag are kept under the revision. */
const MARK_CHANGED = 'UPDATE corpus_scopes SET revision = revision + 1 WHERE id = $1';

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The tags that owners give to their documents; they stay when a document is imported again. */
@Injectable()
export class UserTags {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The tags after the change, in order; null where the corpus has no such document. Throws `corpus.too_many_tags`. */
  async change(
    { ownerId, corpus }: OwnedCorpus,
    documentId: number,
    { add, remove }: TagChange,
  ): Promise<readonly string[] | null> {
    return this.dataSource.transaction(async (manager) => {
      const scopeId = await lockKnownScope(manager, ownerId, corpus);
      if (scopeId === null) return null;
      const [row] = await manager.query<{ user_tags: string[] }[]>(FIND, [scopeId, documentId]);
      if (row === undefined) return null;
      const kept = row.user_tags.filter((tag) => !remove.includes(tag));
      const tags = [...new Set([...kept, ...add])].sort();
      if (tags.length > MAX_USER_TAGS) throw tooManyTags(tags.length);
      await manager.query(SAVE, [scopeId, documentId, tags]);
      await manager.query(MARK_CHANGED, [scopeId]);
      return tags;
    });
  }
}

function tooManyTags(count: number): AppError {
  return new AppError(
    'corpus.too_many_tags',
    'unprocessable',
    `A document has at most ${MAX_USER_TAGS} tags.`,
    {
      hint: 'Remove some of its tags in the same request.',
      details: { count, max_count: MAX_USER_TAGS },
    },
  );
}
