import { createHash } from 'node:crypto';
import type { Redis } from '../redis/index.js';
import { AppError, type Clock, type Ids } from '../shared/index.js';
import type { Log } from '../telemetry/index.js';
import type { CacheNamespace } from './cache.port.js';
import { namespaceOf } from './cache-key.js';
import type { Invalidations } from './invalidations.js';
import { READ_SCRIPT, WRITE_SCRIPT } from './redis-scripts.js';

const MOST_WRITES = 256;
const MOST_WRITE_BYTES = 16 * 1024 ** 2;

/** Bytes from Redis, and until when they may be used (monotonic clock). */
export interface RedisEntry {
  readonly frame: Buffer;
  readonly expiresAtMs: number;
}

/** Entries in the Redis that replicas share. Nothing here throws: what does not work out is a miss. */
export class RedisTier {
  private writes = 0;
  private writeBytes = 0;
  /** Namespaces that are forgotten here but perhaps not in Redis yet: nothing is read from them until they are. */
  private readonly owed = new Set<CacheNamespace>();
  private settling: Promise<void> | null = null;
  private isRefused = false;

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
    private readonly invalidations: Invalidations,
    private readonly prefix: string,
  ) {}

  async read(key: string): Promise<RedisEntry | null> {
    const namespace = namespaceOf(key);
    if (this.owed.has(namespace)) await this.settle();
    if (this.owed.has(namespace)) return null;
    const askedAtMs = this.clock.elapsedMs();
    try {
      const reply = await this.redis.send([
        'EVAL',
        READ_SCRIPT,
        '2',
        this.tokenKey(namespace),
        this.entryKey(key),
      ]);
      if (!Array.isArray(reply)) return null;
      const [frame, leftMs] = reply;
      if (!Buffer.isBuffer(frame) || typeof leftMs !== 'number' || leftMs <= 0) return null;
      return { frame, expiresAtMs: askedAtMs + leftMs };
    } catch {
      return null;
    }
  }

  /** Writes without being waited for. Too many at once, and those beyond are left out. */
  write(key: string, frame: Buffer, ttlMs: number): void {
    const size = frame.length;
    if (ttlMs < 1 || this.redis.state() !== 'up') return;
    if (this.writes >= MOST_WRITES || (this.writes > 0 && this.writeBytes + size > MOST_WRITE_BYTES)) return;
    this.writes++;
    this.writeBytes += size;
    const keys = [this.tokenKey(namespaceOf(key)), this.entryKey(key)];
    const values = [this.ids.next(), frame, String(Math.floor(ttlMs))];
    void this.redis
      .send(['EVAL', WRITE_SCRIPT, '2', ...keys, ...values])
      .then(
        () => this.noteRefusal(null),
        (error: unknown) => this.noteRefusal(error),
      )
      .finally(() => {
        this.writes--;
        this.writeBytes -= size;
      });
  }

  /** Deletes one entry here, without telling anybody. */
  discard(key: string): void {
    this.redis.send(['DEL', this.entryKey(key)]).catch(() => {});
  }

  /** Deletes an entry and tells the others; where that is not sure, all of its namespace is owed. */
  async delete(key: string): Promise<boolean> {
    const namespace = namespaceOf(key);
    const told = this.invalidations.announce({ namespace, key: key.slice(namespace.length + 1) });
    return this.done(namespace, this.redis.send(['DEL', this.entryKey(key)]), told);
  }

  /** Forgets a namespace and tells the others; false while Redis does not answer: then it is owed. */
  async clear(namespace: CacheNamespace): Promise<boolean> {
    const told = this.invalidations.announce({ namespace, key: null });
    const done = await this.done(namespace, this.redis.send(['DEL', this.tokenKey(namespace)]), told);
    if (done) this.owed.delete(namespace);
    return done;
  }

  /** Makes up for what could not be forgotten when it should have been. */
  settle(): Promise<void> {
    this.settling ??= Promise.all([...this.owed].map((namespace) => this.clear(namespace))).then(() => {
      this.settling = null;
    });
    return this.settling;
  }

  private async done(namespace: CacheNamespace, ...work: readonly Promise<unknown>[]): Promise<boolean> {
    const results = await Promise.allSettled(work);
    const isDone = results.every(({ status }) => status === 'fulfilled');
    if (!isDone) this.owed.add(namespace);
    return isDone;
  }

  /** One line per change: a full Redis refuses every write while it answers every read. */
  private noteRefusal(error: unknown): void {
    const isRefused = error instanceof AppError && error.code === 'redis.refused';
    if (isRefused === this.isRefused || (error !== null && !isRefused)) return;
    this.isRefused = isRefused;
    if (isRefused) this.log.warn('cache.redis_refuses', { reply: (error as AppError).details?.['reply'] });
    else this.log.info('cache.redis_accepts');
  }

  private tokenKey(namespace: CacheNamespace): string {
    return `${this.prefix}:${namespace}`;
  }

  private entryKey(key: string): string {
    // Hashed: a key may be long or private. UTF-16, since UTF-8 makes one of two different lone surrogates.
    return `${this.prefix}:${namespaceOf(key)}:${createHash('sha256').update(key, 'utf16le').digest('base64url')}`;
  }
}
