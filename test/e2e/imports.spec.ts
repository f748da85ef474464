import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/audit/index.js';
import { exchange, writeZip } from '../fixtures/chatgpt-export.fixture.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, finishedImport, TestClient } from '../support/http.js';

const SAMPLE = 'examples/personal/conversations.json';
const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT_TYPE = { 'content-type': 'text/plain' };
const IMPORT = '/corpora/personal/import';
let folder: string;
let test: TestApp;
let alice: TestClient;
let bob: TestClient;
let admin: TestClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imports-'));
  test = await startTestApp({ IMPORT_MAX_BYTES: '2000000' });
  const client = async (user: string, scopes: Parameters<TestApp['authorize']>[1][]) =>
    new TestClient(test, await test.authorize(user, ...scopes));
  alice = await client('alice', ['query', 'corpora:read', 'corpora:write']);
  bob = await client('bob', ['corpora:read', 'corpora:write']);
  admin = await client('root', ['admin', 'corpora:read', 'corpora:write']);
});

afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

function spooled(of = test): string[] {
  const spool = join(of.dataDirectory, 'spool');
  return existsSync(spool) ? readdirSync(spool) : [];
}

async function documentCount(client: TestClient): Promise<number> {
  const { corpora } = (await client.get('/corpora')).json<{ corpora: { document_count: number }[] }>();
  return corpora.reduce((sum, each) => sum + each.document_count, 0);
}

describe('an upload', () => {
  it('is read whole; the same again changes nothing; and no file stays behind', async () => {
    const bytes = readFileSync(SAMPLE);
    const first = await finishedImport(alice, await alice.post(IMPORT, bytes, JSON_TYPE));
    expect(first).toMatchObject({
      state: 'succeeded',
      source: 'chatgpt',
      owner: 'alice',
      corpus: 'personal',
      changed: 0,
      unchanged: 0,
      error: null,
    });
    const { read, created, skipped } = first as { read: number; created: number; skipped: number };
    expect(created).toBeGreaterThan(100);
    expect(read).toBe(created + skipped);
    const second = await finishedImport(alice, await alice.post(IMPORT, bytes, JSON_TYPE));
    expect(second).toMatchObject({ state: 'succeeded', read, created: 0, changed: 0, unchanged: created });
    expect(await documentCount(alice)).toBe(created);
    expect(spooled()).toEqual([]);
  });

  it('updates a message that changed', async () => {
    const upload = (text: string) =>
      bob.post(`${IMPORT}?filename=note.md`, text, { 'content-type': 'text/markdown' });
    await finishedImport(bob, await upload('# Pears\nPrune in winter.'));
    const status = await finishedImport(bob, await upload('# Pears\nPrune in February.'));
    expect(status).toMatchObject({ created: 0, changed: 1, unchanged: 0 });
    const { hits } = (await bob.get('/corpora/personal/search?q=prune')).json();
    expect(hits).toHaveLength(1);
    expect(hits[0].text).toContain('February');
  });

  it('may be a stream of unknown length, an archive, or several at once', async () => {
    const zip = await writeZip(join(folder, 'export.zip'), {
      'conversations.json': JSON.stringify([exchange('one'), exchange('two')]),
    });
    const started = await Promise.all([
      alice.post('/corpora/social/import', 'A first post.', { 'content-type': 'text/plain; charset=utf-8' }),
      alice.post('/corpora/social/import', 'A second post.', { 'content-type': 'text/plain' }),
      test.app.inject({
        method: 'POST',
        url: '/corpora/social/import',
        headers: { ...alice.headers, 'content-type': 'application/zip' },
        payload: createReadStream(zip),
      }),
    ]);
    const ended = await Promise.all(started.map((each) => finishedImport(alice, each)));
    expect(ended.map((each) => each['created'])).toEqual([1, 1, 4]);
    expect(spooled()).toEqual([]);
  });

  it('reports one broken conversation and keeps the rest', async () => {
    const export_ = JSON.stringify([exchange('kept'), { title: 'broken', mapping: 7 }]);
    const status = await finishedImport(bob, await bob.post(IMPORT, export_, JSON_TYPE));
    expect(status).toMatchObject({ state: 'succeeded', created: 2, skipped: 1 });
    expect(JSON.stringify(status['skipped_reasons'])).toContain('[1]');
  });

  it('that claims to be a text and is none stores nothing, and says so', async () => {
    const status = await finishedImport(bob, await bob.post(IMPORT, '\u0000\u0001\u0002', TEXT_TYPE));
    expect(status).toMatchObject({ state: 'succeeded', read: 1, created: 0, skipped: 1, unreadable: 1 });
  });

  it('is written into the trail', async () => {
    const { import_id: id } = await finishedImport(
      alice,
      await alice.post('/corpora/published/import', 'On pears.', { 'content-type': 'text/plain' }),
    );
    await test.app.get(AuditLog).flush();
    const events = await test.app
      .get<DataSource>(DataSource)
      .query(`SELECT actor, action, outcome, details FROM audit_events WHERE resource = $1`, [
        `imports/${String(id)}`,
      ]);
    expect(events).toEqual([
      {
        actor: 'alice',
        action: 'corpus.import',
        outcome: 'done',
        details: expect.objectContaining({ owner: 'alice', corpus: 'published', created: 1 }),
      },
    ]);
  });
});

describe('an upload that is refused', () => {
  let before: number;
  beforeEach(async () => {
    before = await documentCount(bob);
  });
  afterEach(async () => {
    expect(spooled()).toEqual([]);
    expect(await documentCount(bob)).toBe(before);
  });

  it.each([
    ['image/png', 'x', 415, 'corpus.unsupported_media'],
    ['application/msword', 'x', 415, 'corpus.unsupported_media'],
    ['application/json', '', 400, 'corpus.upload_empty'],
    ['application/json', '{"broken', 422, 'corpus.unrecognised_import'],
    ['application/json', '{"hello": "world"}', 422, 'corpus.unrecognised_import'],
    ['application/json', '<!doctype html><title>chat</title>', 422, 'corpus.unrecognised_import'],
    ['application/json', '\u0000\u0001\u0002', 422, 'corpus.unrecognised_import'],
    ['application/zip', 'PK\u0003\u0004 and no more', 422, 'corpus.broken_archive'],
    ['application/json', 'x'.repeat(2_000_001), 413, 'corpus.upload_too_large'],
  ] as const)('%s %.20j', async (type, body, status, code) => {
    expectProblem(await bob.post(IMPORT, body, { 'content-type': type }), status, code);
  });

  it('has no type, or no body', async () => {
    const bare = await test.app.inject({ method: 'POST', url: IMPORT, headers: bob.headers });
    expectProblem(bare, 415, 'corpus.unsupported_media');
    expectProblem(await bob.post(IMPORT, undefined, JSON_TYPE), 400, 'corpus.upload_empty');
  });

  it('names the limit it is over', async () => {
    const response = await bob.post(IMPORT, 'x'.repeat(2_000_001), JSON_TYPE);
    expect(expectProblem(response, 413, 'corpus.upload_too_large')['max_bytes']).toBe(2_000_000);
  });

  it('says what was expected', async () => {
    const response = await bob.post(IMPORT, '{"hello": "world"}', JSON_TYPE);
    const { hint } = expectProblem(response, 422, 'corpus.unrecognised_import');
    expect(hint).toMatch(/conversations\.json.*ZIP/);
  });

  it('names another owner without the right to', async () => {
    const response = await bob.post(`${IMPORT}?owner=alice`, 'x', { 'content-type': 'text/plain' });
    expectProblem(response, 403, 'auth.foreign_owner');
  });
});

describe('an upload that ends before its end', () => {
  it('leaves nothing, and the server goes on', async () => {
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const before = await documentCount(bob);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      [
        `POST ${IMPORT} HTTP/1.1`,
        'Host: localhost',
        `Authorization: ${bob.headers['authorization']}`,
        'Content-Type: text/plain',
        'Content-Length: 1000000',
        '',
        'The first words of a long text.',
      ].join('\r\n'),
    );
    while (spooled().length === 0) await sleep(10);
    socket.destroy();
    while (spooled().length > 0) await sleep(10);
    expect(await documentCount(bob)).toBe(before);
    const response = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(response.status).toBe(200);
  });

  it('over the limit, without a length, over a real line: the refusal arrives', async () => {
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const part = new Uint8Array(500_000).fill(120);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let n = 0; n < 8; n++) controller.enqueue(part);
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { ...bob.headers, 'content-type': 'text/plain' },
      body,
      duplex: 'half',
    };
    const response = await fetch(`http://127.0.0.1:${port}${IMPORT}`, init);
    const headers = Object.fromEntries(response.headers);
    const answer = { statusCode: response.status, headers, body: await response.text() };
    expectProblem(answer, 413, 'corpus.upload_too_large');
    expect(spooled()).toEqual([]);
  });
});

describe("another's import", () => {
  it('is unknown to everyone but its owner and the one who started it', async () => {
    const started = await alice.post(IMPORT, 'Only mine.', { 'content-type': 'text/plain' });
    const { import_id: id } = await finishedImport(alice, started);
    const foreign = expectProblem(await bob.get(`/imports/${String(id)}`), 404, 'corpus.import_unknown');
    const missing = expectProblem(
      await bob.get('/imports/0198f2c4-0000-7000-8000-000000000000'),
      404,
      'corpus.import_unknown',
    );
    expect({ ...foreign, request_id: '' }).toEqual({ ...missing, request_id: '' });
  });

  it('may be made by an admin who names the owner; both can read it, and the trail says so', async () => {
    const url = `${IMPORT}?owner=carol`;
    const started = await admin.post(url, 'For Carol.', { 'content-type': 'text/plain' });
    const status = await finishedImport(admin, started);
    expect(status).toMatchObject({ state: 'succeeded', owner: 'carol', created: 1 });
    const carol = new TestClient(test, await test.authorize('carol', 'corpora:read'));
    expect((await carol.get(`/imports/${String(status['import_id'])}`)).statusCode).toBe(200);
    expect(await documentCount(carol)).toBe(1);
    await test.app.get(AuditLog).flush();
    const events = await test.app
      .get<DataSource>(DataSource)
      .query(`SELECT actor, outcome FROM audit_events WHERE action = 'owner.act_for' AND resource = 'carol'`);
    expect(events).toEqual([{ actor: 'root', outcome: 'allowed' }]);
  });
});
