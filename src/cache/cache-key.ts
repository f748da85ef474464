import type { CacheNamespace } from './cache.port.js';

/** A key within its namespace, as the stores know it: namespaces hold no colon. */
export function fullKey(namespace: CacheNamespace, key: string): string {
  return `${namespace}:${key}`;
}

export function namespaceOf(fullKey: string): CacheNamespace {
  return fullKey.slice(0, fullKey.indexOf(':')) as CacheNamespace;
}
