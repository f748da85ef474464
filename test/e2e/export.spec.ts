import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { DocumentWriter, type ImportedDocument } from '../../src/corpus/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { expectProblem, finishedImport, TestClient } from '../support/http.js';

const EXPORT = '/corpora/published/export';
const POST: ImportedDocument = {
  externalId: 'post-1',
  threadId: null,
  authorRole: 'self',
  title: '=HYPERLINK("x")',
  text: 'On pears.\r\n---\nAnd frost, "late".',
  url: 'https://example.org/pears',
  createdAt: '2024-03-05T10:20:30.123Z',
  tags: ['fruit', 'late frost'],
  attachments: ['image: pear.jpg'],
  engagement: 7,
  userTags: ['keep'],
};

let test: TestApp;
let alice: TestClient;
let bob: TestClient;

beforeAll(async () => {
  test = await startTestApp();
  const client = async (user: string, ...scopes: Parameters<TestApp['authorize']>[1][]) =>
    new TestClient(test, await test.authorize(user, ...scopes));
  alice = await client('alice', 'corpora:read', 'corpora:write');
  bob = await client('bob', 'corpora:read', 'corpora:write');
  await write('alice', [POST, { ...POST, externalId: 'post-2', title: null, text: "'quoted'", tags: [] }]);
});
afterAll(() => test.close());

async function write(ownerId: string, documents: readonly ImportedDocument[]): Promise<void> {
  await test.app.get(DocumentWriter).write({ ownerId, corpus: 'published', source: 'substack', documents });
}

describe('GET /corpora/:corpus/export', () => {
  it.each([
    ['jsonl', /^application\/jsonl/, /\.jsonl"$/],
    ['csv', /^text\/csv; charset=utf-8/, /\.csv"$/],
    ['markdown', /^application\/zip/, /\.zip"$/],
  ])('as %s is a file that another owner imports to the same documents', async (format, type, name) => {
    const response = await alice.get(`${EXPORT}?format=${format}`);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(type);
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="mcg-published-/);
    expect(response.headers['content-disposition']).toMatch(name);
    const carol = new TestClient(
      test,
      await test.authorize(`carol-${format}`, 'corpora:read', 'corpora:write'),
    );
    const upload = { 'content-type': String(response.headers['content-type']) };
    const status = await finishedImport(carol, await carol.post('/imports', response.rawPayload, upload));
    expect(status).toMatchObject({ state: 'succeeded', created: 2, skipped: 0, corpus: 'published' });
    expect(await shown(carol)).toEqual(await shown(alice));
  });

  it('holds JSON a line by the names of the API', async () => {
    const { body } = await alice.get(`${EXPORT}?tag=fruit`);
    expect(body.split('\n')).toEqual([expect.any(String), '']);
    expect(JSON.parse(body)).toEqual({
      mcg_document: 1,
      corpus: 'published',
      source: 'substack',
      external_id: 'post-1',
      thread_id: null,
      reply_to: null,
      author_role: 'self',
      author_name: null,
      title: POST.title,
      timestamp: POST.createdAt,
      url: POST.url,
      engagement: 7,
      tags: POST.tags,
      user_tags: ['keep'],
      attachments: POST.attachments,
      text: POST.text,
    });
  });

  it('holds no formula as a table', async () => {
    const { body } = await alice.get(`${EXPORT}?format=csv`);
    expect(body).toContain(`"'=HYPERLINK(""x"")"`);
    expect(body).toContain(`"''quoted'"`);
    expect(body.startsWith('\ufeffmcg_document,corpus,source,')).toBe(true);
  });

  it('is empty where nothing matches, and nobody else’s', async () => {
    expect((await alice.get(`${EXPORT}?source=none`)).body).toBe('');
    expect((await bob.get(EXPORT)).body).toBe('');
    expectProblem(await bob.get(`${EXPORT}?owner=alice`), 403, 'auth.foreign_owner');
    const writer = new TestClient(test, await test.authorize('alice', 'corpora:write'));
    expectProblem(await writer.get(EXPORT), 403, 'auth.scope_missing');
  });

  it.each(['format=pdf', 'since=yesterday', 'author=me', 'limit=5', 'language=english'])(
    'refuses ?%s',
    async (query) => {
      expectProblem(await alice.get(`${EXPORT}?${query}`), 400, 'http.invalid_input');
    },
  );

  it('breaks the line where the database fails on the way, and leaves it free where a reader goes', async () => {
    const { headers } = new TestClient(test, await test.authorize('dora', 'corpora:read'));
    const long = { ...POST, text: 'frost '.repeat(4_000) };
    await write(
      'dora',
      Array.from({ length: 1_200 }, (_, at) => ({ ...long, externalId: `post-${at}` })),
    );
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const database = test.app.get<DataSource>(DataSource);
    const begun = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const call = request({ host: '127.0.0.1', port, path: EXPORT, headers }, resolve);
        call.on('error', reject).end();
      });
    (await begun()).destroy();
    const response = await begun();
    expect(response.statusCode).toBe(200);
    await database.query('ALTER TABLE documents RENAME TO documents_gone');
    try {
      await expect(response.toArray()).rejects.toThrow('aborted');
    } finally {
      await database.query('ALTER TABLE documents_gone RENAME TO documents');
    }
    expect((await alice.get(EXPORT)).statusCode).toBe(200);
  });
});

async function shown(client: TestClient): Promise<unknown[]> {
  const { documents } = (await client.get('/corpora/published/documents')).json<{
    documents: { document_id: string }[];
  }>();
  const all = [];
  for (const { document_id: id } of documents) {
    const whole = (await client.get(`/corpora/published/documents/${id}`)).json<Record<string, unknown>>();
    const { document_id: _id, import_id: _import, imported_at: _at, thread: _thread, ...rest } = whole;
    all.push(rest);
  }
  return all.sort((one, other) => String(one['external_id']).localeCompare(String(other['external_id'])));
}
