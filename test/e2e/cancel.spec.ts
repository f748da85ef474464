import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';

const NOTE =
  'I decided to heat the greenhouse with a small electric heater at night. It keeps the seedlings above five degrees.';
const QUERY = { prompt: 'What did I decide about heating the greenhouse?' };
const NO_RUN = '0198c0de-0000-7000-8000-000000000000';

describe('DELETE /runs/:task_id', () => {
  let test: TestApp;
  let stub: OpenAiStub;
  let mara: TestClient;
  let otto: TestClient;
  let admin: TestClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    test = await startTestApp({
      GEN_PROVIDER: 'openai',
      FIREBREAK_PROVIDER: 'mvlm',
      OPENAI_BASE_URL: stub.baseUrl,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MAX_RETRIES: '0',
      QUEUE_WORKERS: '1',
    });
    mara = new TestClient(test, await test.authorize('mara', 'query', 'corpora:read', 'corpora:write'));
    otto = new TestClient(test, await test.authorize('otto', 'query'));
    admin = new TestClient(test, await test.authorize('root', 'admin'));
    await importText(mara, 'personal', NOTE);
  });

  beforeEach(() => {
    stub.calls = [];
    stub.faultFor = () => null;
    stub.abandoned = 0;
  });

  afterAll(async () => {
    await test.close();
    await stub.stop();
  });

  const stateOf = async (taskId: string) =>
    (await mara.get(`/runs/${taskId}`)).json<{ state: string; failure: { code: string } | null }>();

  /** The newest run of mara, once the stub has been called. */
  async function atWork(): Promise<string> {
    while (stub.calls.length === 0) await sleep(5);
    const { runs } = (await mara.get('/runs?limit=1')).json<{ runs: { task_id: string }[] }>();
    return runs[0]!.task_id;
  }

  /** What the ledger and the trail say of a run. */
  async function recordOf(taskId: string) {
    const database = test.app.get(DataSource);
    const [reservations, journal, audit] = await Promise.all([
      database.query('SELECT state FROM budget_reservations WHERE task_id = $1', [taskId]),
      database.query('SELECT count(*)::int AS count FROM journal_entries WHERE task_id = $1', [taskId]),
      database.query(`SELECT actor FROM audit_events WHERE resource = $1 AND action = 'run.cancel'`, [
        taskId,
      ]),
    ]);
    return {
      reservations,
      entries: journal[0].count as number,
      actors: audit.map((row: { actor: string }) => row.actor),
    };
  }

  it('stops a run down to the socket of its provider, settles what it spent, and tells who waits', async () => {
    stub.faultFor = () => ({ kind: 'hang' });
    const waiting = mara.post('/query', QUERY);
    const taskId = await atWork();
    const deleted = await mara.delete(`/runs/${taskId}`);
    expect(deleted.statusCode).toBe(202);
    expect(deleted.json()).toMatchObject({ task_id: taskId, cancel_requested_at: expect.any(String) });
    const problem = expectProblem(await waiting, 409, 'pipeline.cancelled');
    expect(problem['task_id']).toBe(taskId);
    while (stub.abandoned === 0) await sleep(5);
    expect(await stateOf(taskId)).toMatchObject({
      state: 'cancelled',
      failure: { code: 'pipeline.cancelled' },
    });
    const { reservations, entries, actors } = await recordOf(taskId);
    expect(reservations).toEqual([{ state: 'failed' }]);
    expect(entries).toBeGreaterThan(0);
    expect(actors).toEqual(['mara']);

    const again = await mara.delete(`/runs/${taskId}`);
    expect(again.statusCode).toBe(202);
    expect(again.json()).toMatchObject({ state: 'cancelled' });
    expect((await recordOf(taskId)).actors).toEqual(['mara']);
  });

  it('ends a queued run at once, and no worker takes it', async () => {
    stub.faultFor = () => ({ kind: 'hang' });
    await mara.post('/query', { ...QUERY, async: true });
    const atWorkId = await atWork();
    const queued = await mara.post('/query', { ...QUERY, async: true });
    const { task_id: taskId } = queued.json<{ task_id: string }>();
    const deleted = await mara.delete(`/runs/${taskId}`);
    expect(deleted.json()).toMatchObject({
      task_id: taskId,
      state: 'cancelled',
      failure: { code: 'pipeline.cancelled' },
    });
    expect(deleted.json<{ finished_at: string | null }>().finished_at).not.toBeNull();
    await admin.delete(`/runs/${atWorkId}`);
    while ((await stateOf(atWorkId)).state !== 'cancelled') await sleep(5);
    stub.faultFor = () => null;
    // The worker is free again and takes what comes after.
    const later = await mara.post('/query', { ...QUERY, async: true });
    const laterId = later.json<{ task_id: string }>().task_id;
    while ((await stateOf(laterId)).state !== 'succeeded') await sleep(5);
    expect(await stateOf(taskId)).toMatchObject({ state: 'cancelled' });
    expect((await recordOf(taskId)).reservations).toEqual([]);
    const events = await mara.get(`/runs/${taskId}/events`);
    expect([...events.body.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)).toEqual([
      'run.queued',
      'run.cancelled',
    ]);
  });

  it('is for the owner and for admins: for others there is no such run', async () => {
    stub.faultFor = () => ({ kind: 'hang' });
    const waiting = mara.post('/query', QUERY);
    const taskId = await atWork();
    expectProblem(await otto.delete(`/runs/${taskId}`), 404, 'pipeline.run_not_found');
    const reviewer = new TestClient(test, await test.authorize('rita', 'review'));
    expectProblem(await reviewer.delete(`/runs/${taskId}`), 403, 'auth.scope_missing');
    expect(await stateOf(taskId)).toMatchObject({ state: 'running' });
    const deleted = await admin.delete(`/runs/${taskId}`);
    expect(deleted.json()).not.toHaveProperty('prompt');
    expectProblem(await waiting, 409, 'pipeline.cancelled');
    expect((await recordOf(taskId)).actors).toEqual(['root']);
  });

  it('refuses a run that has its end', async () => {
    const { task_id: taskId } = (await mara.post('/query', QUERY)).json<{ task_id: string }>();
    const problem = expectProblem(await mara.delete(`/runs/${taskId}`), 409, 'pipeline.run_ended');
    expect(problem).toMatchObject({ state: 'succeeded', task_id: taskId });
    expect((await recordOf(taskId)).actors).toEqual([]);
    expectProblem(await mara.delete(`/runs/${NO_RUN}`), 404, 'pipeline.run_not_found');
    expectProblem(await mara.delete('/runs/none'), 400, 'http.invalid_input');
  });
});
