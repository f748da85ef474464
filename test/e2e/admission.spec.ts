import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Metrics } from '../../src/telemetry/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

const PROMPT = { prompt: 'What did I decide about heating the greenhouse?' };
let test: TestApp;
let ann: TestClient;
let ben: TestClient;
let letGo: () => Promise<void>;

async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  test = await startTestApp({ QUERY_MAX_CONCURRENT: '1', ...environment });
  ann = new TestClient(test, await test.authorize('ann', 'query'));
  ben = new TestClient(test, await test.authorize('ben', 'query'));
}

/** Takes the one connection of the embedded database, so that runs stand still until it is let go. */
async function holdDatabase(): Promise<void> {
  const connection = test.app.get<DataSource>(DataSource).createQueryRunner();
  await connection.connect();
  letGo = () => connection.release();
}

async function figures(): Promise<string> {
  const text = await test.app.get(Metrics).text();
  const of = (name: string) => new RegExp(`^mcg_admission_${name} (\\d+)$`, 'm').exec(text)?.[1];
  return `${of('running')} running, ${of('waiting')} waiting`;
}

async function until(wanted: string): Promise<void> {
  while ((await figures()) !== wanted) await nextTurn();
}

/** Sends a query as ann over a line of its own. */
function overWire(): ClientRequest {
  const { port } = test.app.getHttpServer().address() as AddressInfo;
  const headers = { ...ann.headers, 'content-type': 'application/json' };
  const sent = request({ port, host: '127.0.0.1', path: '/query', method: 'POST', headers, agent: false });
  sent.on('error', () => {});
  sent.end(JSON.stringify(PROMPT));
  return sent;
}

describe('one query at a time and one that waits', () => {
  beforeAll(() => start({ QUERY_MAX_WAITING: '1' }));
  afterAll(() => test.close());

  it('is all: the third is refused at once, and the others are answered', async () => {
    await holdDatabase();
    const first = ann.post('/query', PROMPT);
    await until('1 running, 0 waiting');
    const second = ann.post('/query', PROMPT);
    await until('1 running, 1 waiting');
    for (const client of [ann, ben]) {
      const refused = await client.post('/query', PROMPT);
      expectProblem(refused, 503, 'pipeline.queue_full');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(30);
    }
    expect(await test.app.get(Metrics).text()).toContain(
      'mcg_admission_refusals_total{reason="queue_full"} 2',
    );
    expect(await figures()).toBe('1 running, 1 waiting');
    await letGo();
    expect((await Promise.all([first, second])).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await figures()).toBe('0 running, 0 waiting');
    expect((await ben.post('/query', PROMPT)).statusCode).toBe(200);
  });

  it('gives the place of a refused body free again', async () => {
    for (let i = 0; i < 3; i++) expect((await ann.post('/query', { prompt: 7 })).statusCode).toBe(400);
    expect(await figures()).toBe('0 running, 0 waiting');
  });

  it('lets a stranger neither run nor wait', async () => {
    await holdDatabase();
    const stranger = new TestClient(test, await test.authorize('eve', 'corpora:read'));
    expectProblem(await stranger.post('/query', PROMPT), 403, 'auth.scope_missing');
    expect(await figures()).toBe('0 running, 0 waiting');
    await letGo();
  });
});

describe('a caller that hangs up', () => {
  beforeAll(async () => {
    await start({ QUERY_MAX_WAITING: '1' });
    await test.app.listen(0, '127.0.0.1');
  });
  afterAll(() => test.close());

  it('leaves the queue at once', async () => {
    await holdDatabase();
    const first = ben.post('/query', PROMPT);
    await until('1 running, 0 waiting');
    const sent = overWire();
    await until('1 running, 1 waiting');
    sent.destroy();
    await until('1 running, 0 waiting');
    await letGo();
    expect((await first).statusCode).toBe(200);
    expect((await ann.get('/runs')).json().runs).toEqual([]);
  });

  it('keeps its place while its run goes on', async () => {
    await holdDatabase();
    const sent = overWire();
    const [line] = (await once(test.app.getHttpServer(), 'connection')) as [NodeJS.EventEmitter];
    const closed = once(line, 'close');
    await until('1 running, 0 waiting');
    sent.destroy();
    await closed;
    const next = ben.post('/query', PROMPT);
    await until('1 running, 1 waiting');
    await letGo();
    expect((await next).statusCode).toBe(200);
    const { runs } = (await ann.get('/runs')).json();
    expect(runs).toMatchObject([{ state: 'succeeded', user_id: 'ann' }]);
    expect(await figures()).toBe('0 running, 0 waiting');
  });
});

describe('two owners', () => {
  beforeAll(() => start({ QUERY_MAX_WAITING: '4' }));
  afterAll(() => test.close());

  it('take turns, and one cannot take all the room', async () => {
    const answered: string[] = [];
    const ask = async (name: string, client: TestClient) => {
      const { statusCode } = await client.post('/query', PROMPT);
      answered.push(`${name} ${statusCode}`);
    };
    await holdDatabase();
    const asked = [ask('ann', ann)];
    for (const waiting of [1, 2]) {
      await until(`1 running, ${waiting - 1} waiting`);
      asked.push(ask('ann', ann));
    }
    await until('1 running, 2 waiting');
    const refused = await ann.post('/query', PROMPT);
    expect(expectProblem(refused, 429, 'pipeline.owner_queue_full')).toMatchObject({ retryable: true });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    asked.push(ask('ben', ben));
    await until('1 running, 3 waiting');
    await letGo();
    await Promise.all(asked);
    expect(answered).toEqual(['ann 200', 'ann 200', 'ben 200', 'ann 200']);
  });
});

describe('a process that closes', () => {
  it('refuses what waits', async () => {
    await start({ QUERY_MAX_WAITING: '1' });
    await holdDatabase();
    const first = ann.post('/query', PROMPT);
    await until('1 running, 0 waiting');
    const second = ben.post('/query', PROMPT);
    await until('1 running, 1 waiting');
    const closed = test.close();
    expectProblem(await second, 503, 'pipeline.shutting_down');
    await letGo();
    await first;
    await closed;
  });
});
