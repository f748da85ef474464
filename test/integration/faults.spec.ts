import { setTimeout as sleep } from 'node:timers/promises';
import { expectProblem, type PlainResponse } from '../support/http.js';
import {
  AppProcess,
  bearer,
  call,
  endProcesses,
  importNote,
  startServer,
  type TestServer,
} from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const QUESTION = { prompt: 'How do I prune the pear tree?' };
const NOTE = 'I prune the pear tree in February: first the crossing branches, then the water shoots.';
let database: WatchedDatabase;
let proxy: TcpProxy;
let url: string;

beforeEach(async () => {
  database = await WatchedDatabase.create();
  proxy = await TcpProxy.inFrontOf(new URL(database.url));
  const through = new URL(database.url);
  through.host = `127.0.0.1:${proxy.port}`;
  url = through.href;
});

afterEach(async () => {
  await endProcesses();
  await proxy.shut();
  await database.close();
});

const ask = async (server: TestServer, key: string): Promise<PlainResponse> =>
  call(server, 'POST', '/query', { ...(await bearer('alice')), 'idempotency-key': key }, QUESTION);

/** Repeats a request as its Retry-After says, until it is answered. */
async function askUntilAnswered(server: TestServer, key: string): Promise<Record<string, unknown>> {
  for (;;) {
    const response = await ask(server, key);
    if (response.statusCode === 200) return JSON.parse(response.body) as Record<string, unknown>;
    expect([409, 503]).toContain(response.statusCode);
    const waitSeconds = Number(response.headers['retry-after']);
    expect(waitSeconds).toBeGreaterThan(0);
    await sleep(Math.min(waitSeconds, 1) * 1_000);
  }
}

async function serverWithNote(environment: Record<string, string> = {}): Promise<TestServer> {
  await proxy.open();
  const server = await startServer({ DATABASE_URL: url, ...environment });
  await importNote(server, NOTE);
  return server;
}

async function runOf(taskId: unknown): Promise<Record<string, unknown> | undefined> {
  const [run] = await database.rows(`SELECT state, failure, idempotency_key FROM runs WHERE task_id = $1`, [
    taskId,
  ]);
  return run;
}

describe('a database that is away at the start', () => {
  it('is waited for with a clear message, then given up with exit code 69 and what to do', async () => {
    const password = 'the-password-of-the-test';
    const withPassword = new URL(url);
    withPassword.password = password;
    const app = await AppProcess.start(['serve'], {
      DATABASE_URL: withPassword.href,
      DATABASE_WAIT_SECONDS: '2',
    });
    await app.says(/database\.waiting/);
    const { code, stdout, stderr } = await app.ended;
    expect(code).toBe(69);
    expect(stderr).toMatch(/error: .*ECONNREFUSED.*\[database\.unreachable\]/);
    expect(stderr).toMatch(/what to do: .*DATABASE_URL/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout + stderr).not.toContain(password);
  });

  it('and comes: the server is ready without another start', async () => {
    const app = await AppProcess.start(['serve'], { DATABASE_URL: url, DATABASE_WAIT_SECONDS: '60' });
    await app.says(/database\.waiting/);
    await proxy.open();
    const [, address] = await app.says(/listens on (http:\S+)/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });
});

describe('a database that goes away in mid-run', () => {
  it('for longer than a lease: 503, and when it is back the same run is gone on with', async () => {
    const server = await serverWithNote();
    await database.lockDocuments();
    const asked = ask(server, 'cut');
    await database.waitsFor(asked);
    await proxy.shut();
    const headers = await bearer('alice');
    expectProblem(await call(server, 'GET', '/runs', headers), 503, 'database.unavailable');
    expectProblem(await call(server, 'GET', '/health/ready', {}), 503, 'health.not_ready');
    expect((await call(server, 'GET', '/health/live', {})).statusCode).toBe(200);
    const problem = expectProblem(await asked, 503, 'pipeline.interrupted');
    expect(problem).toMatchObject({ retryable: true, task_id: expect.any(String) });
    expect((await asked).headers['retry-after']).toMatch(/^[1-9]/);

    await database.unlock();
    await proxy.open();
    const answer = await askUntilAnswered(server, 'cut');
    expect(answer['content']).toContain('crossing branches');
    expect(answer['task_id']).toBe(problem['task_id']);
    expect(await runOf(problem['task_id'])).toMatchObject({
      state: 'succeeded',
      failure: null,
      idempotency_key: 'cut',
    });
    expect((await call(server, 'GET', '/health/ready', {})).statusCode).toBe(200);
  });

  it('for a moment: the caller who waits is answered', async () => {
    const server = await serverWithNote();
    await database.lockDocuments();
    const asked = ask(server, 'ended');
    await database.waitsFor(asked);
    await database.cutConnections();
    await database.waitsFor(asked);
    await database.unlock();
    expect((await asked).statusCode).toBe(200);
    expect(await database.rows('SELECT state, attempts FROM runs')).toEqual([
      { state: 'succeeded', attempts: 0 },
    ]);
  });

  it('while the end is written: it is written once, when it is back', async () => {
    const server = await serverWithNote();
    await database.lockEnds();
    const asked = ask(server, 'end');
    await database.waitsFor(asked);
    await database.cutConnections();
    await database.waitsFor(asked);
    await database.unlock();
    expect((await asked).statusCode).toBe(200);
    expect(await database.rows('SELECT state, attempts FROM runs')).toEqual([
      { state: 'succeeded', attempts: 0 },
    ]);
  });

  it('between two runs: nobody notices', async () => {
    const server = await serverWithNote();
    expect((await ask(server, 'before')).statusCode).toBe(200);
    await database.cutConnections();
    await askUntilAnswered(server, 'after');
  });
});

describe('a run that waits too long', () => {
  it('ends at its timebox though the database never answers, and can be repeated', async () => {
    const server = await serverWithNote({ RUN_TIMEBOX_MS: '2000' });
    await database.lockDocuments();
    const response = await ask(server, 'slow');
    const problem = expectProblem(response, 504, 'pipeline.timebox_exceeded');
    expect(problem['retryable']).toBe(true);
    expect(await runOf(problem['task_id'])).toMatchObject({
      state: 'failed',
      failure: { code: 'pipeline.timebox_exceeded', retryable: true },
    });
    await database.unlock();
    expect((await ask(server, 'slow')).statusCode).toBe(200);
  });
});
