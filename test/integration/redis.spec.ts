import { createServer, type Socket } from 'node:net';
import { RedisConfig } from '../../src/config/index.js';
import { Redis } from '../../src/redis/index.js';
import { Log } from '../../src/telemetry/index.js';
import { RedisServer, until } from '../support/redis-server.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const CHANNEL = 'mcg-test:channel';
const unavailable = { code: 'redis.unavailable', kind: 'unavailable' };

describe('Redis', () => {
  let server: RedisServer;
  const open: Redis[] = [];
  let lines: Record<string, unknown>[];

  function connectTo(url: string | null, timeoutMs = 1_000): Redis {
    const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
    const redis = new Redis(
      { url, timeoutMs } satisfies RedisConfig,
      new Log({ logLevel: 'info', environment: 'test' }, { write }),
    );
    redis.onModuleInit();
    open.push(redis);
    return redis;
  }
  const events = () =>
    lines.map(({ msg, reason }) => (reason === undefined ? msg : `${String(msg)} ${String(reason)}`));

  beforeEach(async () => {
    lines = [];
    server = await RedisServer.create();
  });

  afterEach(async () => {
    for (const redis of open.splice(0)) redis.onApplicationShutdown();
    await server.close();
  });

  it('is unused without a URL, and says so', async () => {
    const redis = connectTo(null);
    expect([redis.isConfigured, redis.state()]).toEqual([false, 'unused']);
    redis.subscribe(CHANNEL, () => {});
    await expect(redis.send(['PING'])).rejects.toMatchObject(unavailable);
  });

  it('sends bytes and gets bytes', async () => {
    await server.start();
    const redis = connectTo(server.url);
    await until(() => redis.state() === 'up');
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await redis.send(['SET', 'mcg-test:bytes', bytes]);
    expect(await redis.send(['GET', 'mcg-test:bytes'])).toEqual(bytes);
    expect(await redis.send(['GET', 'mcg-test:none'])).toBeNull();
    expect(await redis.send(['MGET', 'mcg-test:bytes', 'mcg-test:none'])).toEqual([bytes, null]);
    expect(await redis.send(['STRLEN', 'mcg-test:bytes'])).toBe(256);
    expect(events()).toEqual(['redis.up']);
  });

  it('tells a refusal from an absence, and stays up', async () => {
    await server.start();
    const redis = connectTo(server.url);
    await until(() => redis.state() === 'up');
    await redis.send(['LPUSH', 'mcg-test:list', 'a']);
    const refused = { code: 'redis.refused', kind: 'unavailable', details: { reply: 'WRONGTYPE' } };
    for (let time = 0; time < 5; time++)
      await expect(redis.send(['GET', 'mcg-test:list'])).rejects.toMatchObject(refused);
    expect(redis.state()).toBe('up');
  });

  it('starts without it, fails at once, and finds it when it comes', async () => {
    const redis = connectTo(server.url, 60_000);
    await until(() => lines.length > 0);
    await expect(redis.send(['PING'])).rejects.toMatchObject(unavailable);
    await server.start();
    await until(() => redis.state() === 'up');
    expect(await redis.send(['ECHO', 'a'])).toEqual(Buffer.from('a'));
    expect(events()).toEqual(['redis.down ECONNREFUSED', 'redis.up']);
  });

  it('is lost and found in mid-load: every command ends, and each change is one line', async () => {
    await server.start();
    const redis = connectTo(server.url);
    await until(() => redis.state() === 'up');
    const outcomes = { answered: 0, failed: 0 };
    let isOver = false;
    const load = Array.from({ length: 20 }, async () => {
      while (!isOver) {
        await redis.send(['PING']).then(
          () => outcomes.answered++,
          (error: unknown) => {
            expect(error).toMatchObject(unavailable);
            outcomes.failed++;
          },
        );
        await new Promise(setImmediate);
      }
    });
    await until(() => outcomes.answered > 100);
    await server.kill();
    await until(() => outcomes.failed > 100);
    expect(redis.state()).toBe('down');
    await server.start();
    const before = outcomes.answered;
    await until(() => outcomes.answered > before + 100);
    isOver = true;
    await Promise.all(load);
    expect(events()).toEqual([
      'redis.up',
      expect.stringMatching(/^redis.down (closed|ECONNRESET)$/),
      'redis.up',
    ]);
  });

  it('gives up on one that hangs: after a few no one waits for it, and it is found when it goes on', async () => {
    await server.start();
    const redis = connectTo(server.url, 60);
    await until(() => redis.state() === 'up');
    server.pause();
    for (let time = 0; time < 3; time++)
      await expect(redis.send(['PING'])).rejects.toMatchObject(unavailable);
    expect(redis.state()).toBe('down');
    expect(events()).toEqual(['redis.up', 'redis.down timeout']);
    server.resume();
    await until(() => redis.state() === 'up');
    expect(await redis.send(['ECHO', 'a'])).toEqual(Buffer.from('a'));
  });

  it('never counts as up one that is slower than its limit', async () => {
    await server.start();
    const slow = await delayInFrontOf(server.port, 300);
    const redis = connectTo(`redis://127.0.0.1:${slow.port}`, 50);
    await until(() => lines.length > 0);
    await expect(redis.send(['PING'])).rejects.toMatchObject(unavailable);
    await until(() => slow.connections() >= 3);
    expect(events()).toEqual(['redis.down timeout']);
    slow.close();
  });

  it('survives a server that takes the connection and never greets', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(server.port, '127.0.0.1', resolve));
    const redis = connectTo(`redis://:secret-word@127.0.0.1:${server.port}`, 50);
    await until(() => lines.length > 0);
    expect(events()).toEqual(['redis.down timeout']);
    expect(redis.state()).toBe('down');
    redis.onApplicationShutdown();
    mute.close();
  });

  it('keeps a wrong password to itself', async () => {
    await server.close();
    server = await RedisServer.create('--requirepass', 'right');
    await server.start();
    const wrong = connectTo(`redis://:secret-word@127.0.0.1:${server.port}`);
    await until(() => lines.length > 0);
    const failure = wrong.send(['PING']);
    await expect(failure).rejects.toMatchObject(unavailable);
    expect(events()).toEqual(['redis.down WRONGPASS']);
    const none = connectTo(server.url);
    await until(() => lines.length > 1);
    expect(none.state()).toBe('down');
    expect(events()[1]).toBe('redis.down NOAUTH');
    const right = connectTo(`redis://:right@127.0.0.1:${server.port}/3`);
    await until(() => right.state() === 'up');
    expect(JSON.stringify(lines) + String(await failure.catch(String))).not.toMatch(/secret-word|:right/);
  });

  it('does not fail at start for a URL that the client refuses', async () => {
    const redis = connectTo('redis://127.0.0.1/no-number');
    await until(() => lines.length > 0);
    expect(redis.state()).toBe('down');
  });

  it('refuses commands of a full server, and answers the others', async () => {
    await server.close();
    server = await RedisServer.create('--maxmemory', '1mb', '--maxmemory-policy', 'noeviction');
    await server.start();
    const redis = connectTo(server.url);
    await until(() => redis.state() === 'up');
    const set = redis
      .send(['SET', 'mcg-test:a', Buffer.alloc(2 * 1024 ** 2)])
      .then(() => redis.send(['SET', 'b', 'b']));
    await expect(set).rejects.toMatchObject({ code: 'redis.refused', details: { reply: 'OOM' } });
    expect(await redis.send(['ECHO', 'a'])).toEqual(Buffer.from('a'));
  });

  it('connects no more once it is shut down, in whichever state', async () => {
    const away = connectTo(server.url);
    const soon = connectTo(server.url);
    soon.onApplicationShutdown();
    await until(() => lines.length > 0);
    away.onApplicationShutdown();
    await server.start();
    const connecting = connectTo(server.url);
    connecting.onApplicationShutdown();
    const watcher = connectTo(server.url);
    await until(() => watcher.state() === 'up');
    await until(async () => {
      const clients = String(await watcher.send(['CLIENT', 'LIST']));
      return clients.trim().split('\n').length === 1;
    });
    expect([away, soon, connecting].map((each) => each.state())).toEqual(['down', 'down', 'down']);
    await expect(away.send(['PING'])).rejects.toMatchObject(unavailable);
  });

  describe('a subscription', () => {
    it('hears what is published, also after a listener threw', async () => {
      await server.start();
      const [one, other] = [connectTo(server.url), connectTo(server.url)];
      const heard: string[] = [];
      let begun = 0;
      one.subscribe(
        CHANNEL,
        (message) => {
          heard.push(message);
          if (message === 'bad') throw new Error('in a listener');
        },
        () => begun++,
      );
      await until(() => begun === 1 && other.state() === 'up');
      one.subscribe(
        `${CHANNEL}:late`,
        (message) => void heard.push(message),
        () => begun++,
      );
      await until(() => begun === 2);
      for (const message of ['bad', 'good']) await other.publish(CHANNEL, message);
      await other.publish(`${CHANNEL}:late`, 'late');
      await until(() => heard.length === 3);
      expect(heard).toEqual(['bad', 'good', 'late']);
      expect(events()).toContain('redis.listener_failed');
      expect(events().filter((event) => event !== 'redis.up')).toHaveLength(1);
    });

    it('begins when Redis comes, and again after a loss, and says so each time', async () => {
      const redis = connectTo(server.url);
      const heard: string[] = [];
      let begun = 0;
      redis.subscribe(
        CHANNEL,
        (message) => void heard.push(message),
        () => {
          begun++;
          throw new Error('nobody minds');
        },
      );
      await server.start();
      await until(() => begun === 1 && redis.state() === 'up');
      await redis.publish(CHANNEL, 'one');
      await until(() => heard.length === 1);
      await server.kill();
      await server.start();
      await until(() => begun === 2 && redis.state() === 'up');
      await redis.publish(CHANNEL, 'two');
      await until(() => heard.length === 2);
      expect(heard).toEqual(['one', 'two']);
    });

    it('is found again when only its own connection is cut', async () => {
      await server.start();
      const proxy = await TcpProxy.inFrontOf(new URL(server.url));
      await proxy.open();
      const redis = connectTo(`redis://127.0.0.1:${proxy.port}`);
      const publisher = connectTo(server.url);
      let begun = 0;
      redis.subscribe(
        CHANNEL,
        () => {},
        () => begun++,
      );
      await until(() => begun === 1 && redis.state() === 'up' && publisher.state() === 'up');
      await publisher.send(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
      await until(() => begun === 2);
      expect(redis.state()).toBe('up');
      expect(events()).toEqual(['redis.up', 'redis.up']);
      redis.onApplicationShutdown();
      await proxy.shut();
    });
  });
});

/** A port that hands on each answer of a server only after a while. */
async function delayInFrontOf(port: number, delayMs: number) {
  const { connect } = await import('node:net');
  const sockets = new Set<Socket>();
  let connections = 0;
  const proxy = createServer((inside) => {
    connections++;
    const outside = connect(port, '127.0.0.1');
    sockets.add(inside).add(outside);
    inside.pipe(outside);
    outside.on('data', (bytes) => setTimeout(() => inside.writable && inside.write(bytes), delayMs));
    inside.on('error', () => outside.destroy()).on('close', () => outside.destroy());
    outside.on('error', () => inside.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const close = () => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (proxy.address() as { port: number }).port, connections: () => connections, close };
}
