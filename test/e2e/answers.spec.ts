import { ImportService } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { importText, TestClient } from '../support/http.js';

const QUESTION = { prompt: 'What did I decide about heating the greenhouse?' };

interface Answer {
  readonly task_id: string;
  readonly content: string;
  readonly metadata: {
    readonly task_id: string;
    readonly user_id: string;
    readonly cache: { level: string; source?: string; task_id?: string; cached?: number } | null;
    readonly token_stats: { readonly input_tokens: number };
    readonly input_sources: readonly { readonly source_text: string }[];
    readonly stages: readonly { readonly role: string; readonly external_calls: number }[];
    readonly strategy: string;
    readonly strategy_decision: { readonly requested: string; readonly reason: string };
    readonly pressure_mode: string;
  };
}

let test: TestApp;
let mara: TestClient;
let admin: TestClient;

beforeAll(async () => {
  test = await startTestApp({ FEATURE_RESPONSE_OPTIMIZER: 'true' });
  const imports = test.app.get(ImportService);
  const actor = { userId: 'mara', scopes: [] };
  await imports.run(actor, { corpus: 'personal', path: 'examples/personal/conversations.json' });
  await imports.run(actor, { corpus: 'published', path: 'examples/published' });
  mara = new TestClient(test, await test.authorize('mara', 'query', 'corpora:read', 'corpora:write'));
  admin = new TestClient(test, await test.authorize('root', 'admin'));
});

afterAll(() => test.close());

async function ask(body: object = QUESTION, client = mara, headers = {}): Promise<Answer> {
  const response = await client.post('/query', body, headers);
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  return response.json<Answer>();
}

describe('an answer that was given before', () => {
  it('is given again: the same evidence under an own id, with nothing spent, and says so', async () => {
    const first = await ask();
    expect(first.metadata.cache).toBeNull();
    const second = await ask();
    expect(second.task_id).not.toBe(first.task_id);
    expect(second.content).toBe(first.content);
    expect(second.metadata).toMatchObject({
      task_id: second.task_id,
      cache: { level: 'answer', source: 'cached', task_id: first.task_id },
      token_stats: { input_tokens: 0 },
      input_sources: first.metadata.input_sources,
      pressure_mode: 'ok',
    });
    expect(second.metadata.stages.map(({ role }) => role)).toEqual([
      'ideator',
      'drafter',
      'critic',
      'revisor',
      'summarizer',
    ]);
  });

  it('is a run of its own: it can be read, listed and replayed', async () => {
    const { task_id, metadata, content } = await ask();
    const run = (await mara.get(`/runs/${task_id}`)).json();
    expect(run).toMatchObject({ state: 'succeeded', content, reused_from: metadata.cache?.task_id });
    expect(run.metadata).toEqual(metadata);
    const listed = (await mara.get('/runs?limit=5')).json().runs[0];
    expect(listed).toMatchObject({ task_id, prompt: QUESTION.prompt, outcome: 'answered' });
    const replay = (await admin.post(`/runs/${task_id}/replay`)).json();
    expect(replay).toMatchObject({ identical: true });
  });

  it('is not given to another owner, for another wish, or as another strategy', async () => {
    await ask();
    const other = new TestClient(test, await test.authorize('otto', 'query'));
    expect((await ask(QUESTION, other)).metadata).toMatchObject({ user_id: 'otto', cache: null });
    for (const wish of [
      { expected_tone: 'casual' },
      { max_words: 40 },
      { corpora: ['published'] },
      { mode: 'voice' },
    ])
      expect((await ask({ ...QUESTION, ...wish })).metadata.cache?.level).not.toBe('answer');
    expect((await ask({ ...QUESTION, strategy: 'speed' })).metadata.cache?.level).not.toBe('answer');
  });

  it('is made anew once the corpus has changed', async () => {
    await ask();
    await importText(
      mara,
      'personal',
      'The greenhouse heating: in March I decided on a heat pump instead of a hotbed.',
    );
    const anew = await ask();
    expect(anew.metadata.cache?.level).not.toBe('answer');
    expect(anew.metadata.input_sources.some(({ source_text }) => source_text.includes('heat pump'))).toBe(
      true,
    );
    expect((await ask()).metadata.cache?.level).toBe('answer');
  });

  it('keeps the promise of an Idempotency-Key: one run for a key, whoever made the answer', async () => {
    await ask();
    const key = { 'idempotency-key': 'again' };
    const first = await ask(QUESTION, mara, key);
    expect(first.metadata.cache?.level).toBe('answer');
    expect(await ask(QUESTION, mara, key)).toEqual(first);
    const refused = await mara.post('/query', { prompt: 'And the peas?' }, key);
    expect(refused.json().code).toBe('pipeline.idempotency_mismatch');
  });
});

describe('what was deleted', () => {
  const body = { prompt: 'How deep is the badger fence at Fernhill?' };
  let reader: TestClient;

  beforeAll(async () => {
    reader = new TestClient(test, await test.authorize('rhea', 'query', 'corpora:read', 'corpora:write'));
    await importText(
      reader,
      'personal',
      'The badger fence at Fernhill is buried 45 cm deep along the orchard.',
    );
  });

  const deleteAll = async () => {
    const { hits } = (await reader.get('/corpora/personal/search?q=badger%20fence')).json();
    const ids = new Set<string>(
      hits.map((hit: { attribution: { document_id: string } }) => hit.attribution.document_id),
    );
    for (const id of ids)
      expect((await reader.delete(`/corpora/personal/documents/${id}`)).statusCode).toBe(204);
    return ids.size;
  };

  it('is never given again, not even by way of an earlier run of an idempotency key', async () => {
    const key = { 'idempotency-key': 'badger' };
    await ask(body, reader);
    const keyed = await ask(body, reader, key);
    expect(keyed.metadata.cache?.level).toBe('answer');
    expect(await deleteAll()).toBeGreaterThan(0);
    // The key stands for its run, whatever became of the corpus.
    expect((await ask(body, reader, key)).task_id).toBe(keyed.task_id);
    const anew = await ask(body, reader);
    expect(anew.metadata.cache?.level).not.toBe('answer');
    expect(anew.content).not.toMatch(/45 cm/);
  });

  it('is in no cache any more', async () => {
    await importText(
      reader,
      'personal',
      'The badger fence at Fernhill is buried 55 cm deep along the hedge.',
    );
    await ask(body, reader);
    await deleteAll();
    const { namespaces } = (await admin.get('/cache')).json();
    const held = (namespaces as { namespace: string; items: number }[]).filter(({ items }) => items > 0);
    expect(held.map(({ namespace }) => namespace)).toEqual(['decisions']);
  });
});

describe('a run that was given an answer', () => {
  it('is never the source of another, so that each can be read', async () => {
    const key = { 'idempotency-key': 'chain' };
    const first = await ask();
    await ask(QUESTION, mara, key);
    await ask(QUESTION, mara, key);
    const last = await ask();
    expect([first.task_id, first.metadata.cache?.task_id]).toContain(last.metadata.cache?.task_id);
    const run = (await mara.get(`/runs/${last.task_id}`)).json();
    expect(run).toMatchObject({ prompt: QUESTION.prompt, content: last.content });
  });
});

describe('many who ask the same at once', () => {
  it('are answered by one run, each with its own row', async () => {
    const body = { prompt: 'Which peas did I sow, and when?' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(body)));
    expect(new Set(answers.map(({ task_id }) => task_id)).size).toBe(20);
    const made = answers.filter(({ metadata }) => metadata.cache === null);
    expect(made).toHaveLength(1);
    for (const { metadata, content, task_id } of answers) {
      expect(content).toBe(made[0]!.content);
      if (task_id !== made[0]!.task_id) expect(metadata.cache?.task_id).toBe(made[0]!.task_id);
    }
    const runs = (await mara.get('/runs?limit=100')).json().runs as { prompt: string }[];
    expect(runs.filter(({ prompt }) => prompt === body.prompt)).toHaveLength(20);
  });

  it('with one key: one run for all', async () => {
    const body = { prompt: 'What did I write about rye bread?' };
    const key = { 'idempotency-key': 'all-at-once' };
    const responses = await Promise.all(Array.from({ length: 6 }, () => mara.post('/query', body, key)));
    const done = responses.filter(({ statusCode }) => statusCode === 200);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map((response) => response.json().task_id)).size).toBe(1);
    for (const response of responses) expect([200, 409]).toContain(response.statusCode);
  });
});

it('tells the admin what was reused', async () => {
  await ask();
  await ask();
  const summary = (await admin.get('/pipeline/summary?window=15m')).json();
  expect(summary.answers.reused).toBeGreaterThan(0);
  expect(summary.answers.cached + summary.answers.joined).toBe(summary.answers.reused);
  expect(summary.operations).toContainEqual(
    expect.objectContaining({ operation: 'search', source: 'executed', strategy: 'balanced' }),
  );
  expect(summary.cache).toContainEqual(expect.objectContaining({ namespace: 'answers', backend: 'memory' }));
  expect(summary.pressure).toBe('ok');
});
