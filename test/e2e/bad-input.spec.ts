import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, TestClient } from '../support/http.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const UNKNOWN_ID = '0198f2c4-0000-7000-8000-000000000000';
const PROMPT = 'What did I decide?';
let test: TestApp;
let alice: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  alice = new TestClient(
    test,
    await test.authorize('alice', 'query', 'corpora:read', 'corpora:write', 'admin', 'review'),
  );
});

afterAll(() => test.close());

describe('a body of POST /query that is no request', () => {
  it.each([
    ['an empty text', '', 'http.invalid_input'],
    ['blanks', '  \n', 'http.broken_json'],
    ['broken JSON', '{"prompt": "half', 'http.broken_json'],
    ['two values', '{"prompt":"a"}{"prompt":"b"}', 'http.broken_json'],
    ['bytes that are no UTF-8', Buffer.from('7b2270726f6d7074223a22ff227d', 'hex'), 'http.broken_json'],
    ['binary bytes', Buffer.from([0, 1, 2, 255, 254]), 'http.broken_json'],
    ['a prototype', `{"prompt":"${PROMPT}","__proto__":{"async":true}}`, 'http.broken_json'],
    [
      'a constructor',
      `{"prompt":"${PROMPT}","constructor":{"prototype":{"async":true}}}`,
      'http.broken_json',
    ],
    ['depth', '['.repeat(200_000), 'http.broken_json'],
    ['a list', '[]', 'http.invalid_input'],
    ['null', 'null', 'http.invalid_input'],
    ['a text', '"What did I decide?"', 'http.invalid_input'],
    ['a number', '7', 'http.invalid_input'],
    ['an empty object', '{}', 'http.invalid_input'],
  ])('%s', async (_what, payload, code) => {
    expectProblem(await alice.post('/query', payload, JSON_TYPE), 400, code);
    expect(Object.prototype).not.toHaveProperty('async');
  });

  it('is not there at all', async () => {
    expectProblem(await alice.post('/query'), 400, 'http.invalid_input');
  });

  it.each([
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/xml',
  ])('of the type %s', async (type) => {
    const response = await alice.post('/query', 'prompt=a', { 'content-type': type });
    expectProblem(response, 415, 'http.unsupported_media');
  });
});

describe('a field of POST /query that is wrong', () => {
  it.each([
    ['prompt', { prompt: '' }],
    ['prompt', { prompt: ' \t\n ' }],
    ['prompt', { prompt: '?!… 🙂' }],
    ['prompt', { prompt: 42 }],
    ['prompt', { prompt: [PROMPT] }],
    ['prompt', { prompt: null }],
    ['prompt', { prompt: `${PROMPT}\u0000` }],
    ['prompt', { prompt: `${PROMPT}\u001b[2J` }],
    ['prompt', { prompt: `${PROMPT} \u202Eedoc` }],
    ['prompt', { prompt: `${PROMPT} \u2066isolate\u2069` }],
    ['prompt', { prompt: `${PROMPT} \ud83d` }],
    ['mode', { prompt: PROMPT, mode: 'poem' }],
    ['mode', { prompt: PROMPT, mode: 'Chat' }],
    ['corpora', { prompt: PROMPT, corpora: 'personal' }],
    ['corpora', { prompt: PROMPT, corpora: [] }],
    ['corpora.0', { prompt: PROMPT, corpora: ['secret'] }],
    ['strategy', { prompt: PROMPT, strategy: 'fast' }],
    ['expected_tone', { prompt: PROMPT, expected_tone: 'angry' }],
    ['expected_style', { prompt: PROMPT, expected_style: 7 }],
    ['max_words', { prompt: PROMPT, max_words: 9 }],
    ['max_words', { prompt: PROMPT, max_words: 2_001 }],
    ['max_words', { prompt: PROMPT, max_words: -1 }],
    ['max_words', { prompt: PROMPT, max_words: 99.5 }],
    ['max_words', { prompt: PROMPT, max_words: '100' }],
    ['async', { prompt: PROMPT, async: 'yes' }],
    ['priority', { prompt: PROMPT, async: true, priority: 'urgent' }],
    ['priority', { prompt: PROMPT, priority: 'low' }],
    ['request', { prompt: PROMPT, owner: 'bob' }],
  ])('%s in %j', async (field, payload) => {
    const problem = expectProblem(await alice.post('/query', payload), 400, 'http.invalid_input');
    expect(problem['errors']).toEqual(
      expect.arrayContaining([{ field, message: expect.stringMatching(/\w/) }]),
    );
  });

  it('names each unknown field', async () => {
    const response = await alice.post('/query', { prompt: PROMPT, promt: 'a', user_id: 'bob' });
    expect(expectProblem(response, 400, 'http.invalid_input')['detail']).toMatch(/promt.*user_id/);
  });

  it('takes a word at each end of the range, and text of every script', async () => {
    for (const payload of [
      { prompt: PROMPT, max_words: 10 },
      { prompt: PROMPT, max_words: 2_000 },
      { prompt: 'قررت ماذا؟ 我决定了什么？ 🙂' },
    ])
      expect((await alice.post('/query', payload)).statusCode).toBe(200);
  });

  it.each(['', 'a b', 'ü', 'x'.repeat(201)])('Idempotency-Key %j', async (key) => {
    const response = await alice.post('/query', { prompt: PROMPT }, { 'idempotency-key': key });
    expectProblem(response, 400, 'pipeline.idempotency_key_invalid');
  });
});

describe('a body that is too large', () => {
  it('just fits: the limit of the prompt is named', async () => {
    const response = await alice.post('/query', { prompt: 'word '.repeat(200_000) });
    expect(expectProblem(response, 400, 'http.invalid_input')['detail']).toContain('20000 characters');
  });

  it('is over 1 MiB, announced or not', async () => {
    const body = JSON.stringify({ prompt: 'word '.repeat(220_000) });
    expectProblem(await alice.post('/query', body, JSON_TYPE), 413, 'http.body_too_large');
    const unannounced = await test.app.inject({
      method: 'POST',
      url: '/query',
      headers: { ...alice.headers, ...JSON_TYPE },
      payload: Readable.from([body.slice(0, 600_000), body.slice(600_000)]),
    });
    expectProblem(unannounced, 413, 'http.body_too_large');
  });
});

describe('an address that leads nowhere', () => {
  it.each([
    ['GET', '/no-such-route'],
    ['GET', '/query'],
    ['PUT', '/query'],
    ['DELETE', '/runs'],
    ['POST', '/health'],
    ['GET', '/runs/a/b/c'],
    ['GET', '/..%2f..%2fetc%2fpasswd'],
  ] as const)('%s %s', async (method, url) => {
    const response = await test.app.inject({ method, url, headers: alice.headers });
    expectProblem(response, 404, 'http.no_route');
  });

  it.each(['%ZZ', 'x'.repeat(101)])('cannot be read: /runs/%s', async (id) => {
    expectProblem(await alice.get(`/runs/${id}`), 400, 'http.bad_address');
  });

  it.each(['not-a-uuid', '1', `${UNKNOWN_ID}0`, '%00', "' OR 1=1 --"])('GET /runs/%s', async (id) => {
    expectProblem(await alice.get(`/runs/${encodeURIComponent(id)}`), 400, 'http.invalid_input');
  });

  it('GET /runs/:task_id of no run', async () => {
    expectProblem(await alice.get(`/runs/${UNKNOWN_ID}`), 404, 'pipeline.run_not_found');
    const decision = { decision: 'approve', text_sha256: '0'.repeat(64) };
    const decided = await alice.post(`/runs/${UNKNOWN_ID}/decision`, decision);
    expectProblem(decided, 404, 'pipeline.run_not_found');
    expectProblem(await alice.post(`/runs/${UNKNOWN_ID}/replay`), 404, 'pipeline.run_not_found');
  });
});

describe('a parameter that is wrong', () => {
  it.each([
    '/runs?limit=0',
    '/runs?limit=101',
    '/runs?limit=ten',
    '/runs?cursor=last',
    '/runs?state=lost',
    '/runs?all=perhaps',
    '/runs?user=bob',
    '/runs?owner=%00',
    '/runs?older_than=1w',
    '/pipeline/summary?window=2y',
    '/corpora?limit=5',
    '/corpora?owner=%00',
    '/corpora/secret/search?q=pear',
    '/corpora/personal/search',
    '/corpora/personal/search?q=%20',
    `/corpora/personal/search?q=${'x'.repeat(8_001)}`,
    '/corpora/personal/search?q=pear&limit=0',
    '/corpora/personal/search?q=pear&limit=101',
    '/corpora/personal/search?q=pear&since=yesterday',
    '/corpora/personal/search?q=pear&until=0000-01-01',
    '/corpora/personal/search?q=pear&author=me',
    '/corpora/personal/search?q=pear&tag=%00',
    '/corpora/personal/search?q=pear&thread=a&thread=b',
    '/imports/7',
  ])('GET %s', async (url) => {
    expectProblem(await alice.get(url), 400, 'http.invalid_input');
  });

  it.each(['pear\u0000tree', '\u202Epear', "'; DROP TABLE documents; --", '🙂🙂', '& | ! :*'])(
    'but any text may be searched for: %j',
    async (q) => {
      const response = await alice.get(`/corpora/personal/search?q=${encodeURIComponent(q)}`);
      expect(response.statusCode).toBe(200);
    },
  );

  it.each([
    [`/runs/${UNKNOWN_ID}/decision`, { decision: 'maybe', text_sha256: '0'.repeat(64) }],
    [`/runs/${UNKNOWN_ID}/decision`, { decision: 'approve', text_sha256: 'abc' }],
    [`/runs/${UNKNOWN_ID}/decision`, {}],
    ['/runs/x/decision', { decision: 'approve', text_sha256: '0'.repeat(64) }],
    ['/runs/x/replay', {}],
    ['/qa/check', {}],
    ['/qa/check', { text: 7 }],
    ['/corpora/secret/import', {}],
    ['/corpora/personal/import?filename=..%2Fa.md', {}],
    ['/corpora/personal/import?source=fax', {}],
  ])('POST %s %j', async (url, payload) => {
    expectProblem(await alice.post(url, payload), 400, 'http.invalid_input');
  });

  it('DELETE of a document that is none', async () => {
    for (const id of ['7', 'x', '99999999999999999999', '%00'])
      expectProblem(await alice.delete(`/corpora/personal/documents/${id}`), 404, 'corpus.document_unknown');
  });
});

describe('the request id', () => {
  it.each(['abc-123', 'A.b_c~9', 'x'.repeat(128)])('%s is taken over', async (id) => {
    for (const response of [
      await alice.get('/runs', { 'x-request-id': id }),
      await alice.get('/nowhere', { 'x-request-id': id }),
    ])
      expect(response.headers['x-request-id']).toBe(id);
  });

  it.each(['two words', '<script>', 'x'.repeat(129), 'ü', '"'])('%s is replaced', async (id) => {
    const response = await alice.get('/nowhere', { 'x-request-id': id });
    expectProblem(response, 404, 'http.no_route');
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a line that does not speak HTTP', () => {
  it.each([
    ['no request', 'what did I decide\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  ])('%s', async (_what, bytes, status) => {
    if (!test.app.getHttpServer().listening) await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const [head, body] = (await readAll(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const headers = Object.fromEntries(
      head!
        .split('\r\n')
        .slice(1)
        .map((line) => {
          const at = line.indexOf(':');
          return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
        }),
    );
    expectProblem({ statusCode: status, headers, body: body! }, status, 'http.malformed_request');
  });
});
