import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/audit/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, importText, TestClient } from '../support/http.js';

const SECRET_TEXT = 'The quince harvest of Wendvale was seventeen crates, and I sold none of them.';
const QUESTION = { prompt: 'How large was the quince harvest of Wendvale?' };
const MISSING = '0198f2c4-0000-7000-8000-000000000000';
let test: TestApp;
let alice: TestClient;
let bob: TestClient;
let admin: TestClient;
let taskId: string;

beforeAll(async () => {
  test = await startTestApp();
  alice = new TestClient(test, await test.authorize('alice', 'query', 'corpora:read', 'corpora:write'));
  bob = new TestClient(test, await test.authorize('bob', 'query', 'corpora:read', 'corpora:write'));
  admin = new TestClient(test, await test.authorize('root', 'admin', 'corpora:read', 'corpora:write'));
  await importText(alice, 'personal', SECRET_TEXT);
  const answer = (await alice.post('/query', QUESTION)).json();
  expect(answer.metadata.outcome).toBe('answered');
  taskId = answer.task_id;
});

afterAll(() => test.close());

async function actedFor(owner: string): Promise<unknown[]> {
  await test.app.get(AuditLog).flush();
  return test.app
    .get<DataSource>(DataSource)
    .query(
      `SELECT actor, outcome FROM audit_events WHERE action = 'owner.act_for' AND resource = $1 ORDER BY id`,
      [owner],
    );
}

/** All but what names the request and the run that was asked for. */
function withoutIds(problem: Record<string, unknown>, id: string): string {
  return JSON.stringify({ ...problem, request_id: '' }).replaceAll(id, 'ID');
}

describe('a second user', () => {
  it('finds nothing of the first in corpora, search, answers and runs', async () => {
    expect((await bob.get('/corpora')).json()).toMatchObject({ corpora: [], used_bytes: 0 });
    const search = (await bob.get('/corpora/personal/search?q=quince%20harvest')).json();
    expect(search.hits).toEqual([]);
    const answer = await bob.post('/query', QUESTION);
    expect(answer.json().metadata).toMatchObject({
      outcome: 'insufficient_context',
      input_sources: [],
    });
    expect(answer.body).not.toContain('seventeen');
    const { runs } = (await bob.get('/runs')).json();
    expect(runs.map((run: { task_id: string }) => run.task_id)).toEqual([answer.json().task_id]);
  });

  it('gets the same answer for a run of the first as for one that does not exist', async () => {
    const foreign = expectProblem(await bob.get(`/runs/${taskId}`), 404, 'pipeline.run_not_found');
    const missing = expectProblem(await bob.get(`/runs/${MISSING}`), 404, 'pipeline.run_not_found');
    expect(withoutIds(foreign, taskId)).toBe(withoutIds(missing, MISSING));
  });

  it('cannot delete what the first has, nor tell that it is there', async () => {
    const { hits } = (await alice.get('/corpora/personal/search?q=quince')).json();
    const id = String(hits[0].attribution.document_id);
    const foreign = expectProblem(
      await bob.delete(`/corpora/personal/documents/${id}`),
      404,
      'corpus.document_unknown',
    );
    const missing = expectProblem(
      await bob.delete('/corpora/personal/documents/999999'),
      404,
      'corpus.document_unknown',
    );
    expect(withoutIds(foreign, id)).toBe(withoutIds(missing, '999999'));
    expect((await alice.get('/corpora/personal/search?q=quince')).json().hits).toHaveLength(1);
  });

  it.each(['/corpora?owner=alice', '/corpora/personal/search?q=quince&owner=alice'])(
    'may not name the first: %s',
    async (url) => {
      const before = (await actedFor('alice')).length;
      const response = await bob.get(url);
      expectProblem(response, 403, 'auth.foreign_owner');
      expect(response.body).not.toContain('seventeen');
      expect((await actedFor('alice')).slice(before)).toEqual([{ actor: 'bob', outcome: 'denied' }]);
    },
  );

  it('may not list the runs of all', async () => {
    expectProblem(await bob.get('/runs?all=true'), 403, 'auth.scope_missing');
  });
});

describe('an admin', () => {
  it('sees nothing of others silently', async () => {
    expect((await admin.get('/corpora')).json()).toMatchObject({ corpora: [], used_bytes: 0 });
    expect((await admin.get('/corpora/personal/search?q=quince')).json().hits).toEqual([]);
  });

  it('who names the owner is let in, and each time is written down', async () => {
    const before = (await actedFor('alice')).length;
    const corpora = (await admin.get('/corpora?owner=alice')).json();
    expect(corpora.corpora).toEqual([expect.objectContaining({ corpus: 'personal', document_count: 1 })]);
    const search = (await admin.get('/corpora/personal/search?q=quince&owner=alice')).json();
    expect(search.hits).toHaveLength(1);
    const allowed = { actor: 'root', outcome: 'allowed' };
    expect((await actedFor('alice')).slice(before)).toEqual([allowed, allowed]);
  });

  it('sees that others have runs, and none of their texts', async () => {
    const list = await admin.get('/runs?all=true');
    expect(list.json().runs.map((run: { task_id: string }) => run.task_id)).toContain(taskId);
    const one = await admin.get(`/runs/${taskId}`);
    expect(one.json()).toMatchObject({ task_id: taskId, user_id: 'alice', state: 'succeeded' });
    for (const response of [list, one]) expect(response.body).not.toMatch(/quince|seventeen/);
  });
});

describe('the owner', () => {
  it('can delete a document for good; it is in no search and no later answer', async () => {
    const { hits } = (await alice.get('/corpora/personal/search?q=quince')).json();
    const id = String(hits[0].attribution.document_id);
    expect((await alice.delete(`/corpora/personal/documents/${id}`)).statusCode).toBe(204);
    expect((await alice.get('/corpora/personal/search?q=quince')).json().hits).toEqual([]);
    const answer = await alice.post('/query', QUESTION);
    expect(answer.json().metadata.outcome).toBe('insufficient_context');
    expectProblem(await alice.delete(`/corpora/personal/documents/${id}`), 404, 'corpus.document_unknown');
  });
});
