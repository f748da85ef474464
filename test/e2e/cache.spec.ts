import { Cache } from '../../src/cache/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem } from '../support/http.js';

describe('the cache over HTTP', () => {
  let test: TestApp;
  let admin: { authorization: string };

  beforeAll(async () => {
    test = await startTestApp();
    admin = await test.authorize('root', 'admin');
  });

  afterAll(async () => {
    await test?.close();
  });

  const call = (method: 'GET' | 'DELETE', url: string, headers: Record<string, string> = admin) =>
    test.app.inject({ method, url, headers });

  it('tells how it is set and what it holds', async () => {
    await test.app.get(Cache).set('voices', 'a', { text: 'one' });
    const response = await call('GET', '/cache');
    expect(response.statusCode).toBe(200);
    const { namespaces, ...rest } = response.json<{ namespaces: { namespace: string }[] }>();
    expect(rest).toEqual({
      backend: 'memory',
      redis: 'unused',
      ttl_ms: 300_000,
      max_items: 10_000,
      max_bytes: 67_108_864,
      compress: false,
    });
    expect(namespaces.find(({ namespace }) => namespace === 'voices')).toMatchObject({
      backend: 'memory',
      items: 1,
      bytes: expect.any(Number),
      hits: 0,
      misses: 0,
      evictions: 0,
    });
  });

  it('forgets a namespace', async () => {
    await test.app.get(Cache).set('voices', 'b', 1);
    const before = await test.app.get(Cache).get('voices', 'b', (found) => found);
    expect(before).toBe(1);
    const response = await call('DELETE', '/cache/voices');
    expect([response.statusCode, response.json()]).toEqual([
      200,
      { namespace: 'voices', cleared: expect.any(Number) },
    ]);
    expect(await test.app.get(Cache).get('voices', 'b', (found) => found)).toBeNull();
  });

  it('refuses a namespace that is none, and callers that are no admin', async () => {
    expectProblem(await call('DELETE', '/cache/everything'), 400, 'http.invalid_input');
    const user = await test.authorize('ann', 'query');
    expectProblem(await call('GET', '/cache', user), 403, 'auth.scope_missing');
    expectProblem(await call('DELETE', '/cache/voices', user), 403, 'auth.scope_missing');
    expect((await call('GET', '/cache', {})).statusCode).toBe(401);
  });
});
