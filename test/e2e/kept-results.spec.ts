import { setTimeout as sleep } from 'node:timers/promises';
import { ApiApp } from '../support/api-app.js';
import { writeAnswer } from '../support/openai-stub-writer.js';

let api: ApiApp;

/** Single results stay kept where the whole answer is forgotten. */
async function forgetAnswers(): Promise<void> {
  await api.delete('/cache/answers');
}

describe('results kept of an API', () => {
  beforeAll(async () => {
    api = await ApiApp.start({ FEATURE_RESPONSE_OPTIMIZER: 'true', FIREBREAK_PROVIDER: 'mvlm' });
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    await api.delete('/cache/responses');
    await forgetAnswers();
    api.listen();
  });

  it('are used again: no call, no reservation, no token, and the metadata says so', async () => {
    const first = await api.answered();
    expect(api.written()).toEqual(['outline', 'draft', 'critique']);
    const reserved = api.stub.reservations.size;
    await forgetAnswers();
    const second = await api.answered();
    expect(api.written()).toHaveLength(3);
    expect(api.stub.reservations.size).toBe(reserved);
    expect(second.content).toBe(first.content);
    expect(Object.values(second.calls)).toEqual([0, 0, 0, 0, 0]);
    expect(second.metadata).toMatchObject({
      cache: { level: 'operations', cached: 5, joined: 0 },
      token_stats: { input_tokens: 0, output_tokens: 0 },
    });
    expect(second.metadata.attribution).toEqual(first.metadata.attribution);
  });

  it('cost one call an operation, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => api.ask()));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(30).fill(200));
    expect(api.written()).toEqual(['outline', 'draft', 'critique']);
  });

  it('are used while the API fails, without asking it', async () => {
    await api.answered();
    await forgetAnswers();
    api.stub.faultFor = () => ({ kind: 'status', status: 500 });
    expect(Object.values((await api.answered()).fallbacks)).toEqual([null, null, null, null, null]);
    api.stub.faultFor = () => null;
  });

  it('are not used for another strategy', async () => {
    await api.answered();
    api.listen();
    const { statusCode } = await api.mara.post('/query', {
      prompt: 'What did I decide about heating the greenhouse?',
      strategy: 'speed',
    });
    expect(statusCode).toBe(200);
    // The shortest path: the draft is read by the engine of this process.
    expect(api.written()).toEqual(['outline', 'draft']);
  });
});

describe('results past their time', () => {
  const TTL_MS = 2_000;

  beforeAll(async () => {
    const environment = { OPTIMIZATION_CACHE_TTL_MS: String(TTL_MS), OPENAI_MAX_RETRIES: '0' };
    api = await ApiApp.start({
      FEATURE_RESPONSE_OPTIMIZER: 'true',
      FIREBREAK_PROVIDER: 'mvlm',
      ...environment,
    });
  });
  afterAll(() => api.stop());

  it('stand in for a writer that gives nothing, and are named in the metadata', async () => {
    const first = await api.answered();
    await sleep(TTL_MS + 50);
    await forgetAnswers();
    api.stub.faultFor = () => ({ kind: 'status', status: 500 });
    const second = await api.answered();
    expect(second.fallbacks).toMatchObject({ ideator: 'kept', drafter: 'kept', critic: 'kept' });
    expect(second.content).toBe(first.content);
    // What came about by standing in is nothing to give to others.
    expect((await api.answered()).metadata.cache?.level).not.toBe('answer');
  });
});

describe('the quality strategy', () => {
  beforeAll(async () => {
    api = await ApiApp.start({
      FEATURE_RESPONSE_OPTIMIZER: 'true',
      OPTIMIZATION_STRATEGY: 'quality',
      FIREBREAK_PROVIDER: 'mvlm',
    });
  });
  afterAll(() => api.stop());

  it('takes the best of several texts of one call, by measure and not by place', async () => {
    const invented = JSON.stringify({
      sentences: [{ text: 'Dragons warmed the castle of Neptune.', snippet_ids: ['s1'], paragraph: 0 }],
    });
    api.listen((call, choice) =>
      call.schemaName === 'draft' && choice === 0 ? invented : writeAnswer(call),
    );
    const { content, calls } = await api.answered();
    expect(content).not.toMatch(/Neptune/);
    expect(calls['drafter']).toBe(1);
    expect(api.stub.calls.find(({ schemaName }) => schemaName === 'draft')?.choices).toBe(3);
    const chosen = (await api.admin.get('/optimizer')).json().choices as { op: string; strategy: string }[];
    expect(chosen.find(({ op }) => op === 'generate')?.strategy).toBe('quality');
  });

  it('still makes one reservation for them', async () => {
    await api.delete('/cache/responses');
    await forgetAnswers();
    api.listen();
    await api.answered();
    expect(api.stub.reservations.size).toBe(api.stub.calls.length);
  });
});
