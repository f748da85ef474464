import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Cache, CacheModule } from '../../src/cache/index.js';
import { ConfigModule, parseSettings } from '../../src/config/index.js';
import { Redis } from '../../src/redis/index.js';
import { RedisServer, until } from '../support/redis-server.js';

const asItIs = (found: unknown): unknown => found;

/** The module as an application has it, without the HTTP around it. */
function openReplica(environment: Readonly<Record<string, string>>): Promise<INestApplicationContext> {
  const settings = parseSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...environment });
  class Replica {}
  return NestFactory.createApplicationContext(
    { module: Replica, imports: [ConfigModule.register(settings), CacheModule] },
    { logger: false },
  );
}

describe('replicas with the cache module', () => {
  let server: RedisServer;
  const open: INestApplicationContext[] = [];

  const replica = async (environment: Readonly<Record<string, string>>) => {
    const context = await openReplica(environment);
    open.push(context);
    return { cache: context.get(Cache), redis: context.get(Redis) };
  };

  beforeAll(async () => {
    server = await RedisServer.create();
    await server.start();
  });

  afterEach(async () => {
    for (const context of open.splice(0)) await context.close();
  });

  afterAll(async () => {
    await server.close();
  });

  it('share what they keep, and forget together', async () => {
    const shared = { MCG_CACHE_BACKEND: 'redis', REDIS_URL: server.url };
    const [one, other] = [await replica(shared), await replica(shared)];
    await until(async () => {
      if (one.redis.state() !== 'up' || other.redis.state() !== 'up') return false;
      const [, listeners] = (await one.redis.send(['PUBSUB', 'NUMSUB', 'mcg:cache'])) as [Buffer, number];
      return listeners === 2;
    });
    await one.cache.set('answers', 'a', { text: 'one' });
    await until(async () => (await other.cache.get('answers', 'a', asItIs)) !== null);
    expect(await other.cache.clear('answers')).toBe(1);
    await until(async () => (await one.cache.get('answers', 'a', asItIs)) === null);
    await other.cache.set('answers', 'a', { text: 'two' });
    await until(async () => (await one.cache.get('answers', 'a', asItIs)) !== null);
    await one.cache.delete('answers', 'a');
    await until(async () => (await other.cache.get('answers', 'a', asItIs)) === null);
  });

  it('leave no connection behind when they shut down', async () => {
    const one = await replica({ MCG_CACHE_BACKEND: 'redis', REDIS_URL: server.url });
    await until(() => one.redis.state() === 'up');
    await open.pop()!.close();
    const watcher = await replica({ REDIS_URL: server.url });
    await until(() => watcher.redis.state() === 'up');
    await until(async () => {
      const clients = String(await watcher.redis.send(['CLIENT', 'LIST']));
      return clients.trim().split('\n').length === 1;
    });
    expect(one.redis.state()).toBe('down');
  });

  it('keep to themselves with memory, and keep nothing with none', async () => {
    const [one, other, none] = [
      await replica({ REDIS_URL: server.url }),
      await replica({}),
      await replica({ MCG_CACHE_BACKEND: 'none' }),
    ];
    await one.cache.set('voices', 'a', 1);
    await none.cache.set('voices', 'a', 1);
    expect(await one.cache.get('voices', 'a', asItIs)).toBe(1);
    expect(await other.cache.get('voices', 'a', asItIs)).toBeNull();
    expect(await none.cache.get('voices', 'a', asItIs)).toBeNull();
    expect([...new Set(one.cache.figures().map(({ backend }) => backend))]).toEqual(['memory']);
    expect(none.cache.figures()).toEqual([]);
  });
});
