import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/audit/index.js';
import { ImportQueue } from '../../src/corpus/imports/import-queue.js';
import { BackgroundAnalysis } from '../../src/corpus/index.js';
import { RetentionJob } from '../../src/corpus/retention/retention.job.js';
import { exchange } from '../fixtures/chatgpt-export.fixture.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, finishedImport, TestClient } from '../support/http.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT = { 'content-type': 'text/plain' };
const UNKNOWN_ID = '0198f2c4-0000-7000-8000-000000000000';

interface ListedDocument {
  readonly document_id: string;
  readonly external_id: string;
  readonly excerpt: string;
  readonly user_tags: readonly string[];
  readonly thread_id: string | null;
}

let test: TestApp;
let alice: TestClient;
let reader: TestClient;
let admin: TestClient;
let bob: TestClient;

beforeAll(async () => {
  test = await startTestApp({ CORPUS_QUOTA_MB: '1' });
  const client = async (user: string, ...scopes: Parameters<TestApp['authorize']>[1][]) =>
    new TestClient(test, await test.authorize(user, ...scopes));
  alice = await client('alice', 'corpora:read', 'corpora:write');
  reader = await client('alice', 'corpora:read');
  admin = await client('root', 'admin', 'corpora:read', 'corpora:write');
  bob = await client('bob', 'corpora:read', 'corpora:write');
});
afterAll(() => test.close());

/** Whoever asks next has nothing of what a test before left behind. */
beforeEach(async () => {
  await test.app
    .get<DataSource>(DataSource)
    .query(`TRUNCATE corpus_scopes, corpus_counts, documents, terms, postings, replaced_documents, imports`);
});

async function note(name: string, text: string, query = ''): Promise<Record<string, unknown>> {
  const url = `/corpora/personal/import?filename=${name}.md${query}`;
  return finishedImport(alice, await alice.post(url, text, { 'content-type': 'text/markdown' }));
}

async function listed(query = ''): Promise<{ documents: ListedDocument[]; next_cursor: string | null }> {
  const response = await alice.get(`/corpora/personal/documents${query}`);
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  return response.json();
}

async function ended(id: unknown, while_: string): Promise<Record<string, unknown>> {
  for (;;) {
    const status = (await alice.get(`/imports/${String(id)}`)).json<Record<string, unknown>>();
    if (status['state'] !== while_) return status;
  }
}

async function trail(action: string): Promise<Record<string, unknown>[]> {
  await test.app.get(AuditLog).flush();
  return test.app
    .get<DataSource>(DataSource)
    .query('SELECT actor, outcome, details FROM audit_events WHERE action = $1 ORDER BY id DESC LIMIT 1', [
      action,
    ]);
}

describe('POST /imports', () => {
  it('puts an export where such things belong, and says where', async () => {
    const started = await alice.post('/imports', JSON.stringify([exchange('a')]), JSON_TYPE);
    const status = await finishedImport(alice, started);
    expect(status).toMatchObject({
      state: 'succeeded',
      corpus: 'personal',
      targets: [{ source: 'chatgpt', corpus: 'personal' }],
      options: { since: null, dry_run: false, mirror: false, self: [] },
      created: 2,
      removed: 0,
      cancelling: false,
      eta_seconds: null,
      undo: null,
      analysis: { pending: expect.any(Number), total: 2 },
    });
    expect(status['elapsed_ms']).toEqual(expect.any(Number));
  });

  it('takes its wishes from the query', async () => {
    const url = '/imports?dry_run=true&since=2025-01-01&self=Alice&self=al%40example.org&filename=a';
    const status = await finishedImport(alice, await alice.post(url, 'A text.', TEXT));
    expect(status).toMatchObject({
      created: 1,
      options: { since: '2025-01-01T00:00:00.000Z', dry_run: true, self: ['Alice', 'al@example.org'] },
    });
    expect((await listed()).documents).toEqual([]);
  });

  it('refuses to mirror from a time on, and unknown wishes', async () => {
    expectProblem(
      await alice.post('/imports?mirror=true&since=2025-01-01', 'A text.', TEXT),
      400,
      'corpus.mirror_with_since',
    );
    expectProblem(await alice.post('/imports?mirror=perhaps', 'x', TEXT), 400, 'http.invalid_input');
    expectProblem(await alice.post('/imports?since=yesterday', 'x', TEXT), 400, 'http.invalid_input');
    expectProblem(await reader.post('/imports', 'x', TEXT), 403, 'auth.scope_missing');
  });

  it('ends at the quota with the figures, and is refused when it is used up', async () => {
    await note('large', 'word '.repeat(205_000));
    const started = await alice.post('/imports?filename=more', 'more '.repeat(10_000), TEXT);
    expect(await finishedImport(alice, started)).toMatchObject({
      state: 'failed',
      created: 0,
      error: {
        code: 'corpus.quota_exceeded',
        details: {
          quota_bytes: 1024 * 1024,
          used_bytes: expect.any(Number),
          needed_bytes: expect.any(Number),
        },
      },
    });
    await note('rest', 'x'.repeat(1024 * 1024 - Number((await overview()).used_bytes) - 'rest'.length));
    const problem = expectProblem(await alice.post('/imports', 'x', TEXT), 413, 'corpus.quota_exceeded');
    expect(problem).toMatchObject({ quota_bytes: 1024 * 1024, used_bytes: 1024 * 1024 });
  });
});

async function overview(client = alice) {
  return (await client.get('/corpora')).json<{
    corpora: Record<string, unknown>[];
    used_bytes: number;
    quota_bytes: number | null;
  }>();
}

describe('GET /imports', () => {
  it('lists them newest first, a page at a time, to their owner only', async () => {
    for (const name of ['one', 'two', 'three']) await note(name, `Text ${name}.`);
    const first = (await alice.get('/imports?limit=2')).json();
    expect(first.imports).toHaveLength(2);
    const second = (await alice.get(`/imports?limit=2&cursor=${first.next_cursor}`)).json();
    expect([second.imports.length, second.next_cursor]).toEqual([1, null]);
    const ids = [...first.imports, ...second.imports].map((each) => each.import_id);
    expect(ids).toEqual(ids.toSorted().reverse());
    expect((await bob.get('/imports')).json()).toEqual({ imports: [], next_cursor: null });
    expect((await admin.get('/imports?owner=alice')).json().imports).toHaveLength(3);
    expectProblem(await bob.get('/imports?owner=alice'), 403, 'auth.foreign_owner');
    expectProblem(await alice.get('/imports?cursor=x'), 400, 'http.invalid_input');
  });
});

describe('DELETE /imports/:id', () => {
  it('is refused for one that has ended, and one that is not there', async () => {
    const { import_id: id } = await note('a', 'Text.');
    expectProblem(await alice.delete(`/imports/${String(id)}`), 409, 'corpus.import_ended');
    expectProblem(await bob.delete(`/imports/${String(id)}`), 404, 'corpus.import_unknown');
    expectProblem(await alice.delete(`/imports/${UNKNOWN_ID}`), 404, 'corpus.import_unknown');
    expectProblem(await reader.delete(`/imports/${String(id)}`), 403, 'auth.scope_missing');
  });

  it('stops one that waits for its turn', async () => {
    const { promise: blocked, resolve: unblock } = Promise.withResolvers<void>();
    const before = test.app.get(ImportQueue).run(UNKNOWN_ID, () => blocked);
    const started = await alice.post('/imports?filename=late', 'Never stored.', TEXT);
    const { import_id: id } = started.json<{ import_id: string }>();
    const cancelled = await alice.delete(`/imports/${id}`);
    expect([cancelled.statusCode, cancelled.json()]).toMatchObject([
      202,
      { state: 'running', cancelling: true },
    ]);
    expect(await ended(id, 'running')).toMatchObject({ state: 'cancelled', cancelling: false, read: 0 });
    unblock();
    await before;
    expect((await listed()).documents).toEqual([]);
  });
});

describe('POST /imports/:id/undo', () => {
  it('takes an import back, once, and the trail tells', async () => {
    await note('a', 'Prune in winter.');
    const { import_id: id } = await note('a', 'Prune in February.');
    const begun = await alice.post(`/imports/${String(id)}/undo`);
    expect([begun.statusCode, begun.json().state]).toEqual([202, 'undoing']);
    expect(await ended(id, 'undoing')).toMatchObject({
      state: 'undone',
      undo: { deleted: 0, restored: 1, returned: 0, kept: 0 },
    });
    const { hits } = (await alice.get('/corpora/personal/search?q=prune')).json();
    expect(hits.map((hit: { text: string }) => hit.text)).toEqual(['Prune in winter.']);
    expectProblem(await alice.post(`/imports/${String(id)}/undo`), 409, 'corpus.import_undone');
    expectProblem(await bob.post(`/imports/${String(id)}/undo`), 404, 'corpus.import_unknown');
    expectProblem(await reader.post(`/imports/${String(id)}/undo`), 403, 'auth.scope_missing');
    expect(await trail('corpus.import_undo')).toEqual([
      { actor: 'alice', outcome: 'done', details: expect.objectContaining({ restored: 1 }) },
    ]);
  });
});

describe('GET /corpora', () => {
  it('shows what there is, without counting, and the room left', async () => {
    await note(
      'a',
      '---\ndate: 2024-05-01\n---\nWe planted the old pear tree behind the house this morning.',
    );
    await note('b', '---\ndate: 2025-05-01\n---\nThe tree has grown so much that we need a longer ladder.');
    await test.app.get(BackgroundAnalysis).settled();
    const { corpora, used_bytes: used, quota_bytes: quota } = await overview();
    expect(corpora).toEqual([
      {
        corpus: 'personal',
        document_count: 2,
        by_source: { markdown: 2 },
        by_author_role: { self: 2 },
        by_language: { en: 2 },
        earliest: '2024-05-01T00:00:00.000Z',
        latest: '2025-05-01T00:00:00.000Z',
        bytes: used,
        last_import: expect.stringMatching(/^\d{4}-/),
        retention_days: null,
        analysis: { pending: 0, total: 2 },
      },
    ]);
    expect([used > 100, quota]).toEqual([true, 1024 * 1024]);
    expect(await overview(bob)).toEqual({ corpora: [], used_bytes: 0, quota_bytes: 1024 * 1024 });
  });
});

describe('documents', () => {
  beforeEach(async () => {
    await note('a', '---\ndate: 2024-05-01\n---\nPears in May.');
    await note('b', '---\ndate: 2025-05-01\ntags: [garden]\n---\nPlums in May.');
    await note('c', '---\ndate: 2025-06-01\n---\nFigs in June.');
  });

  it('are listed newest first, a page at a time', async () => {
    const first = await listed('?limit=2');
    expect(first.documents.map((each) => each.external_id)).toEqual(['c.md', 'b.md']);
    const second = await listed(`?limit=2&cursor=${first.next_cursor}`);
    expect(second.documents.map((each) => each.external_id)).toEqual(['a.md']);
    expect(second.next_cursor).toBeNull();
    expect((await bob.get('/corpora/personal/documents')).json().documents).toEqual([]);
    expectProblem(await alice.get('/corpora/personal/documents?cursor=zzz'), 400, 'http.invalid_input');
    expectProblem(await alice.get('/corpora/private/documents'), 400, 'http.invalid_input');
  });

  it.each([
    ['?source=markdown', 3],
    ['?source=chatgpt', 0],
    ['?tag=garden', 1],
    ['?since=2025-05-01', 2],
    ['?until=2025-05-01', 1],
    ['?author=self', 3],
    ['?author=assistant,tool', 0],
    ['?thread=none', 0],
  ])('are chosen by %s', async (query, count) => {
    expect((await listed(query)).documents).toHaveLength(count);
  });

  it('are shown whole, with their neighbours in the thread', async () => {
    await finishedImport(alice, await alice.post('/imports', JSON.stringify([exchange('x')]), JSON_TYPE));
    const { documents } = await listed('?source=chatgpt');
    const [answer, question] = documents;
    const shown = await alice.get(`/corpora/personal/documents/${answer!.document_id}`);
    const { excerpt, ...facts } = answer!;
    expect(shown.json()).toMatchObject({
      ...facts,
      text: excerpt,
      content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      attachments: [],
      thread: { previous: question!.document_id, next: null },
    });
    const path = (id: string) => `/corpora/personal/documents/${id}`;
    expectProblem(await bob.get(path(answer!.document_id)), 404, 'corpus.document_unknown');
    expectProblem(await alice.get(path('0')), 404, 'corpus.document_unknown');
    expectProblem(await alice.get(path('99999999999')), 404, 'corpus.document_unknown');
    expectProblem(
      await alice.get(`/corpora/social/documents/${answer!.document_id}`),
      404,
      'corpus.document_unknown',
    );
  });

  it('get tags of their owner, which stay when the text is imported anew', async () => {
    const [document] = (await listed('?source=markdown')).documents;
    const url = `/corpora/personal/documents/${document!.document_id}/tags`;
    const tagged = await alice.post(url, { add: ['harvest', ' figs '] });
    expect(tagged.json()).toEqual({ document_id: document!.document_id, user_tags: ['figs', 'harvest'] });
    expect((await alice.post(url, { add: ['figs'], remove: ['harvest'] })).json().user_tags).toEqual([
      'figs',
    ]);
    await note('c', '---\ndate: 2025-06-01\n---\nFigs in July.');
    expect((await listed('?tag=figs')).documents.map((each) => each.user_tags)).toEqual([['figs']]);
    const { hits } = (await alice.get('/corpora/personal/search?q=figs&tag=figs')).json();
    expect(hits).toHaveLength(1);
  });

  it.each([
    [{ add: ['pii:email'] }, 400, 'http.invalid_input'],
    [{ add: ['Planted:certain'] }, 400, 'http.invalid_input'],
    [{ add: ['import:1'] }, 400, 'http.invalid_input'],
    [{ add: [''] }, 400, 'http.invalid_input'],
    [{ add: ['x'.repeat(101)] }, 400, 'http.invalid_input'],
    [{ add: ['a\u0000b'] }, 400, 'http.invalid_input'],
    [{}, 400, 'http.invalid_input'],
  ] as const)('refuse %j', async (body, status, code) => {
    const [document] = (await listed()).documents;
    const url = `/corpora/personal/documents/${document!.document_id}/tags`;
    expectProblem(await alice.post(url, body), status, code);
  });

  it('have at most 50 tags', async () => {
    const [document] = (await listed()).documents;
    const url = `/corpora/personal/documents/${document!.document_id}/tags`;
    const names = Array.from({ length: 50 }, (_, at) => `tag ${at}`);
    expect((await alice.post(url, { add: names })).statusCode).toBe(200);
    expect(
      expectProblem(await alice.post(url, { add: ['more'] }), 422, 'corpus.too_many_tags'),
    ).toMatchObject({
      max_count: 50,
    });
    expectProblem(await bob.post(url, { add: ['x'] }), 404, 'corpus.document_unknown');
    expectProblem(await reader.post(url, { add: ['x'] }), 403, 'auth.scope_missing');
  });

  it('are deleted together when their number is named', async () => {
    const url = '/corpora/personal/documents?since=2025-05-01';
    expect(expectProblem(await alice.delete(url), 409, 'corpus.confirmation_needed')).toMatchObject({
      count: 2,
    });
    expectProblem(await alice.delete(`${url}&confirm=3`), 409, 'corpus.confirmation_needed');
    expectProblem(await reader.delete(`${url}&confirm=2`), 403, 'auth.scope_missing');
    expect((await listed()).documents).toHaveLength(3);
    expect((await alice.delete(`${url}&confirm=2`)).json()).toEqual({ deleted: 2 });
    expect((await listed()).documents.map((each) => each.external_id)).toEqual(['a.md']);
    expect((await alice.get('/corpora/personal/search?q=figs')).json().hits).toEqual([]);
    expect(await trail('corpus.delete_many')).toEqual([
      {
        actor: 'alice',
        outcome: 'done',
        details: { owner: 'alice', corpus: 'personal', deleted: 2, filter: ['since'] },
      },
    ]);
  });

  it('go with their corpus', async () => {
    const problem = expectProblem(await alice.delete('/corpora/personal'), 409, 'corpus.confirmation_needed');
    expect(problem['hint']).toContain('confirm=3');
    expect((await admin.delete('/corpora/personal?owner=alice&confirm=3')).json()).toEqual({ deleted: 3 });
    expect((await overview()).corpora).toEqual([]);
    expectProblem(await bob.delete('/corpora/personal?owner=alice&confirm=0'), 403, 'auth.foreign_owner');
  });
});

describe('retention', () => {
  const url = '/corpora/personal/retention';

  it('deletes what is older, at the next round, and the trail tells', async () => {
    await note('old', '---\ndate: 2020-05-01\n---\nAn old plan.');
    await note('new', 'A new plan.');
    const set = await alice.post(url, { days: 365 });
    expect([set.statusCode, set.json()]).toEqual([200, { corpus: 'personal', retention_days: 365, due: 1 }]);
    expect((await overview()).corpora[0]).toMatchObject({ retention_days: 365, document_count: 2 });
    await test.app.get(RetentionJob).run();
    expect((await listed()).documents.map((each) => each.external_id)).toEqual(['new.md']);
    expect(await trail('corpus.retention')).toEqual([
      {
        actor: 'system',
        outcome: 'done',
        details: { owner: 'alice', corpus: 'personal', days: 365, deleted: 1 },
      },
    ]);
    expect((await alice.delete(url)).json()).toEqual({ corpus: 'personal', retention_days: null, due: 0 });
  });

  it('is refused for no number of days, and to who may only read', async () => {
    for (const days of [0, -1, 1.5, '7', 40_000])
      expectProblem(await alice.post(url, { days }), 400, 'http.invalid_input');
    expectProblem(await reader.post(url, { days: 7 }), 403, 'auth.scope_missing');
    expectProblem(await reader.delete(url), 403, 'auth.scope_missing');
    expectProblem(await bob.post(`${url}?owner=alice`, { days: 7 }), 403, 'auth.foreign_owner');
  });
});
