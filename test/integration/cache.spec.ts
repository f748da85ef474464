import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Cache,
  type CacheNamespace,
  type LocalCache,
  type NamespaceFigures,
  type Reader,
} from '../../src/cache/index.js';
import type { CacheConfig } from '../../src/config/index.js';
import { type CacheUnderTest, CONTRACT_SETTINGS, describeCache } from '../contract/cache.contract.js';
import { MovedClock, type OpenCache, openCache } from '../support/open-cache.js';
import { RedisServer, until } from '../support/redis-server.js';

const SHARED = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
const settings: CacheConfig = { ...CONTRACT_SETTINGS, backend: 'redis' };
const asItIs = (found: unknown): unknown => found;

/** Reads as a replica would that has nothing in memory. */
class SeenByAnother extends Cache {
  constructor(private readonly opened: OpenCache) {
    super();
  }

  get<T>(namespace: CacheNamespace, key: string, read: Reader<T>): Promise<T | null> {
    this.opened.tiers.memory.clear();
    return this.opened.cache.get(namespace, key, read);
  }

  set(namespace: CacheNamespace, key: string, value: unknown, ttlMs?: number): Promise<void> {
    return this.opened.cache.set(namespace, key, value, ttlMs);
  }

  delete(namespace: CacheNamespace, key: string): Promise<void> {
    return this.opened.cache.delete(namespace, key);
  }

  clear(namespace: CacheNamespace): Promise<number> {
    return this.opened.cache.clear(namespace);
  }

  local(namespace: CacheNamespace): LocalCache {
    return this.opened.cache.local(namespace);
  }

  figures(): readonly NamespaceFigures[] {
    return this.opened.cache.figures();
  }
}

async function openShared(wrap: (opened: OpenCache) => Cache): Promise<CacheUnderTest> {
  const prefix = `mcg-test:${randomUUID()}`;
  const opened = openCache({ config: settings, redisUrl: SHARED, prefix });
  await until(() => opened.redis.state() === 'up');
  const close = async () => {
    const keys = (await opened.redis.send(['KEYS', `${prefix}*`])) as Buffer[];
    if (keys.length > 0) await opened.redis.send(['DEL', ...keys]);
    await opened.close();
  };
  return { cache: wrap(opened), passMs: (milliseconds) => sleep(milliseconds + 5), close };
}

it('has a Redis server to run on', async () => {
  const opened = openCache({ config: settings, redisUrl: SHARED });
  await until(() => opened.redis.state() === 'up');
  await opened.close();
});

describeCache('Redis, as another replica sees it', () => openShared((opened) => new SeenByAnother(opened)));
describeCache('memory before Redis', () => openShared(({ cache }) => cache));

describe('two tiers on a Redis of their own', () => {
  let server: RedisServer;
  const opened: OpenCache[] = [];

  beforeAll(async () => {
    server = await RedisServer.create();
    await server.start();
  });

  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  afterAll(async () => {
    await server.close();
  });

  async function openOn(
    choices: { compress?: boolean; clock?: MovedClock; timeoutMs?: number; prefix?: string } = {},
  ) {
    const { compress = false, prefix = 'mcg-test', ...rest } = choices;
    const replica = openCache({ config: { ...settings, compress }, redisUrl: server.url, prefix, ...rest });
    opened.push(replica);
    await until(() => replica.redis.state() === 'up');
    return replica;
  }
  /** Two replicas, once each hears the other. */
  async function openTwo(prefix: string) {
    const pair = [await openOn({ prefix }), await openOn({ prefix })] as const;
    await until(async () => {
      const [, count] = (await pair[0].redis.send(['PUBSUB', 'NUMSUB', prefix])) as [Buffer, number];
      return count === 2;
    });
    return pair;
  }
  const figuresOf = ({ cache }: OpenCache, backend: string) =>
    cache.figures().find((each) => each.namespace === 'answers' && each.backend === backend)!;
  const keysOf = async ({ redis }: OpenCache, prefix: string) =>
    ((await redis.send(['KEYS', `${prefix}:answers*`])) as Buffer[]).map(String).sort();

  it('copies what Redis has into memory for the time that is left', async () => {
    const clock = new MovedClock();
    const [writer, reader] = [await openOn({ prefix: 'copy' }), await openOn({ prefix: 'copy', clock })];
    await writer.cache.set('answers', 'a', { text: 'one' }, 30_000);
    await until(async () => (await reader.cache.get('answers', 'a', asItIs)) !== null);
    expect(figuresOf(reader, 'redis').hits).toBe(1);
    expect(await reader.cache.get('answers', 'a', asItIs)).toEqual({ text: 'one' });
    expect(figuresOf(reader, 'memory')).toMatchObject({ hits: 1, items: 1 });
    const [, entry] = await keysOf(reader, 'copy');
    await reader.redis.send(['DEL', entry!]);
    clock.goneMs += 29_000;
    expect(await reader.cache.get('answers', 'a', asItIs)).toEqual({ text: 'one' });
    clock.goneMs += 1_000;
    expect(await reader.cache.get('answers', 'a', asItIs)).toBeNull();
  });

  it('lets a replica forget what another deletes or clears', async () => {
    const [one, other] = await openTwo('pair');
    for (const key of ['a', 'b', 'c']) await one.cache.set('answers', key, key);
    for (const key of ['a', 'b', 'c'])
      await until(async () => (await other.cache.get('answers', key, asItIs)) === key);
    expect(figuresOf(other, 'memory').items).toBe(3);
    await one.cache.delete('answers', 'a');
    await until(() => figuresOf(other, 'memory').items === 2);
    expect(await other.cache.get('answers', 'a', asItIs)).toBeNull();
    expect(await other.cache.get('answers', 'b', asItIs)).toBe('b');
    expect(await other.cache.clear('answers')).toBe(2);
    await until(() => figuresOf(one, 'memory').items === 0);
    for (const { cache } of [one, other])
      for (const key of ['a', 'b', 'c']) expect(await cache.get('answers', key, asItIs)).toBeNull();
  });

  it('does not undo a set by its own message', async () => {
    const [one, other] = await openTwo('own');
    let heard = 0;
    one.redis.subscribe('own', () => heard++);
    await until(async () => {
      await one.cache.clear('answers');
      return heard > 0;
    });
    const before = heard;
    const clearing = one.cache.clear('answers');
    await one.cache.set('answers', 'a', 'after');
    await clearing;
    await until(() => heard > before);
    expect(figuresOf(one, 'memory').items).toBe(1);
    expect(await other.cache.get('answers', 'a', asItIs)).toBe('after');
  });

  it.each<[string, (cache: Cache) => Promise<unknown>]>([
    ['cleared', (cache) => cache.clear('answers')],
    ['deleted', (cache) => cache.delete('answers', 'a')],
    ['set not to be kept', (cache) => cache.set('answers', 'a', 'two', 0)],
  ])('does not copy into memory what was %s while Redis was asked for it', async (_what, forget) => {
    const one = await openOn({ prefix: 'overtaken' });
    await one.cache.set('answers', 'a', 'one');
    one.tiers.memory.clear();
    const reading = one.cache.get('answers', 'a', asItIs);
    // Lets the question go out; its answer cannot come before the event loop turns.
    for (let hop = 0; hop < 50; hop++) await null;
    const forgetting = forget(one.cache);
    expect(await reading).toBe('one');
    await forgetting;
    expect(figuresOf(one, 'memory').items).toBe(0);
    expect(await one.cache.get('answers', 'a', asItIs)).toBeNull();
  });

  it('does not put what Redis had over what was set meanwhile', async () => {
    const one = await openOn({ prefix: 'overtaken' });
    await one.cache.set('answers', 'a', 'one');
    one.tiers.memory.clear();
    const reading = one.cache.get('answers', 'a', asItIs);
    for (let hop = 0; hop < 50; hop++) await null;
    await one.cache.set('answers', 'a', 'two');
    expect(await reading).toBe('one');
    expect(await one.cache.get('answers', 'a', asItIs)).toBe('two');
  });

  it('forgets everything in memory on a message it cannot read', async () => {
    const [one, other] = await openTwo('foreign-message');
    await one.cache.set('voices', 'a', 'one');
    one.cache.local('decisions').set('b', 'two');
    for (const message of ['nonsense', '{"from":"x","namespace":"other","key":null}']) {
      one.cache.local('decisions').set('b', 'two');
      await other.redis.publish('foreign-message', message);
      await until(() => one.cache.local('decisions').get('b') === null);
    }
  });

  it('drops its memory when it may have missed a message, not before', async () => {
    const [one, other] = await openTwo('gap');
    one.cache.local('decisions').set('a', 'one');
    await other.redis.send(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await until(() => one.cache.local('decisions').get('a') === null);
    expect(one.redis.state()).toBe('up');
  });

  it.each([
    ['a list', async ({ redis }: OpenCache, key: string) => redis.send(['LPUSH', key, 'a'])],
    [
      'bytes of another program',
      async ({ redis }: OpenCache, key: string) => redis.send(['SET', key, Buffer.of(0, 1, 255)]),
    ],
    ['an entry that never ends', async ({ redis }: OpenCache, key: string) => redis.send(['PERSIST', key])],
    [
      'an entry cut short',
      async ({ redis }: OpenCache, key: string) => {
        const whole = (await redis.send(['GET', key])) as Buffer;
        return redis.send(['SET', key, whole.subarray(0, -2), 'PX', '60000']);
      },
    ],
  ])('misses %s under its key, and writes over it', async (what, spoil) => {
    const prefix = `spoiled:${what.length}`;
    const [writer, reader] = [await openOn({ prefix }), await openOn({ prefix })];
    await writer.cache.set('answers', 'a', { text: 'one' });
    await until(async () => (await keysOf(writer, prefix)).length === 2);
    const [, entry] = await keysOf(writer, prefix);
    if (what === 'a list') await writer.redis.send(['DEL', entry!]);
    await spoil(writer, entry!);
    expect(await reader.cache.get('answers', 'a', asItIs)).toBeNull();
    expect(figuresOf(reader, 'redis')).toMatchObject({ hits: 0, misses: 1 });
    await reader.cache.set('answers', 'a', { text: 'two' });
    reader.tiers.memory.clear();
    expect(await reader.cache.get('answers', 'a', asItIs)).toEqual({ text: 'two' });
  });

  it('does not bring back what was cleared when Redis has lost the mark of it', async () => {
    const one = await openOn({ prefix: 'evicted' });
    await one.cache.set('answers', 'a', 'before');
    await one.cache.clear('answers');
    await one.cache.set('answers', 'b', 'after');
    await until(async () => (await keysOf(one, 'evicted')).length === 3);
    await one.redis.send(['DEL', 'evicted:answers']);
    one.tiers.memory.clear();
    expect(await one.cache.get('answers', 'a', asItIs)).toBeNull();
    expect(await one.cache.get('answers', 'b', asItIs)).toBeNull();
  });

  it('compresses what is large, in both tiers, and tells how much', async () => {
    const [writer, reader] = [
      await openOn({ prefix: 'packed', compress: true }),
      await openOn({ prefix: 'packed' }),
    ];
    const value = { text: 'some words of an answer, '.repeat(500) };
    await writer.cache.set('answers', 'a', value);
    await writer.cache.set('answers', 'small', 'x'.repeat(4_000));
    await until(() => figuresOf(writer, 'memory').bytes! < 6_000);
    await until(async () => (await reader.cache.get('answers', 'a', asItIs)) !== null);
    expect(await reader.cache.get('answers', 'a', asItIs)).toEqual(value);
    expect(await writer.cache.get('answers', 'a', asItIs)).toEqual(value);
    const sizes = await Promise.all(
      (await keysOf(writer, 'packed')).map((key) => writer.redis.send(['STRLEN', key])),
    );
    expect(Math.max(...sizes.map(Number))).toBeLessThan(4_100);
    expect(await writer.metrics.text()).toContain('mcg_cache_compression_ratio_count{namespace="answers"} 1');
  });

  it('does not write what was forgotten while it was being compressed', async () => {
    const one = await openOn({ prefix: 'race', compress: true });
    const value = 'some words of an answer, '.repeat(500);
    for (const forget of [
      () => one.cache.delete('answers', 'a'),
      () => one.cache.clear('answers'),
      () => one.cache.set('answers', 'a', 'other', 0),
    ]) {
      const setting = one.cache.set('answers', 'a', value);
      await setting;
      await forget();
      await sleep(50);
      expect((await keysOf(one, 'race')).filter((key) => key !== 'race:answers')).toEqual([]);
      expect(await one.cache.get('answers', 'a', asItIs)).toBeNull();
    }
  });

  it('serves ten thousand keys from a burst, and every value is its own', async () => {
    const one = await openOn({ prefix: 'burst' });
    const keys = Array.from({ length: 10_000 }, (_, index) => `key ${index}`);
    await Promise.all(keys.map((key) => one.cache.set('answers', key, { key })));
    const found = await Promise.all(keys.map((key) => one.cache.get('answers', key, asItIs)));
    found.forEach((value, index) => {
      expect(value === null || (value as { key: string }).key === keys[index]).toBe(true);
    });
    expect(found.filter((value) => value !== null).length).toBeGreaterThan(200);
    expect(figuresOf(one, 'memory').bytes).toBeLessThanOrEqual(settings.maxBytes);
    expect(one.redis.state()).toBe('up');
  });
});

describe('two tiers when Redis fails', () => {
  let server: RedisServer;
  const opened: OpenCache[] = [];

  const openOn = (timeoutMs = 1_000, url = server.url) => {
    const replica = openCache({ config: settings, redisUrl: url, timeoutMs, prefix: 'mcg-test' });
    opened.push(replica);
    return replica;
  };
  const isUp = ({ redis }: OpenCache) => redis.state() === 'up';

  beforeEach(async () => {
    server = await RedisServer.create();
  });

  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await server.close();
  });

  it('serves from memory while Redis is away from the start, and finds it later', async () => {
    const one = openOn(60_000);
    await one.cache.set('answers', 'a', 'one');
    expect(await one.cache.get('answers', 'a', asItIs)).toBe('one');
    expect(await one.cache.get('answers', 'b', asItIs)).toBeNull();
    await one.cache.delete('answers', 'a');
    expect(await one.cache.clear('answers')).toBe(0);
    await server.start();
    await until(() => isUp(one));
    // More than once: what could not be cleared before is cleared now, perhaps after the first.
    await until(async () => {
      await one.cache.set('answers', 'c', 'three');
      one.tiers.memory.clear();
      return (await one.cache.get('answers', 'c', asItIs)) === 'three';
    });
  });

  it('never fails a caller while Redis is lost and comes back in mid-load', async () => {
    await server.start();
    const one = openOn();
    await until(() => isUp(one));
    const state = { rounds: 0, isOver: false };
    const load = Array.from({ length: 10 }, async (_, worker) => {
      while (!state.isOver) {
        const key = `${worker} ${state.rounds++ % 50}`;
        await one.cache.set('answers', key, key);
        const found = await one.cache.get('answers', key, asItIs);
        expect(found === null || found === key).toBe(true);
        if (state.rounds % 40 === 0) await one.cache.clear('voices');
        await new Promise(setImmediate);
      }
    });
    const some = async () => {
      const before = state.rounds;
      await until(() => state.rounds > before + 300);
    };
    await some();
    await server.kill();
    await until(() => !isUp(one));
    await some();
    await server.start();
    await until(() => isUp(one));
    await some();
    state.isOver = true;
    await Promise.all(load);
    const states = one.logged.map(({ msg }) => msg).filter((msg) => /^redis\.(up|down)$/.test(String(msg)));
    expect(states).toEqual(['redis.up', 'redis.down', 'redis.up']);
  });

  it('forgets in Redis, when it comes back, what could not be forgotten in time', async () => {
    await server.start();
    const [one, other] = [openOn(100), openOn(5_000)];
    await until(() => isUp(one) && isUp(other));
    await one.cache.set('answers', 'a', 'cleared');
    await one.cache.set('voices', 'a', 'deleted');
    await until(async () => (await other.cache.get('voices', 'a', asItIs)) === 'deleted');
    await one.redis.send(['CONFIG', 'SET', 'maxmemory', '0']);
    await other.redis.send(['CLIENT', 'PAUSE', '400', 'ALL']);
    await one.cache.clear('answers');
    await one.cache.delete('voices', 'a');
    await until(() => isUp(one));
    expect(await one.cache.get('answers', 'a', asItIs)).toBeNull();
    expect(await one.cache.get('voices', 'a', asItIs)).toBeNull();
    await until(async () => (await other.cache.get('voices', 'a', asItIs)) === null);
    expect(await other.cache.get('answers', 'a', asItIs)).toBeNull();
    await one.cache.set('answers', 'a', 'anew');
    await until(async () => (await other.cache.get('answers', 'a', asItIs)) === 'anew');
  });

  it('goes on when Redis hangs: a few callers wait their limit, no one after', async () => {
    await server.start();
    const one = openOn(60);
    await until(() => isUp(one));
    server.pause();
    await one.cache.set('answers', 'a', 'one');
    for (let time = 0; time < 50; time++)
      expect(await one.cache.get('answers', `${time}`, asItIs)).toBeNull();
    expect(isUp(one)).toBe(false);
    expect(await one.cache.get('answers', 'a', asItIs)).toBe('one');
    server.resume();
    await until(() => isUp(one));
  });

  it('leaves out writes beyond a bound, and delays none of the callers', async () => {
    await server.start();
    const one = openOn(30_000);
    await until(() => isUp(one));
    server.pause();
    for (let index = 0; index < 1_000; index++) await one.cache.set('answers', `${index}`, 'one');
    server.resume();
    await one.redis.send(['PING']);
    expect(await one.redis.send(['DBSIZE'])).toBe(1 + 256);
    await one.cache.set('answers', 'later', 'one');
    expect(await one.redis.send(['DBSIZE'])).toBe(1 + 257);
  });

  it('says once that a full Redis takes nothing, and once that it does again', async () => {
    await server.close();
    server = await RedisServer.create('--maxmemory-policy', 'noeviction');
    await server.start();
    const one = openOn();
    await until(() => isUp(one));
    await one.cache.set('answers', 'a', 'one');
    await one.redis.send(['CONFIG', 'SET', 'maxmemory', '1']);
    for (let time = 0; time < 20; time++) await one.cache.set('answers', `${time}`, 'two');
    const told = () => one.logged.filter(({ msg }) => String(msg).startsWith('cache.redis_'));
    await until(() => told().length > 0);
    expect(await one.cache.get('answers', '3', asItIs)).toBe('two');
    await one.redis.send(['CONFIG', 'SET', 'maxmemory', '0']);
    await until(async () => {
      await one.cache.set('answers', 'b', 'three');
      return told().length > 1;
    });
    expect(told().map(({ msg, reply }) => [msg, reply])).toEqual([
      ['cache.redis_refuses', 'OOM'],
      ['cache.redis_accepts', undefined],
    ]);
    expect(isUp(one)).toBe(true);
  });

  it('is a cache in memory where the password is wrong', async () => {
    await server.close();
    server = await RedisServer.create('--requirepass', 'right');
    await server.start();
    const one = openOn(1_000, `redis://:secret-word@127.0.0.1:${server.port}`);
    await until(() => one.logged.some(({ msg }) => msg === 'redis.down'));
    await one.cache.set('answers', 'a', 'one');
    expect(await one.cache.get('answers', 'a', asItIs)).toBe('one');
    expect(JSON.stringify(one.logged)).not.toContain('secret-word');
  });
});
