import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryManager } from '../../src/memory/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

/** Below what any Node process takes: the pressure is real, and stays. */
const TOO_LITTLE = { MEMORY_LIMIT_BYTES: String(16 * 1024 ** 2) };
/** Far above what the tests take, and seen as 2 % at most. */
const PLENTY = { MEMORY_LIMIT_BYTES: String(1024 ** 4) };

interface Setup {
  readonly test: TestApp;
  readonly admin: TestClient;
  readonly mara: TestClient;
  readonly nobody: TestClient;
}

async function start(environment: Record<string, string>): Promise<Setup> {
  const test = await startTestApp(environment);
  const client = async (scope: 'admin' | 'query') =>
    new TestClient(test, await test.authorize('mara', scope));
  return {
    test,
    admin: await client('admin'),
    mara: await client('query'),
    nobody: new TestClient(test, {}),
  };
}

describe('with memory to spare', () => {
  let setup: Setup;
  beforeAll(async () => {
    // Nothing listens on port 1.
    setup = await start({ ...PLENTY, REDIS_URL: 'redis://127.0.0.1:1' });
  });
  afterAll(() => setup.test.close());

  it('GET /memory shows what is used, to admins only', async () => {
    const { admin, mara } = setup;
    const response = await admin.get('/memory');
    expect(response.statusCode).toBe(200);
    const report = response.json();
    expect(report).toEqual({
      pressure: 'ok',
      used_percent: expect.any(Number),
      rss_bytes: expect.any(Number),
      limit_bytes: expect.any(Number),
      heap: {
        used_bytes: expect.any(Number),
        resident_bytes: expect.any(Number),
        limit_bytes: expect.any(Number),
      },
      external_bytes: expect.any(Number),
      array_buffer_bytes: expect.any(Number),
      reusable_bytes: expect.any(Number),
      event_loop_lag_ms: { p50: expect.any(Number), p99: expect.any(Number), max: expect.any(Number) },
      measured_at: expect.stringMatching(/Z$/),
      changed_at: expect.stringMatching(/Z$/),
      activations: 0,
      collections: { count: 0, last_pause_ms: null },
      thresholds: { warn_percent: 80, limit_percent: 90, sample_ms: 1_000 },
    });
    expect(report.rss_bytes).toBeGreaterThan(50 * 1024 ** 2);
    expect(report.heap.used_bytes).toBeLessThan(report.heap.limit_bytes);
    expectProblem(await mara.get('/memory'), 403, 'auth.scope_missing');
  });

  it('takes work, is well and says so in /health and /status', async () => {
    const { admin, mara, nobody } = setup;
    expect((await mara.post('/query', { prompt: 'How is the greenhouse heated?' })).statusCode).toBe(200);
    expect((await nobody.get('/health')).json()).toMatchObject({
      details: { memory: { status: 'up', pressure: 'ok' } },
    });
    expect((await admin.get('/status')).json()).toMatchObject({
      memory: {
        pressure: 'ok',
        heap_limit_bytes: expect.any(Number),
        event_loop_lag_ms: { max: expect.any(Number) },
      },
    });
  });

  it('Redis that is away is degraded, and makes nobody unready', async () => {
    const health = await setup.nobody.get('/health');
    expect(health.statusCode).toBe(200);
    expect(health.json()).toMatchObject({ status: 'degraded', details: { redis: { status: 'degraded' } } });
    expect(health.body).not.toContain('127.0.0.1');
    expect((await setup.nobody.get('/health/ready')).statusCode).toBe(200);
  });
});

describe('at the memory limit', () => {
  let setup: Setup;
  beforeAll(async () => {
    setup = await start({ ...TOO_LITTLE, METRICS_ENABLED: 'true' });
  });
  afterAll(() => setup.test.close());

  it('refuses new work with 503 and Retry-After, counts it, and goes on answering all else', async () => {
    const { admin, mara, nobody } = setup;
    expect((await admin.get('/memory')).json()).toMatchObject({
      pressure: 'limit',
      limit_bytes: 16 * 1024 ** 2,
      activations: 1,
      collections: { count: expect.any(Number), last_pause_ms: expect.any(Number) },
    });
    const refused = await mara.post('/query', { prompt: 'How is the greenhouse heated?' });
    expectProblem(refused, 503, 'memory.pressure');
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.json()).toMatchObject({ retryable: true });
    expect((await mara.get('/runs')).json()).toMatchObject({ runs: [] });
    const figures = (await nobody.get('/metrics')).body;
    expect(figures).toContain('mcg_admission_refusals_total{reason="memory_pressure"} 1\n');
    expect(figures).toContain('mcg_pipeline_requests_total{endpoint="/query",status="503"} 1\n');
    expect(figures).toContain('mcg_memory_pressure 2\n');
    expect(figures).toContain('mcg_optimizer_pressure_activations_total 1\n');
    expect(figures).toMatch(/^mcg_memory_rss_bytes [1-9]\d{7,}$/m);
  });

  it('asks who it is before it refuses', async () => {
    const { nobody } = setup;
    expectProblem(await nobody.post('/query', { prompt: 'x' }), 401, 'auth.token_missing');
  });

  it('is degraded but ready', async () => {
    const health = await setup.nobody.get('/health');
    expect(health.statusCode).toBe(200);
    expect(health.json()).toMatchObject({
      status: 'degraded',
      details: { memory: { status: 'degraded', pressure: 'limit', limit_bytes: 16 * 1024 ** 2 } },
    });
    expect(health.json<{ details: object }>().details).not.toHaveProperty('redis');
    expect((await setup.nobody.get('/health/ready')).statusCode).toBe(200);
  });
});

it('at the memory limit a process is unready where it is set to be, and nothing worse', async () => {
  const { test, nobody } = await start({ ...TOO_LITTLE, MEMORY_READY_FAILS_AT_LIMIT: 'true' });
  try {
    const unready = await nobody.get('/health/ready');
    expectProblem(unready, 503, 'health.not_ready');
    expect(unready.json()).toMatchObject({ checks: { database: 'up', memory: 'down' } });
    expect((await nobody.get('/health')).statusCode).toBe(200);
    expect((await nobody.get('/health/live')).statusCode).toBe(200);
  } finally {
    await test.close();
  }
});

it('between the thresholds it only warns: work is taken, readiness holds; closed, it measures no more', async () => {
  const { test, admin, mara, nobody } = await start({
    MEMORY_LIMIT_BYTES: String(process.memoryUsage.rss() * 8),
    MEMORY_WARN_PERCENT: '1',
    MEMORY_LIMIT_PERCENT: '100',
    MEMORY_READY_FAILS_AT_LIMIT: 'true',
    MEMORY_SAMPLE_MS: '10',
  });
  const manager = test.app.get(MemoryManager, { strict: false });
  try {
    expect((await admin.get('/memory')).json()).toMatchObject({ pressure: 'warn' });
    expect((await mara.post('/query', { prompt: 'How is the greenhouse heated?' })).statusCode).toBe(200);
    expect((await nobody.get('/health/ready')).statusCode).toBe(200);
    expect((await nobody.get('/health')).json()).toMatchObject({
      status: 'degraded',
      details: { memory: { status: 'degraded', pressure: 'warn' } },
    });
  } finally {
    await test.close();
  }
  const { measuredAt } = manager.snapshot();
  await sleep(100);
  expect(manager.snapshot().measuredAt).toBe(measuredAt);
});
