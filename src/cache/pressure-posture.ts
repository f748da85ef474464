import type { Pressure } from '../memory/index.js';
import type { CacheNamespace } from './cache.port.js';

/** What tight memory does to the cache. */
export interface Posture {
  /** Of the time of new entries. */
  readonly ttlShare: number;
  /** Of the bytes of this process. */
  readonly byteShare: number;
  /** Namespaces that are neither read nor written. */
  readonly bypassed: ReadonlySet<CacheNamespace>;
}

const NONE: ReadonlySet<CacheNamespace> = new Set();
const TIGHT = { ttlShare: 1 / 4, byteShare: 1 / 2 };

export const POSTURES: Readonly<Record<Pressure, Posture>> = {
  ok: { ttlShare: 1, byteShare: 1, bypassed: NONE },
  warn: { ...TIGHT, bypassed: NONE },
  limit: { ...TIGHT, bypassed: new Set<CacheNamespace>(['answers', 'responses']) },
};
