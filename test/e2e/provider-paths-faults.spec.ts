import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiApp } from '../support/api-app.js';
import { expectProblem } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';

const OUTSIDE = { ideator: 1, drafter: 1, critic: 1, revisor: 1, summarizer: 1 };
const LOCAL = 'local';
const ALL_LOCAL = { ideator: LOCAL, drafter: LOCAL, critic: LOCAL, revisor: LOCAL, summarizer: LOCAL };

let api: ApiApp;

/** The built-in policy in a folder of its own, one of its files changed. */
function policyWith(file: string, change: (content: object) => object): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcg-policies-'));
  cpSync('src/governance/policies', folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as object)));
  return folder;
}

describe('an API that is down', () => {
  beforeEach(async () => {
    api = await ApiApp.start();
  });
  afterEach(() => api.stop());

  it('is tried twice within one reservation, and the local engine answers from the corpora', async () => {
    api.listen();
    api.stub.faultFor = () => ({ kind: 'status', status: 500 });
    const { content, calls, fallbacks, metadata } = await api.answered();
    expect(fallbacks).toEqual(ALL_LOCAL);
    expect(calls).toEqual(OUTSIDE);
    expect(metadata.outcome).toBe('answered');
    expect(content).toMatch(/greenhouse|heat/i);
    expect(api.written().slice(0, 2)).toEqual(['outline', 'outline']);
    expect(api.stub.reservations.size).toBeLessThan(api.stub.calls.length);
  });

  it('that refuses connections uses up none of the tokens or the money of its owner', async () => {
    await api.stub.stop();
    const { content, fallbacks } = await api.answered();
    expect(fallbacks).toEqual(ALL_LOCAL);
    expect(content).toMatch(/greenhouse|heat/i);
    expect((await api.mara.get('/usage')).json().today).toMatchObject({ tokens: 0, cost_micro_usd: 0 });
  });
});

describe('a spend limit of three calls a day', () => {
  let policies: string;

  beforeAll(async () => {
    const defaults = { callsPerDay: 3, tokensPerDay: null, usdPerDay: null };
    policies = policyWith('spend-limits.json', (limits) => ({ ...limits, defaults }));
    api = await ApiApp.start({ GOVERNANCE_POLICY_DIR: policies });
  });
  afterAll(async () => {
    await api.stop();
    rmSync(policies, { recursive: true, force: true });
  });

  it('ends the run that meets it, says when it resets and is journaled as a denial', async () => {
    api.listen();
    for (const _run of ['met on the way', 'met at once']) {
      const response = await api.ask();
      const problem = expectProblem(response, 429, 'governance.spend_limit');
      const resetsAt = expect.stringMatching(/T00:00:00\.000Z$/);
      expect(problem).toMatchObject({ limit: 'calls', policy: 'spend-limit', resets_at: resetsAt });
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
      expect(api.stub.calls).toHaveLength(3);
    }
    expect((await api.mara.get('/usage')).json()).toMatchObject({
      today: { calls: 3 },
      limits: { calls: 3 },
    });
    const { denials } = (await api.admin.get('/pipeline/summary')).json();
    expect(denials).toEqual(
      expect.arrayContaining([
        { role: 'revisor', action: 'revise', policy: 'spend-limit', count: 1 },
        { role: 'ideator', action: 'generate', policy: 'spend-limit', count: 1 },
      ]),
    );
  });
});

describe('a minor miss of every role that a score is asked of', () => {
  let policies: string;

  beforeAll(async () => {
    const wanted = { diversity: 1 };
    const roles = { ideator: wanted, drafter: wanted, critic: {}, revisor: wanted, summarizer: wanted };
    policies = policyWith('thresholds.json', (file) => ({ ...file, minorMargin: 1, roles }));
    api = await ApiApp.start({ GOVERNANCE_POLICY_DIR: policies });
  });
  afterAll(async () => {
    await api.stop();
    rmSync(policies, { recursive: true, force: true });
  });

  it('is mended in place, without one call more', async () => {
    const { calls, metadata } = await api.answered();
    expect(metadata.stages.map(({ result }) => result)).toContain('minor');
    expect(metadata.stages.map(({ result }) => result)).not.toContain('major');
    expect(calls).toEqual(OUTSIDE);
    expect(api.stub.reservations.size).toBe(5);
  });
});

describe('a firebreak on this machine that is down', () => {
  it('is replaced by the local engine, and nothing goes outside for it', async () => {
    const gone = await OpenAiStub.start();
    const { baseUrl } = gone;
    await gone.stop();
    api = await ApiApp.start({
      FIREBREAK_PROVIDER: 'mvlm',
      MVLM_BACKEND: 'http',
      MVLM_BASE_URL: baseUrl,
      MVLM_MODEL: 'some',
    });
    const { calls, fallbacks } = await api.answered();
    expect(calls).toEqual({ ...OUTSIDE, revisor: 0, summarizer: 0 });
    expect(fallbacks).toEqual({ ...ALL_LOCAL, ideator: null, drafter: null, critic: null });
    expect(api.written()).toEqual(['outline', 'draft', 'critique']);
    await api.stop();
  });
});
