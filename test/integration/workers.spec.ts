import { setTimeout as sleep } from 'node:timers/promises';
import { expectProblem, type PlainResponse } from '../support/http.js';
import {
  bearer,
  call,
  endProcesses,
  importNote,
  runCommand,
  startServer,
  startWorker,
  type TestServer,
} from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';

const NOTE = 'I prune the pear tree in February: first the crossing branches, then the water shoots.';
const QUESTION = { prompt: 'How do I prune the pear tree?', async: true };

let database: WatchedDatabase;
let environment: Record<string, string>;

beforeEach(async () => {
  database = await WatchedDatabase.create();
  environment = { DATABASE_URL: database.url, QUEUE_WORKERS: '0', SHUTDOWN_GRACE_MS: '200' };
});

afterEach(async () => {
  await endProcesses();
  await database.close();
});

async function submit(server: TestServer, owner = 'alice', prompt = QUESTION.prompt): Promise<string> {
  const response = await call(server, 'POST', '/query', await bearer(owner), { ...QUESTION, prompt });
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 202 });
  return (JSON.parse(response.body) as { task_id: string }).task_id;
}

async function read(server: TestServer, taskId: string): Promise<Record<string, unknown>> {
  const { body } = await call(server, 'GET', `/runs/${taskId}`, await bearer('alice'));
  return JSON.parse(body) as Record<string, unknown>;
}

/** What a run says once it is in one of these states. */
async function until(
  server: TestServer,
  taskId: string,
  ...states: string[]
): Promise<Record<string, unknown>> {
  for (;;) {
    const run = await read(server, taskId);
    if (states.includes(String(run['state']))) return run;
    await sleep(50);
  }
}

/** Waits until a worker stands still in a run. */
async function untilStuck(): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`;
  while ((await database.rows(sql)).length === 0) await sleep(20);
}

const worked = ({ process }: TestServer) => process.stderr.match(/"msg":"run\.succeeded"/g)?.length ?? 0;

describe('two worker processes', () => {
  it('share what waits: each run is worked on once, and a server without workers takes none', async () => {
    const server = await startServer({ ...environment, LOG_LEVEL: 'info' });
    await importNote(server, NOTE);
    const taskIds: string[] = [];
    for (let index = 0; index < 24; index++)
      taskIds.push(await submit(server, ['alice', 'bob', 'cem'][index % 3], `How do I prune tree ${index}?`));
    const workers = await Promise.all(
      [1, 2].map(() => startWorker({ ...environment, LOG_LEVEL: 'info', QUEUE_WORKERS: '2' })),
    );
    for (const taskId of taskIds) await until(server, taskId, 'succeeded');
    const rows = await database.rows(`SELECT lease_token::int AS token, attempts FROM runs`);
    expect(rows).toEqual(taskIds.map(() => ({ token: 1, attempts: 0 })));
    expect(worked(server)).toBe(0);
    expect(workers.map(worked).every((count) => count > 0)).toBe(true);
    expect(worked(workers[0]!) + worked(workers[1]!)).toBe(taskIds.length);
  });

  it('wake as soon as a run is queued by another process', async () => {
    const server = await startServer(environment);
    await importNote(server, NOTE);
    await startWorker(environment);
    const waits: number[] = [];
    for (let index = 0; index < 9; index++) {
      const taskId = await submit(server);
      await until(server, taskId, 'succeeded');
      const [row] = await database.rows<{ wait: number }>(
        `SELECT extract(epoch FROM started_at - created_at)::float8 AS wait FROM runs WHERE task_id = $1`,
        [taskId],
      );
      waits.push(row!.wait);
    }
    // Without being woken the median would be half of the time between two looks: a second.
    expect(waits.toSorted((one, other) => one - other)[4]).toBeLessThan(0.5);
  });

  it('hand over what they work on when they stop, within the grace time', async () => {
    const server = await startServer(environment);
    await importNote(server, NOTE);
    const first = await startWorker(environment);
    await database.lockDocuments();
    const taskId = await submit(server);
    await untilStuck();
    expect(await read(server, taskId)).toMatchObject({ state: 'running' });
    first.process.signal('SIGTERM');
    expect((await first.process.ended).code).toBe(0);
    expect(await read(server, taskId)).toMatchObject({ state: 'queued', attempts: 0 });
    await startWorker(environment);
    await database.unlock();
    expect(await until(server, taskId, 'succeeded', 'failed')).toMatchObject({
      state: 'succeeded',
      attempts: 0,
    });
  });

  it('resume what a killed one leaves behind', async () => {
    const server = await startServer(environment);
    await importNote(server, NOTE);
    const killed = await startWorker(environment);
    await database.lockDocuments();
    const taskId = await submit(server);
    await untilStuck();
    killed.process.signal('SIGKILL');
    await killed.process.ended;
    await database.unlock();
    await startWorker(environment);
    expect(await until(server, taskId, 'succeeded', 'failed')).toMatchObject({
      state: 'succeeded',
      attempts: 1,
    });
  });
});

describe('a run that fails for a passing reason', () => {
  const hurried = { RUN_TIMEBOX_MS: '500' };

  it('waits and is tried again', async () => {
    const server = await startServer({ ...environment, ...hurried });
    await importNote(server, NOTE);
    await startWorker({ ...environment, ...hurried });
    await database.lockDocuments();
    const taskId = await submit(server);
    for (;;) {
      const run = await read(server, taskId);
      if (run['attempts'] === 1) break;
      await sleep(50);
    }
    const waiting = await read(server, taskId);
    expect(waiting).toMatchObject({ state: 'queued', failure: { code: 'pipeline.timebox_exceeded' } });
    expect(Date.parse(String(waiting['next_attempt_at']))).toBeGreaterThan(
      Date.parse(String(waiting['created_at'])),
    );
    await database.unlock();
    const run = await until(server, taskId, 'succeeded', 'failed');
    expect(run).toMatchObject({ state: 'succeeded', failure: null, next_attempt_at: null });
  });

  it('is given up after its last attempt, and goes on when an admin says so', async () => {
    const settings = { ...environment, ...hurried, QUEUE_MAX_ATTEMPTS: '1' };
    const server = await startServer(settings);
    await importNote(server, NOTE);
    await startWorker(settings);
    await database.lockDocuments();
    const taskId = await submit(server);
    const given = await until(server, taskId, 'failed');
    expect(given).toMatchObject({ failure: { code: 'pipeline.dead_letter', retryable: true } });
    await database.unlock();
    const admin = await bearer('root', ['admin']);
    const dead = await call(server, 'GET', '/runs?state=failed&dead=true&all=true', admin);
    expect(JSON.parse(dead.body)).toMatchObject({ runs: [{ task_id: taskId }] });
    const retried = await call(server, 'POST', `/runs/${taskId}/retry`, admin);
    expect(retried.statusCode).toBe(202);
    expect(await until(server, taskId, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded' });
  });
});

describe('a worker process', () => {
  const get = (worker: TestServer, path: string): Promise<PlainResponse> => call(worker, 'GET', path, {});

  it('answers probes and nothing else', async () => {
    const worker = await startWorker({ ...environment, METRICS_ENABLED: 'true' });
    for (const path of ['/health', '/health/live', '/health/ready', '/health/startup', '/metrics'])
      expect((await get(worker, path)).statusCode).toBe(200);
    const headers = await bearer('alice');
    expectProblem(await call(worker, 'POST', '/query', headers, QUESTION), 404, 'worker.no_api');
    for (const path of ['/runs', '/docs', '/openapi.json', '/nowhere'])
      expectProblem(await call(worker, 'GET', path, headers), 404, 'worker.no_api');
    worker.process.signal('SIGTERM');
    expect((await worker.process.ended).code).toBe(0);
  });

  it('does not start without a database that it can share', async () => {
    const { code, stderr } = await runCommand(['worker'], { MCG_DATA_DIR: '/nonexistent' });
    expect(code).toBe(78);
    expect(stderr).toContain('DATABASE_URL');
  });
});
