import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';

const KEY = 'sk-not-to-be-shown';

describe('providers over HTTP', () => {
  let stub: OpenAiStub;
  let test: TestApp;
  let admin: TestClient;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    test = await startTestApp({
      GEN_PROVIDER: 'openai',
      FIREBREAK_PROVIDER: 'mvlm',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: stub.baseUrl,
    });
    admin = new TestClient(test, await test.authorize('boss', 'admin'));
  });
  afterAll(async () => {
    await test.close();
    await stub.stop();
  });

  const providers = async () => {
    const response = await admin.get('/providers');
    expect(response.body).not.toContain(KEY);
    return response.json<{ providers: Record<string, unknown>[] }>().providers;
  };

  it('are listed with what a probe found, for admins only', async () => {
    const [primary, firebreak, local] = await providers();
    expect(primary).toEqual({
      use: 'primary',
      name: 'openai',
      model: 'gpt-4.1-mini',
      external: true,
      reachable: true,
      latency_ms: expect.any(Number),
      circuit: 'closed',
      weights_bytes: null,
      problem: null,
    });
    expect([firebreak, local]).toMatchObject([
      { use: 'firebreak', name: 'mvlm', reachable: true, circuit: null },
      { use: 'local', name: 'mvlm', reachable: true, circuit: null },
    ]);
    const user = new TestClient(test, await test.authorize('ann', 'query'));
    expectProblem(await user.get('/providers'), 403, 'auth.scope_missing');
  });

  it('are asked once for any number of looks at the health', async () => {
    const before = stub.requests.length;
    const looks = await Promise.all([admin.get('/health'), admin.get('/health'), admin.get('/health')]);
    for (const look of looks)
      expect(look.json()).toMatchObject({ details: { provider: { status: 'up', name: 'openai' } } });
    expect(stub.requests.length - before).toBe(1);
  });

  it('that do not answer are listed so', async () => {
    await stub.stop();
    expect((await providers())[0]).toMatchObject({ reachable: false, problem: 'provider.unreachable' });
  });
});

describe('a provider that cannot be reached', () => {
  it('degrades the health and makes nobody unready', async () => {
    const gone = await OpenAiStub.start();
    const { baseUrl } = gone;
    await gone.stop();
    const test = await startTestApp({ GEN_PROVIDER: 'openai', OPENAI_BASE_URL: baseUrl });
    const client = new TestClient(test, {});
    const health = await client.get('/health');
    expect(health.statusCode).toBe(200);
    const primary = { reachable: false, problem: 'provider.unreachable', circuit: 'closed' };
    expect(health.json()).toMatchObject({ details: { provider: { status: 'degraded', uses: { primary } } } });
    expect((await client.get('/health/ready')).statusCode).toBe(200);
    await test.close();
  });
});
