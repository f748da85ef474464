import { EXPORT_OUTLINES } from '../../bench/eval/hostile/export-outlines.js';
import {
  attackEndpoint,
  endpointsOf,
  type OpenApi,
  type Send,
} from '../../bench/eval/hostile/hostile-endpoints.js';
import {
  attackWithContents,
  attackWithTexts,
  documentsOfOutline,
} from '../../bench/eval/hostile/hostile-imports.js';
import { OWN_HOSTILE_SET } from '../../bench/eval/hostile/hostile-set.js';
import { storageBreaches, unexpectedImports } from '../../bench/eval/hostile/hostile-storage.js';
import { IMPORT_SOURCES } from '../../src/corpus/importers/detect-importer.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { TestClient } from '../support/http.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const LONG_MS = 600_000;
const emptyFolder = temporaryFolders();

let test: TestApp;
let alice: TestClient;
let send: Send;
const statuses = new Map<number, number>();

beforeAll(async () => {
  test = await startTestApp({ RATE_LIMIT_PER_MINUTE: '1000000' });
  const scopes = ['query', 'corpora:read', 'corpora:write', 'admin', 'review', 'audit'] as const;
  alice = new TestClient(test, await test.authorize('alice', ...scopes));
  send = async ({ payload, headers, ...request }) => {
    const response = await test.app.inject({
      ...request,
      headers: { ...alice.headers, ...headers },
      ...(payload === undefined ? {} : { payload: Buffer.from(payload) }),
    } as Parameters<typeof test.app.inject>[0]);
    statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
    return response as Awaited<ReturnType<Send>>;
  };
});
afterAll(() => test.close());

describe('hostile inputs to importers', () => {
  it(
    'as contents of files end in documents that can be stored, or in a refusal',
    async () => {
      const { tried, breaches } = await attackWithContents(emptyFolder(), OWN_HOSTILE_SET.contents);
      expect(breaches).toEqual([]);
      expect(tried).toBeGreaterThan(400);
    },
    LONG_MS,
  );

  it(
    'as texts in exports end the same way',
    async () => {
      const { breaches } = await attackWithTexts(emptyFolder(), OWN_HOSTILE_SET.texts);
      expect(breaches).toEqual([]);
    },
    LONG_MS,
  );

  it.each(Object.keys(EXPORT_OUTLINES))('reach the texts of %s', async (source) => {
    const documents = await documentsOfOutline(emptyFolder(), source, 'plain words of frost');
    expect(documents.map(({ text, title }) => `${title} ${text}`).join()).toContain('plain words of frost');
  });

  it('reach every source there is but those that are no text', () => {
    expect(IMPORT_SOURCES.filter((source) => !(source in EXPORT_OUTLINES))).toEqual(['pdf']);
  });
});

describe('hostile inputs to endpoints', () => {
  it(
    'are answered, and by no fault of the server',
    async () => {
      const description = (await alice.get('/openapi.json')).json<OpenApi>();
      const breaches: string[] = [];
      let tried = 0;
      for (const endpoint of endpointsOf(description)) {
        const report = await attackEndpoint(endpoint, OWN_HOSTILE_SET, send);
        breaches.push(...report.breaches);
        tried += report.tried;
      }
      expect(breaches).toEqual([]);
      expect(tried).toBeGreaterThan(3_000);
      expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 404]));
      expect(await unexpectedImports(send)).toEqual([]);
      expect(Object.prototype).not.toHaveProperty('polluted');
      expect((await alice.get('/health')).statusCode).toBe(200);
    },
    LONG_MS,
  );

  it(
    'are stored and given back as they are, but for NUL and halves of signs',
    async () => {
      expect(await storageBreaches(send, OWN_HOSTILE_SET.texts)).toEqual([]);
    },
    LONG_MS,
  );
});
