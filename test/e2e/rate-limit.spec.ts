import { Metrics } from '../../src/telemetry/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

let test: TestApp;

async function client(userId: string, ...scopes: Parameters<TestApp['authorize']>[1][]): Promise<TestClient> {
  return new TestClient(test, await test.authorize(userId, ...scopes));
}

function limitHeaders(headers: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'));
}

describe('a limit of three requests a minute', () => {
  beforeAll(async () => {
    test = await startTestApp({ RATE_LIMIT_PER_MINUTE: '3' });
  });
  afterAll(() => test.close());

  it('counts down over all routes, denied ones too, and then refuses with when to come again', async () => {
    const ann = await client('ann', 'query');
    const passed = [await ann.get('/runs'), await ann.get('/usage'), await ann.get('/policy')];
    expect(passed.map(({ statusCode }) => statusCode)).toEqual([200, 200, 403]);
    expect(passed.map(({ headers }) => Number(headers['x-ratelimit-remaining']))).toEqual([2, 1, 0]);
    for (const url of ['/runs', '/policy']) {
      const response = await ann.get(url);
      const problem = expectProblem(response, 429, 'auth.rate_limited');
      expect(problem).toMatchObject({ retryable: true, title: 'Too many requests' });
      const { headers } = response;
      expect(Number(headers['x-ratelimit-limit'])).toBe(3);
      expect(Number(headers['x-ratelimit-remaining'])).toBe(0);
      expect(Number(headers['x-ratelimit-reset'])).toBe(Number(headers['retry-after']));
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    expect(await test.app.get(Metrics).text()).toContain(
      'mcg_admission_refusals_total{reason="rate_limited"} 2',
    );
  });

  it('is each user’s own', async () => {
    const [ben, cem] = [await client('ben', 'query'), await client('cem', 'query')];
    for (let i = 0; i < 3; i++) await ben.get('/runs');
    expect((await ben.get('/runs')).statusCode).toBe(429);
    expect((await cem.get('/runs')).statusCode).toBe(200);
  });

  it('is one for all tokens of a user', async () => {
    for (let i = 0; i < 3; i++) await (await client('dot', 'query')).get('/runs');
    expectProblem(await (await client('dot', 'admin', 'query')).get('/runs'), 429, 'auth.rate_limited');
  });

  it.each(['/health/live', '/docs', '/openapi.json'])('does not hold for %s', async (url) => {
    const eve = await client(`eve at ${url}`, 'query');
    for (let i = 0; i < 4; i++) {
      const response = await eve.get(url);
      expect({ status: response.statusCode, limits: limitHeaders(response.headers) }).toEqual({
        status: 200,
        limits: [],
      });
    }
    expect(Number((await eve.get('/runs')).headers['x-ratelimit-remaining'])).toBe(2);
  });

  it('says nothing to who is not known', async () => {
    for (let i = 0; i < 4; i++) {
      const response = await test.app.inject({ method: 'GET', url: '/runs' });
      expectProblem(response, 401, 'auth.token_missing');
      expect(limitHeaders(response.headers)).toEqual([]);
    }
  });
});

describe('a limit of 0', () => {
  beforeAll(async () => {
    test = await startTestApp({ RATE_LIMIT_PER_MINUTE: '0' });
  });
  afterAll(() => test.close());

  it('is none', async () => {
    const ann = await client('ann', 'query');
    const response = await ann.get('/runs');
    expect({ status: response.statusCode, limits: limitHeaders(response.headers) }).toEqual({
      status: 200,
      limits: [],
    });
  });
});
