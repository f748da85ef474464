import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CorpusConfig } from '../../config/index.js';
import { AppError } from '../../shared/index.js';

// Corpora of one owner have rows of their own: only so do two writers see each other's bytes.
const HOLD = `SELECT pg_advisory_xact_lock(hashtextextended('corpus quota of ' || $1, 0))`;
const USED = `SELECT coalesce(sum(byte_count), 0)::float8 AS bytes FROM corpus_scopes WHERE owner_id = $1`;

/** How much an owner may keep over all corpora, where the deployment sets a limit. */
@Injectable()
export class OwnerQuota {
  constructor(@Inject(CorpusConfig) private readonly config: Pick<CorpusConfig, 'quotaBytesPerOwner'>) {}

  /**
   * To be called first in a transaction that adds documents: who adds to another corpus of this owner waits. Tells the
   * bytes in use, or null where there is no quota.
   */
  async hold(manager: EntityManager, ownerId: string): Promise<number | null> {
    if (this.config.quotaBytesPerOwner === null) return null;
    await manager.query(HOLD, [ownerId]);
    return bytesOf(manager, ownerId);
  }

  /**
   * Throws `corpus.quota_exceeded` where `addedBytes` do not fit; `heldBytes` is what `hold` told, before former texts
   * made room.
   */
  async check(manager: EntityManager, ownerId: string, heldBytes: number, addedBytes: number): Promise<void> {
    const quotaBytes = this.config.quotaBytesPerOwner;
    const usedBytes = await bytesOf(manager, ownerId);
    if (quotaBytes === null || usedBytes + addedBytes <= quotaBytes) return;
    const neededBytes = addedBytes - (heldBytes - usedBytes);
    throw new AppError('corpus.quota_exceeded', 'too_large', 'These documents do not fit into the quota.', {
      hint: 'Delete documents, undo an import, or have CORPUS_QUOTA_MB raised; then import again: what is stored is recognised.',
      details: { quota_bytes: quotaBytes, used_bytes: heldBytes, needed_bytes: neededBytes },
    });
  }
}

async function bytesOf(manager: EntityManager, ownerId: string): Promise<number> {
  const [row] = await manager.query<{ bytes: number }[]>(USED, [ownerId]);
  return row!.bytes;
}
