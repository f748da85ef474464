import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/index.js';

/** Where texts of documents may lie beside the database. */
const HOLDING_TEXTS = ['searches', 'responses', 'answers', 'voices'] as const;

/** Copies of documents' texts in the cache: out of use after a change, and still there until their time is up. */
@Injectable()
export class KeptCopies {
  constructor(private readonly cache: Cache) {}

  /** Lets go of all of them, in every replica: what was deleted shall be nowhere. */
  async forget(): Promise<void> {
    for (const namespace of HOLDING_TEXTS) await this.cache.clear(namespace);
  }
}
