export { CacheModule } from './cache.module.js';
export {
  CACHE_NAMESPACES,
  Cache,
  type CacheBackend,
  type CacheNamespace,
  type LocalCache,
  type NamespaceFigures,
  type Reader,
} from './cache.port.js';
