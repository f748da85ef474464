import type { Cache } from '../../src/cache/index.js';

/** A cache that keeps nothing, for specs that are about something else. */
export const FORGETFUL = {
  get: async () => null,
  set: async () => {},
  clear: async () => 0,
  local: () => ({ get: () => null, set: () => {} }),
} as unknown as Cache;
