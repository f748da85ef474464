import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

let test: TestApp;
let mara: TestClient;
let nobody: TestClient;

beforeAll(async () => {
  test = await startTestApp({ METRICS_ENABLED: 'true' });
  mara = new TestClient(test, await test.authorize('mara', 'query'));
  nobody = new TestClient(test, {});
});

afterAll(() => test.close());

async function figures(): Promise<string> {
  const response = await nobody.get('/metrics');
  expect(response.statusCode).toBe(200);
  return response.body;
}

/** How many responses of an endpoint were counted with a status. */
async function counted(endpoint: string, status: number): Promise<number> {
  const start = `mcg_pipeline_requests_total{endpoint="${endpoint}",status="${status}"} `;
  const line = (await figures()).split('\n').find((each) => each.startsWith(start));
  return Number(line?.slice(start.length) ?? 0);
}

/** Series by name: their help and their type. */
function seriesIn(text: string): Map<string, { help: string; type: string }> {
  const lines = text.split('\n');
  const series = new Map<string, { help: string; type: string }>();
  for (const line of lines) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const help = lines.find((each) => each.startsWith(`# HELP ${name} `))?.slice(`# HELP ${name} `.length);
    series.set(name, { help: help ?? '', type: type! });
  }
  return series;
}

/** What dashboards are built on: a name that leaves this list breaks them. */
const SERIES = {
  mcg_admission_refusals_total: 'counter',
  mcg_admission_running: 'gauge',
  mcg_admission_waiting: 'gauge',
  mcg_cache_bytes: 'gauge',
  mcg_cache_compression_ratio: 'histogram',
  mcg_cache_evictions_total: 'counter',
  mcg_cache_hits_total: 'counter',
  mcg_cache_items: 'gauge',
  mcg_cache_misses_total: 'counter',
  mcg_governance_denials_total: 'counter',
  mcg_memory_pressure: 'gauge',
  mcg_memory_rss_bytes: 'gauge',
  mcg_optimizer_latency_seconds: 'histogram',
  mcg_optimizer_pressure_activations_total: 'counter',
  mcg_optimizer_requests_total: 'counter',
  mcg_pipeline_latency_seconds: 'histogram',
  mcg_pipeline_recoveries_total: 'counter',
  mcg_pipeline_requests_total: 'counter',
  mcg_queue_jobs: 'gauge',
  mcg_queue_oldest_seconds: 'gauge',
  mcg_queue_wait_seconds: 'histogram',
  mcg_provider_calls_total: 'counter',
  mcg_provider_tokens_total: 'counter',
  mcg_qa_scores: 'histogram',
  mcg_retention_removed_total: 'counter',
  mcg_runs: 'gauge',
  mcg_runs_oldest_seconds: 'gauge',
  mcg_stage_latency_seconds: 'histogram',
  mcg_stage_results_total: 'counter',
};

describe('GET /metrics', () => {
  it('is open, in the text format of Prometheus', async () => {
    const response = await nobody.get('/metrics');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(Number(response.headers['content-length'])).toBe(Buffer.byteLength(response.body));
    expect(response.body).toMatch(/^mcg_memory_rss_bytes \d+$/m);
    expect(response.body).toMatch(/^process_cpu_seconds_total /m);
    expect(response.body).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(response.body.endsWith('\n')).toBe(true);
  });

  it('exports these series of its own, and no other', async () => {
    const own = [...seriesIn(await figures())].filter(([name]) => name.startsWith('mcg_'));
    expect(Object.fromEntries(own.map(([name, { type }]) => [name, type]))).toEqual(SERIES);
  });

  it('says what each series is', async () => {
    const silent = [...seriesIn(await figures())].filter(([, { help }]) => !/\w+ \w+/.test(help));
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('is a problem document where it is turned off', async () => {
    const silent = await startTestApp({});
    try {
      expectProblem(await new TestClient(silent, {}).get('/metrics'), 404, 'metrics.disabled');
    } finally {
      await silent.close();
    }
  });
});

describe('the requests', () => {
  it('are counted by the pattern of their route, never by what was asked', async () => {
    const id = '019303a1-7c5e-7c3e-9a2b-0123456789ab';
    const before = await counted('/runs/:task_id', 404);
    expect((await mara.get(`/runs/${id}`)).statusCode).toBe(404);
    expect(await counted('/runs/:task_id', 404)).toBe(before + 1);
    expect((await mara.get('/runs?limit=1')).statusCode).toBe(200);
    expect(await counted('/runs', 200)).toBeGreaterThan(0);
    const text = await figures();
    expect(text).not.toContain(id);
    expect(text).not.toContain('limit=');
  });

  it('that lead nowhere are one series, whatever their address', async () => {
    const before = await counted('unmatched', 404);
    for (const url of ['/secret-word', '/wp-admin?x=1', '/runs/a/b/c/d']) await nobody.get(url);
    expect(await counted('unmatched', 404)).toBe(before + 3);
    expect(await figures()).not.toMatch(/secret-word|wp-admin/);
  });

  it('are counted when a guard, a schema or the parser refused them', async () => {
    expect((await nobody.post('/query', { prompt: 'x' })).statusCode).toBe(401);
    expect((await mara.get('/status')).statusCode).toBe(403);
    expect((await mara.post('/query', { wrong: true })).statusCode).toBe(400);
    expect((await mara.post('/query', '{"broken', { 'content-type': 'application/json' })).statusCode).toBe(
      400,
    );
    expect(await counted('/query', 401)).toBe(1);
    expect(await counted('/status', 403)).toBe(1);
    expect(await counted('/query', 400)).toBe(2);
  });

  it('are timed', async () => {
    await nobody.get('/health/live');
    expect(await figures()).toMatch(
      /^mcg_pipeline_latency_seconds_count\{endpoint="\/health\/live"\} [1-9]/m,
    );
  });
});
