import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MemoryRateLimitStorage } from '../../src/auth/rate-limit-memory.storage.js';
import { RedisRateLimitStorage } from '../../src/auth/rate-limit-redis.storage.js';
import { Redis } from '../../src/redis/index.js';
import { SystemClock, sha256Hex } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { startTestApp } from '../support/app.js';
import { TestClient } from '../support/http.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const REDIS_URL = 'redis://127.0.0.1:6379';
const WINDOW_MS = 60_000;
const LIMIT = 100;
const PREFIX = `mcg-test:rate:${randomUUID()}:`;
/** Users stand there by their hash. */
const keyOf = (user: string) => PREFIX + sha256Hex(user);
const log = new Log({ logLevel: 'silent', environment: 'test' }, { write: () => {} });
const opened: Redis[] = [];
let redis: Redis;

/** A replica's storage on a connection of its own. */
async function replica(url = REDIS_URL) {
  const connection = new Redis({ url, timeoutMs: 2_000 }, log);
  opened.push(connection);
  connection.onModuleInit();
  await until(connection, 'up');
  const local = new MemoryRateLimitStorage(new SystemClock());
  const storage = new RedisRateLimitStorage(connection, local, PREFIX);
  const hit = (user: string) => storage.increment(user, WINDOW_MS, LIMIT, WINDOW_MS, 'default');
  return { connection, hit };
}

async function until(connection: Redis, wanted: string): Promise<void> {
  while (connection.state() !== wanted) await nextTurn();
}

const totals = async (hits: readonly Promise<{ readonly totalHits: number }>[]) =>
  (await Promise.all(hits)).map(({ totalHits }) => totalHits);

beforeAll(async () => {
  redis = (await replica()).connection;
});

afterAll(async () => {
  await redis.send(['DEL', ...['ann', 'ben', 'cem', 'dot', 'eve', 'fay'].map(keyOf)]);
  for (const connection of opened) connection.onApplicationShutdown();
});

describe('rate limits on Redis', () => {
  it('are counted over all replicas, one by one', async () => {
    const [one, two] = [await replica(), await replica()];
    const hits = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? one : two).hit('ann'));
    const counted = (await totals(hits)).sort((a, b) => a - b);
    expect(counted).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    expect(await two.hit('ann')).toMatchObject({ totalHits: 121, isBlocked: true });
    expect(await two.hit('ben')).toMatchObject({ totalHits: 1, isBlocked: false, timeToExpire: 60 });
  });

  it('begin anew when the window of the first request has ended', async () => {
    const { hit } = await replica();
    await totals([hit('cem'), hit('cem')]);
    const leftMs = Number(await redis.send(['PTTL', keyOf('cem')]));
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(WINDOW_MS);
    await redis.send(['PEXPIRE', keyOf('cem'), '1']);
    while ((await redis.send(['EXISTS', keyOf('cem')])) !== 0) await nextTurn();
    expect(await hit('cem')).toMatchObject({ totalHits: 1 });
  });

  it('give an end to a count that has none', async () => {
    await redis.send(['SET', keyOf('dot'), '5']);
    const { hit } = await replica();
    expect(await hit('dot')).toMatchObject({ totalHits: 6, timeToExpire: 60 });
    expect(Number(await redis.send(['PTTL', keyOf('dot')]))).toBeGreaterThan(0);
  });

  it.each([
    ['a list', ['RPUSH', keyOf('eve'), 'x']],
    ['no number', ['SET', keyOf('eve'), 'x']],
  ])('are counted here where the key holds %s', async (_what, command) => {
    await redis.send(['DEL', keyOf('eve')]);
    await redis.send(command);
    const { hit } = await replica();
    expect(await totals([hit('eve'), hit('eve')])).toEqual([1, 2]);
  });

  it('are counted here while Redis is away, and there again when it is back', async () => {
    const proxy = await TcpProxy.inFrontOf(new URL(REDIS_URL));
    await proxy.open();
    const { connection, hit } = await replica(`redis://127.0.0.1:${proxy.port}`);
    expect(await totals([hit('fay'), hit('fay'), hit('fay')])).toEqual([1, 2, 3]);
    await proxy.shut();
    await until(connection, 'down');
    expect(await totals([hit('fay'), hit('fay')])).toEqual([1, 2]);
    await proxy.open();
    await until(connection, 'up');
    expect(await totals([hit('fay')])).toEqual([4]);
    connection.onApplicationShutdown();
    await proxy.shut();
  });
});

it('the application counts on the Redis that it is given', async () => {
  const user = `rate-limit-test-${randomUUID()}`;
  const test = await startTestApp({ REDIS_URL, RATE_LIMIT_PER_MINUTE: '2' });
  try {
    await until(test.app.get(Redis), 'up');
    await redis.send(['SET', `mcg:rate:${sha256Hex(user)}`, '1']);
    const client = new TestClient(test, await test.authorize(user, 'query'));
    expect([(await client.get('/runs')).statusCode, (await client.get('/runs')).statusCode]).toEqual([
      200, 429,
    ]);
    await redis.send(['DEL', `mcg:rate:${sha256Hex(user)}`]);
  } finally {
    await test.close();
  }
});
