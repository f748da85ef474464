import { ImportService } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestClient } from '../support/http.js';

let test: TestApp;
let mara: TestClient;
let nobody: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  mara = new TestClient(test, await test.authorize('mara', 'query', 'corpora:read', 'admin', 'audit'));
  nobody = new TestClient(test, {});
  const imports = test.app.get(ImportService);
  const actor = { userId: 'mara', scopes: [] };
  await imports.run(actor, { corpus: 'personal', path: 'examples/personal/conversations.json' });
  await imports.run(actor, { corpus: 'published', path: 'examples/published' });
});

afterAll(() => test.close());

interface Hit {
  readonly text: string;
  readonly score: number;
  readonly attribution: {
    readonly corpus: string;
    readonly source: string;
    readonly author_role: string;
    readonly thread_id: string | null;
    readonly timestamp: string | null;
  };
}

async function search(corpus: string, parameters: Record<string, string>): Promise<Hit[]> {
  const query = new URLSearchParams({ q: 'greenhouse heating', limit: '100', ...parameters });
  const response = await mara.get(`/corpora/${corpus}/search?${query}`);
  expect(response.statusCode).toBe(200);
  return response.json<{ hits: Hit[] }>().hits;
}

describe('GET /corpora/:corpus/search', () => {
  it('keeps to its corpus, best first, up to the limit', async () => {
    const all = await search('personal', {});
    expect(all.length).toBeGreaterThan(5);
    expect(all.every((hit) => hit.attribution.corpus === 'personal')).toBe(true);
    const scores = all.map((hit) => hit.score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    const three = await search('personal', { limit: '3' });
    expect(three.map((hit) => hit.text)).toEqual(all.slice(0, 3).map((hit) => hit.text));
    expect(await search('social', {})).toEqual([]);
    expect((await search('published', {})).every((hit) => hit.attribution.source === 'markdown')).toBe(true);
  });

  it('filters by role, time, source and thread', async () => {
    const all = await search('personal', {});
    const count = (keep: (hit: Hit) => boolean) => all.filter(keep).length;
    const isMine = ({ attribution }: Hit) => attribution.author_role === 'self';
    const mine = await search('personal', { author: 'self' });
    expect(mine.length).toBeGreaterThan(5);
    expect(mine.every(isMine)).toBe(true);
    expect(mine.map((hit) => hit.text)).toContain(all.find(isMine)!.text);
    expect(count(isMine)).toBeLessThan(all.length);
    expect(await search('personal', { author: 'self,assistant' })).toHaveLength(all.length);

    const times = all.map((hit) => hit.attribution.timestamp!).sort();
    const middle = times[Math.floor(times.length / 2)]!;
    const later = await search('personal', { since: middle });
    const earlier = await search('personal', { until: middle });
    expect(later.every((hit) => hit.attribution.timestamp! >= middle)).toBe(true);
    expect(earlier.every((hit) => hit.attribution.timestamp! <= middle)).toBe(true);
    expect(later.length).toBeLessThan(all.length);
    expect(earlier.length).toBeLessThan(all.length);

    const thread = all[0]!.attribution.thread_id!;
    const within = await search('personal', { thread });
    expect(within.length).toBeGreaterThan(0);
    expect(within.every((hit) => hit.attribution.thread_id === thread)).toBe(true);
    expect(await search('personal', { source: 'markdown' })).toEqual([]);
    expect(await search('personal', { source: 'chatgpt' })).toHaveLength(all.length);
    expect(await search('personal', { tag: 'no-such-tag' })).toEqual([]);
  });

  it('says which terms it looked for', async () => {
    const response = await mara.get('/corpora/personal/search?q=greenhouses%20zyzzyva');
    const { terms } = response.json<{ terms: { stem: string; document_count: number }[] }>();
    expect(terms.find((term) => term.stem.startsWith('greenhous'))?.document_count).toBeGreaterThan(0);
    expect(terms.find((term) => term.stem === 'zyzzyva')?.document_count ?? 0).toBe(0);
  });
});

describe('what the modules tell', () => {
  it.each([
    ['/providers', 'providers'],
    ['/policy', 'hash'],
    ['/pipeline/summary', 'window'],
    ['/status', 'version'],
    ['/corpora', 'corpora'],
    ['/voice', 'voices'],
    ['/runs', 'runs'],
  ])('GET %s', async (url, member) => {
    const response = await mara.get(url);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toHaveProperty(member);
    expect(response.body).not.toContain(test.dataDirectory);
  });

  it('the summary counts runs, over each window', async () => {
    const before = (await mara.get('/pipeline/summary?window=24h')).json();
    expect((await mara.post('/query', { prompt: 'How is the greenhouse heated?' })).statusCode).toBe(200);
    const after = (await mara.get('/pipeline/summary?window=24h')).json();
    expect(after).not.toEqual(before);
  });

  it('POST /qa/check measures a text', async () => {
    const response = await mara.post('/qa/check', { text: 'Prune the pear tree in winter.' });
    expect(response.statusCode).toBe(200);
  });
});

describe('without a token', () => {
  it.each(['/health', '/health/live', '/health/ready', '/health/startup'])('GET %s', async (url) => {
    const response = await nobody.get(url);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ status: 'ok' });
    expect(response.body).not.toContain(test.dataDirectory);
  });

  it('GET /docs shows a page', async () => {
    const response = await nobody.get('/docs');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
  });
});

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly security?: unknown[];
}

describe('GET /openapi.json', () => {
  it('names every route of the application, and no other', async () => {
    const { paths } = (await nobody.get('/openapi.json')).json<{ paths: Record<string, object> }>();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([
      'DELETE /cache/{namespace}',
      'DELETE /corpora/{corpus}',
      'DELETE /corpora/{corpus}/documents',
      'DELETE /corpora/{corpus}/documents/{id}',
      'DELETE /corpora/{corpus}/retention',
      'DELETE /imports/{import_id}',
      'DELETE /runs/{task_id}',
      'DELETE /voice/{register}',
      'GET /cache',
      'GET /corpora',
      'GET /corpora/{corpus}/documents',
      'GET /corpora/{corpus}/documents/{id}',
      'GET /corpora/{corpus}/export',
      'GET /corpora/{corpus}/search',
      'GET /health',
      'GET /health/live',
      'GET /health/ready',
      'GET /health/startup',
      'GET /imports',
      'GET /imports/{import_id}',
      'GET /memory',
      'GET /metrics',
      'GET /optimizer',
      'GET /pipeline/summary',
      'GET /policy',
      'GET /providers',
      'GET /runs',
      'GET /runs/{task_id}',
      'GET /runs/{task_id}/events',
      'GET /status',
      'GET /usage',
      'GET /voice',
      'POST /corpora/{corpus}/documents/{id}/tags',
      'POST /corpora/{corpus}/import',
      'POST /corpora/{corpus}/retention',
      'POST /imports',
      'POST /imports/{import_id}/undo',
      'POST /qa/check',
      'POST /query',
      'POST /runs/{task_id}/decision',
      'POST /runs/{task_id}/replay',
      'POST /runs/{task_id}/retry',
      'POST /voice/{register}/rebuild',
    ]);
  });

  it('says of each what it is for, and who may', async () => {
    const { paths } = (await nobody.get('/openapi.json')).json<{
      paths: Record<string, Record<string, Operation>>;
    }>();
    const missing = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => [
        ...(operation.summary ? [] : [`${method} ${path}: summary`]),
        ...(operation.security || /^\/(?:health|metrics)\b/.test(path)
          ? []
          : [`${method} ${path}: security`]),
      ]),
    );
    expect(missing).toEqual([]);
  });

  it('describes each body by its fields', async () => {
    const { paths } = (await nobody.get('/openapi.json')).json<{
      paths: Record<string, Record<string, Operation>>;
    }>();
    for (const [path, field] of [
      ['/query', 'prompt'],
      ['/qa/check', 'text'],
      ['/runs/{task_id}/decision', 'text_sha256'],
    ] as const)
      expect(paths[path]!['post']!.requestBody?.content['application/json']?.schema).toMatchObject({
        properties: { [field]: expect.objectContaining({ type: expect.anything() }) },
      });
    const importBody = Object.keys(paths['/corpora/{corpus}/import']!['post']!.requestBody?.content ?? {});
    expect(importBody).toEqual(
      expect.arrayContaining([
        'application/json',
        'application/zip',
        'text/csv',
        'text/markdown',
        'text/plain',
      ]),
    );
  });
});
