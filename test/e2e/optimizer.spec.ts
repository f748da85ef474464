import { ApiApp } from '../support/api-app.js';
import { expectProblem } from '../support/http.js';

const FALLBACKS = { ideator: 'local', drafter: 'local', critic: 'local' };

interface Overview {
  readonly settings: { readonly enabled: boolean; readonly timebox_ms: number };
  readonly pressure: string;
  readonly still_running: number;
  readonly operations: readonly {
    readonly op: string;
    readonly results: Readonly<Record<string, number>>;
    readonly timeboxes_hit: number;
  }[];
  readonly choices: readonly { readonly op: string; readonly result: string; readonly reason: string }[];
}

let api: ApiApp;

async function overview(): Promise<Overview> {
  const response = await api.admin.get('/optimizer');
  expect(response.statusCode).toBe(200);
  return response.json<Overview>();
}

describe('GET /optimizer', () => {
  beforeAll(async () => {
    api = await ApiApp.start({ FEATURE_RESPONSE_OPTIMIZER: 'true', OPTIMIZATION_ENABLE_CACHE: 'false' });
  });
  afterAll(() => api.stop());

  it('is for administrators', async () => {
    expectProblem(await api.mara.get('/optimizer'), 403, 'auth.scope_missing');
  });

  it('tells what was chosen for a run and why, and nothing of who asked what', async () => {
    await api.answered();
    const { settings, choices, operations, still_running } = await overview();
    expect(settings).toMatchObject({ enabled: true, timebox_ms: 20_000 });
    expect(still_running).toBe(0);
    expect(new Set(operations.map(({ op }) => op))).toEqual(
      new Set(['search', 'generate', 'revise', 'summarize']),
    );
    expect(choices[0]).toMatchObject({ op: 'summarize', result: 'executed', reason: 'as requested' });
    expect(JSON.stringify(choices)).not.toMatch(/mara|greenhouse/i);
  });
});

describe('a writer that hangs', () => {
  beforeAll(async () => {
    api = await ApiApp.start({ FEATURE_RESPONSE_OPTIMIZER: 'true', OPTIMIZATION_TIMEBOX_MS: '300' });
  });
  afterAll(() => api.stop());

  it('is let go at the timebox, each role takes its fallback, and nothing runs on', async () => {
    api.listen();
    api.stub.faultFor = () => ({ kind: 'hang' });
    const { content, fallbacks } = await api.answered();
    expect(fallbacks).toMatchObject(FALLBACKS);
    expect(content).toMatch(/greenhouse|heat/i);
    const { operations, still_running, choices } = await overview();
    expect(still_running).toBe(0);
    expect(operations.find(({ op }) => op === 'generate')).toMatchObject({ timeboxes_hit: 3 });
    expect(choices.some(({ op, result }) => op === 'generate' && result === 'timebox')).toBe(true);
  });
});

describe('switched off', () => {
  beforeAll(async () => {
    api = await ApiApp.start();
  });
  afterAll(() => api.stop());

  it('arranges nothing', async () => {
    await api.answered();
    const { settings, operations, choices } = await overview();
    expect([settings.enabled, operations, choices]).toEqual([false, [], []]);
  });
});
