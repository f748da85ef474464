import { DataSource } from 'typeorm';
import { QueueCaretakerService } from '../../src/pipeline/queue/queue-caretaker.service.js';
import { StandingRunsService } from '../../src/pipeline/standing-runs.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';
import { type PastRun, storePastRuns } from '../support/kept-runs.js';

const NOTE = 'I sow the broad beans in November, ten centimetres apart, under the south wall.';
const QUESTION = { prompt: 'When do I sow the broad beans?' };
const HELD: PastRun = { state: 'held', createdAge: 3, endedAge: 2, decidedAge: null, source: null };

interface Page {
  readonly runs: readonly { readonly task_id: string; readonly user_id: string }[];
  readonly next_cursor: string | null;
}

let test: TestApp;
let alice: TestClient;
let reviewer: TestClient;
let root: TestClient;
let asked: string;
let held: string;
let older: string;

beforeAll(async () => {
  test = await startTestApp({ METRICS_ENABLED: 'true' });
  alice = new TestClient(test, await test.authorize('alice', 'query', 'corpora:read', 'corpora:write'));
  reviewer = new TestClient(test, await test.authorize('rita', 'query', 'review'));
  root = new TestClient(test, await test.authorize('root', 'query', 'admin'));
  await importText(alice, 'personal', NOTE);
  asked = (await alice.post('/query', QUESTION)).json().task_id;
  const { manager } = test.app.get<DataSource>(DataSource);
  const past = await storePastRuns(manager, [HELD, { ...HELD, createdAge: 10, endedAge: 9 }]);
  [held, older] = past as [string, string];
});

afterAll(() => test.close());

const idsOf = async (client: TestClient, query: string): Promise<string[]> => {
  const response = await client.get(`/runs?${query}`);
  expect(response.statusCode).toBe(200);
  return response.json<Page>().runs.map(({ task_id }) => task_id);
};

describe('GET /runs', () => {
  it('finds runs by their age, page by page', async () => {
    expect(await idsOf(root, 'all=true')).toEqual([asked, held, older]);
    expect(await idsOf(root, 'all=true&older_than=1h')).toEqual([held, older]);
    expect(await idsOf(root, 'all=true&older_than=5d')).toEqual([older]);
    expect(await idsOf(root, 'all=true&older_than=99999d')).toEqual([]);
    const first = (await root.get('/runs?all=true&older_than=60m&limit=1')).json<Page>();
    expect(first.runs.map(({ task_id }) => task_id)).toEqual([held]);
    expect(await idsOf(root, `all=true&older_than=60m&limit=1&cursor=${first.next_cursor}`)).toEqual([older]);
    expect(await idsOf(alice, 'older_than=1h')).toEqual([]);
  });

  it('finds the runs of one owner for admins, without their texts', async () => {
    const { runs } = (await root.get('/runs?owner=alice')).json<Page>();
    expect(runs).toMatchObject([{ task_id: asked, user_id: 'alice' }]);
    expect(runs[0]).not.toHaveProperty('prompt');
    expect(await idsOf(root, 'owner=u&state=held')).toEqual([held, older]);
    expect(await idsOf(root, 'owner=nobody')).toEqual([]);
    expect(await idsOf(alice, 'owner=alice')).toEqual([asked]);
    expectProblem(await alice.get('/runs?owner=u'), 403, 'auth.scope_missing');
    expectProblem(await alice.get('/runs?owner=u&all=true'), 403, 'auth.scope_missing');
    expectProblem(await reviewer.get('/runs?owner=alice&state=succeeded'), 403, 'auth.scope_missing');
    expect(await idsOf(reviewer, 'owner=alice')).toEqual([]);
    expect(await idsOf(reviewer, 'owner=u')).toEqual([held, older]);
  });

  it.each(['older_than=0d', 'older_than=1', 'older_than=1w', 'older_than=-5m', 'older_than=', 'owner='])(
    'refuses %s',
    async (query) => expectProblem(await root.get(`/runs?${query}`), 400, 'http.invalid_input'),
  );

  it('says so in the API description', async () => {
    const { paths } = (await alice.get('/openapi.json')).json();
    const names = paths['/runs'].get.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['state', 'dead', 'older_than', 'owner', 'all']));
  });
});

describe('runs that are not over', () => {
  it('are counted with the age of the oldest, in the summary and the metrics', async () => {
    const none = { count: 0, oldest_seconds: null };
    const { standing } = (await root.get('/pipeline/summary')).json();
    expect(standing).toEqual({
      queued: none,
      running: none,
      held: { count: 2, oldest_seconds: expect.any(Number) },
      dead: none,
    });
    expect(Math.round(standing.held.oldest_seconds / 86_400)).toBe(9);
    await test.app.get(QueueCaretakerService).care();
    const { body: figures } = await root.get('/metrics');
    expect(figures).toMatch(/^mcg_runs\{state="held"\} 2$/m);
    expect(figures).toMatch(/^mcg_runs\{state="dead"\} 0$/m);
    expect(figures).toMatch(/^mcg_runs_oldest_seconds\{state="held"\} 7776\d\d/m);
    expect(figures).toMatch(/^mcg_runs_oldest_seconds\{state="queued"\} 0$/m);
  });

  it('are asked of the database once, however many want to know', async () => {
    const service = test.app.get(StandingRunsService);
    expect(service.figure()).toBe(service.figure());
  });
});

describe('a run whose journal was removed', () => {
  it('can be read and followed, and replay says why it cannot be replayed', async () => {
    expect((await root.post(`/runs/${asked}/replay`)).json()).toMatchObject({ identical: true });
    await test.app
      .get<DataSource>(DataSource)
      .query('DELETE FROM journal_entries WHERE task_id = $1', [asked]);
    const problem = expectProblem(await root.post(`/runs/${asked}/replay`), 409, 'pipeline.journal_removed');
    expect(problem).toMatchObject({ hint: expect.stringContaining('JOURNAL_RETENTION_DAYS') });
    expect((await alice.get(`/runs/${asked}`)).json().content).toContain('November');
    const { body } = await alice.get(`/runs/${asked}/events`);
    expect(body).toContain('event: run.succeeded');
  });
});
