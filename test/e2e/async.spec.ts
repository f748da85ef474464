import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { QueueCaretakerService } from '../../src/pipeline/queue/queue-caretaker.service.js';
import { Metrics } from '../../src/telemetry/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';
import { setState, storeRun } from '../support/queued-runs.js';

const QUESTION = { prompt: 'When do I sow the broad beans?' };
const ASYNC = { ...QUESTION, async: true };
const NOTE = 'I sow the broad beans in November, ten centimetres apart, under the south wall.';

let test: TestApp;
let alice: TestClient;
let root: TestClient;

/** Waits until a run has ended; gives back what GET /runs/:task_id then says. */
async function ended(client: TestClient, location: unknown): Promise<Record<string, unknown>> {
  for (;;) {
    const response = await client.get(String(location));
    expect(response.statusCode).toBe(200);
    const run = response.json<Record<string, unknown>>();
    if (run['state'] !== 'queued' && run['state'] !== 'running') return run;
    await sleep(20);
  }
}

async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  test = await startTestApp(environment);
  alice = new TestClient(test, await test.authorize('alice', 'query', 'corpora:read', 'corpora:write'));
  root = new TestClient(test, await test.authorize('root', 'query', 'admin'));
}

describe('POST /query with async: true', () => {
  beforeAll(async () => {
    await start({ FEATURE_RESPONSE_OPTIMIZER: 'true' });
    await importText(alice, 'personal', NOTE);
  });
  afterAll(() => test.close());

  it('answers 202 with the address of the run, and a worker of this process sees it to its end', async () => {
    const response = await alice.post('/query', ASYNC);
    expect(response.statusCode).toBe(202);
    const receipt = response.json<Record<string, unknown>>();
    expect(response.headers['location']).toBe(`/runs/${String(receipt['task_id'])}`);
    expect(receipt).toEqual({
      task_id: expect.any(String),
      request_id: response.headers['x-request-id'],
      state: expect.stringMatching(/^(?:queued|running|succeeded)$/),
      priority: 'normal',
      attempts: 0,
      next_attempt_at: null,
      created_at: expect.any(String),
    });
    const run = await ended(alice, response.headers['location']);
    expect(run).toMatchObject({ task_id: receipt['task_id'], state: 'succeeded', prompt: QUESTION.prompt });
    expect(run['content']).toContain('November');
    expect(run['stages']).toHaveLength(5);
    const waited = expect.stringMatching(/^mcg_queue_wait_seconds_count [1-9]/m);
    expect(await test.app.get(Metrics).text()).toEqual(waited);
  });

  it('gives the same answer as without, but for what a run has of its own', async () => {
    const waited = (await alice.post('/query', { ...QUESTION, max_words: 40 })).json();
    const { headers } = await alice.post('/query', { ...ASYNC, max_words: 41 });
    const run = await ended(alice, headers['location']);
    expect(run['content']).toBe(waited.content);
    expect(run['metadata']).toMatchObject({
      attribution: waited.metadata.attribution,
      input_sources: waited.metadata.input_sources,
    });
  });

  it('with an Idempotency-Key is one run, and whoever waits for it gets its answer', async () => {
    const key = { 'idempotency-key': 'one' };
    const first = await alice.post('/query', ASYNC, key);
    const again = await alice.post('/query', ASYNC, key);
    expect(again.statusCode).toBe(202);
    expect(again.headers['location']).toBe(first.headers['location']);
    const run = await ended(alice, first.headers['location']);
    expect((await alice.post('/query', ASYNC, key)).json()).toMatchObject({ state: 'succeeded' });
    const waited = await alice.post('/query', QUESTION, key);
    expect(waited.statusCode).toBe(200);
    expect(waited.json()).toMatchObject({ task_id: run['task_id'], content: run['content'] });
    const other = await alice.post('/query', { prompt: 'And the peas?', async: true }, key);
    expectProblem(other, 409, 'pipeline.idempotency_mismatch');
  });

  it('with an Idempotency-Key several times at once: one run', async () => {
    const before = (await alice.get('/runs?limit=100')).json().runs.length;
    const ask = () => alice.post('/query', ASYNC, { 'idempotency-key': 'at-once' });
    const responses = await Promise.all(Array.from({ length: 8 }, ask));
    expect(
      new Set(responses.map(({ statusCode, headers }) => `${statusCode} ${headers['location']}`)).size,
    ).toBe(1);
    expect((await alice.get('/runs?limit=100')).json().runs).toHaveLength(before + 1);
  });

  it('is given a kept answer at once', async () => {
    const waited = (await alice.post('/query', { prompt: 'Where do the broad beans grow?' })).json();
    const { headers, statusCode } = await alice.post('/query', {
      prompt: 'Where do the broad beans grow?',
      async: true,
    });
    expect(statusCode).toBe(202);
    const run = await ended(alice, headers['location']);
    expect(run).toMatchObject({ reused_from: waited.task_id, content: waited.content });
  });

  it('takes high priority from admins only, and a priority for async runs only', async () => {
    expectProblem(
      await alice.post('/query', { ...ASYNC, priority: 'high' }),
      403,
      'pipeline.priority_forbidden',
    );
    expectProblem(await alice.post('/query', { ...QUESTION, priority: 'low' }), 400, 'http.invalid_input');
    const response = await root.post('/query', { ...ASYNC, priority: 'high' });
    expect(response.json()).toMatchObject({ priority: 'high' });
    expect(await ended(root, response.headers['location'])).toMatchObject({ priority: 'high' });
  });

  it('is told by the API description, and how the queue stands by the summary', async () => {
    const { paths } = (await alice.get('/openapi.json')).json();
    expect(paths['/query'].post.responses).toHaveProperty('202');
    expect(paths['/query'].post.responses).toHaveProperty('200');
    const summary = (await root.get('/pipeline/summary')).json();
    expect(summary.queue).toEqual({ waiting: 0, working: 0, dead: 0, oldest_waiting_seconds: null });
    expect(summary.runs.queued).toBe(0);
  });
});

describe('a queue that is full', () => {
  beforeAll(() => start({ QUEUE_MAX_QUEUED: '3', QUEUE_MAX_QUEUED_PER_OWNER: '2' }));
  afterAll(() => test.close());

  it('refuses before anything is stored, first who has most, then everybody', async () => {
    const { manager } = test.app.get<DataSource>(DataSource);
    // Without jobs, so that no worker takes them.
    const rows = [await storeRun(manager, 'alice'), await storeRun(manager, 'alice')];
    const own = await alice.post('/query', ASYNC);
    expect(expectProblem(own, 429, 'pipeline.owner_queue_too_long')).toMatchObject({ retryable: true });
    rows.push(await storeRun(manager, 'bob'));
    const all = await root.post('/query', ASYNC);
    expectProblem(all, 503, 'pipeline.queue_too_long');
    for (const { headers } of [own, all]) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(await manager.query(`SELECT count(*)::int AS count FROM runs`)).toEqual([{ count: 3 }]);
    for (const taskId of rows) await setState(test.app.get(DataSource), taskId, 'failed');
    expect((await alice.post('/query', ASYNC)).statusCode).toBe(202);
  });
});

describe('a run that was given up', () => {
  beforeAll(() => start({ METRICS_ENABLED: 'true' }));
  afterAll(() => test.close());

  const DEAD = {
    code: 'pipeline.dead_letter',
    kind: 'unavailable',
    message: 'm',
    hint: 'h',
    retryable: true,
  };

  /** A run that ended well, made one that was given up. */
  async function deadRun(): Promise<string> {
    const { headers } = await alice.post('/query', ASYNC);
    const { task_id } = await ended(alice, headers['location']);
    await test.app
      .get<DataSource>(DataSource)
      .query(`UPDATE runs SET state = 'failed', failure = $2, attempts = 3 WHERE task_id = $1`, [
        task_id,
        DEAD,
      ]);
    return String(task_id);
  }

  it('is listed for admins, and tried again when one of them says so, which leaves a trail', async () => {
    const taskId = await deadRun();
    const listed = (await root.get('/runs?state=failed&dead=true&all=true')).json();
    expect(listed.runs).toMatchObject([{ task_id: taskId, failure_code: 'pipeline.dead_letter' }]);
    expect((await root.get('/pipeline/summary')).json().queue).toMatchObject({ dead: 1 });
    await test.app.get(QueueCaretakerService).care();
    const { body: figures } = await root.get('/metrics');
    for (const line of [
      'mcg_queue_jobs{state="waiting"} 0',
      'mcg_queue_jobs{state="working"} 0',
      'mcg_queue_jobs{state="dead"} 1',
      'mcg_queue_oldest_seconds 0',
    ])
      expect(figures.split('\n')).toContain(line);
    expectProblem(await alice.post(`/runs/${taskId}/retry`), 403, 'auth.scope_missing');
    const retried = await root.post(`/runs/${taskId}/retry`);
    expect(retried.statusCode).toBe(202);
    expect(retried.headers['location']).toBe(`/runs/${taskId}`);
    expect(retried.json()).toMatchObject({ task_id: taskId, attempts: 0 });
    const run = await ended(alice, retried.headers['location']);
    expect(run).toMatchObject({ task_id: taskId, state: 'succeeded', failure: null });
    const trail = await test.app
      .get<DataSource>(DataSource)
      .query(`SELECT actor, resource, outcome FROM audit_events WHERE action = 'run.retry'`);
    expect(trail).toEqual([{ actor: 'root', resource: taskId, outcome: 'allowed' }]);
  });

  it('cannot be tried again when it has not failed, or does not exist', async () => {
    const { headers } = await alice.post('/query', ASYNC);
    const { task_id } = await ended(alice, headers['location']);
    expectProblem(await root.post(`/runs/${String(task_id)}/retry`), 409, 'pipeline.not_retryable');
    const missing = '01890000-0000-7000-8000-000000000000';
    expectProblem(await root.post(`/runs/${missing}/retry`), 404, 'pipeline.run_not_found');
    expectProblem(await root.post('/runs/x/retry'), 400, 'http.invalid_input');
  });
});
