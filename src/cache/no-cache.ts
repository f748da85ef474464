import { Cache, type LocalCache, type NamespaceFigures } from './cache.port.js';

const NOTHING: LocalCache = { get: () => null, set: () => {} };

/** Keeps nothing: everything is a miss. */
export class NoCache extends Cache {
  async get(): Promise<null> {
    return null;
  }

  async set(): Promise<void> {}

  async delete(): Promise<void> {}

  async clear(): Promise<number> {
    return 0;
  }

  local(): LocalCache {
    return NOTHING;
  }

  figures(): readonly NamespaceFigures[] {
    return [];
  }
}
