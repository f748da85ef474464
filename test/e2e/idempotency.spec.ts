import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';

const QUESTION = { prompt: 'When do I sow the broad beans?' };
let test: TestApp;
let alice: TestClient;
let bob: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  alice = new TestClient(test, await test.authorize('alice', 'query', 'corpora:write', 'corpora:read'));
  bob = new TestClient(test, await test.authorize('bob', 'query'));
});

afterAll(() => test.close());

const ask = (client: TestClient, body: object, key: string) =>
  client.post('/query', body, { 'idempotency-key': key });

async function runCount(): Promise<number> {
  return (await alice.get('/runs?limit=100')).json().runs.length;
}

describe('Idempotency-Key', () => {
  it('with the same body: the same run and answer, and no second one', async () => {
    const first = await ask(alice, QUESTION, 'same');
    expect(first.statusCode).toBe(200);
    const count = await runCount();
    const second = await ask(alice, QUESTION, 'same');
    expect(second.statusCode).toBe(200);
    expect(second.json()).toEqual(first.json());
    expect(await runCount()).toBe(count);
  });

  it('with the same body in another order of fields: still the same run', async () => {
    const first = await ask(alice, { ...QUESTION, mode: 'chat' }, 'order');
    const second = await ask(alice, { mode: 'chat', ...QUESTION }, 'order');
    expect(second.json().task_id).toBe(first.json().task_id);
  });

  it('with another body: refused, and the first run stands', async () => {
    const { task_id } = (await ask(alice, QUESTION, 'other')).json();
    const refused = await ask(alice, { prompt: 'And the peas?' }, 'other');
    expect(expectProblem(refused, 409, 'pipeline.idempotency_mismatch')['task_id']).toBe(task_id);
    expect((await ask(alice, QUESTION, 'other')).json().task_id).toBe(task_id);
  });

  it('of another user: another run', async () => {
    const mine = (await ask(alice, QUESTION, 'shared')).json();
    const theirs = (await ask(bob, QUESTION, 'shared')).json();
    expect(theirs.task_id).not.toBe(mine.task_id);
  });

  it('several times at once: one run; who comes too early is told when to come back', async () => {
    const count = await runCount();
    const responses = await Promise.all(Array.from({ length: 6 }, () => ask(alice, QUESTION, 'at-once')));
    expect(await runCount()).toBe(count + 1);
    const done = responses.filter((response) => response.statusCode === 200);
    expect(done.length).toBeGreaterThan(0);
    const taskIds = new Set(responses.map((response) => response.json().task_id));
    expect(taskIds.size).toBe(1);
    for (const early of responses.filter((response) => response.statusCode !== 200)) {
      const problem = expectProblem(early, 409, 'pipeline.in_progress');
      expect(problem['retryable']).toBe(true);
      expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await ask(alice, QUESTION, 'at-once')).json()).toEqual(done[0]!.json());
  });

  it('of a held run: it stays held, the same one', async () => {
    await importText(
      alice,
      'personal',
      'To the nursery I wrote: please charge the deposit to card 4111 1111 1111 1111, thank you.',
    );
    const body = { prompt: 'What did I write to the nursery about the deposit?', corpora: ['personal'] };
    const first = await ask(alice, body, 'held');
    const { task_id } = expectProblem(first, 422, 'governance.held');
    const run = (await alice.get(`/runs/${String(task_id)}`)).json();
    expect(run.state).toBe('held');
    const count = await runCount();
    expect(expectProblem(await ask(alice, body, 'held'), 422, 'governance.held')['task_id']).toBe(task_id);
    expect(await runCount()).toBe(count);
  });
});
