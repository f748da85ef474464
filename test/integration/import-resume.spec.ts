import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../fixtures/chatgpt-export.fixture.js';
import { bearer, call, endProcesses, importEnd, startServer } from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';

const CONVERSATIONS = 12_000;
const MESSAGES = 2 * CONVERSATIONS;

let database: WatchedDatabase;
let folder: string;

beforeEach(async () => {
  database = await WatchedDatabase.create();
  folder = await mkdtemp(join(tmpdir(), 'import-resume-'));
});
afterEach(async () => {
  await endProcesses();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function storedCount(): Promise<number> {
  const [row] = await database.rows<{ documents: number }>(
    'SELECT count(*)::int AS documents FROM documents',
  );
  return row!.documents;
}

/** An export of which one batch is stored when its process is killed. */
async function cutOff(environment: Record<string, string>) {
  const server = await startServer(environment);
  const headers = { ...(await bearer('alice')), 'content-type': 'application/json' };
  const many = Array.from({ length: CONVERSATIONS }, (_, at) => exchange(`m${at}`));
  const started = await call(server, 'POST', '/imports', headers, JSON.stringify(many));
  while ((await storedCount()) === 0) await sleep(5);
  server.process.signal('SIGKILL');
  await server.process.ended;
  return started;
}

describe('an upload whose process is killed in mid-import', () => {
  it('goes on under its id when the lease has run out; what was stored is recognised, nothing is doubled', async () => {
    const environment = { DATABASE_URL: database.url, MCG_DATA_DIR: folder };
    const started = await cutOff(environment);
    const storedBefore = await storedCount();
    const next = await startServer(environment);
    await database.rows(`UPDATE imports SET lease_expires_at = now() WHERE state = 'running'`);
    const status = await importEnd(next, started);
    expect(status).toMatchObject({ state: 'succeeded', error: null, changed: 0, skipped: 0, read: MESSAGES });
    expect(Number(status['unchanged'])).toBeGreaterThanOrEqual(storedBefore);
    expect(Number(status['created']) + Number(status['unchanged'])).toBe(MESSAGES);
    expect(await storedCount()).toBe(MESSAGES);
    const imports = await database.rows('SELECT DISTINCT import_id FROM documents');
    expect(imports).toEqual([{ import_id: status['import_id'] }]);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
    const [upload] = await database.rows('SELECT upload FROM imports');
    expect(upload).toEqual({ upload: null });

    const undo = await call(
      next,
      'POST',
      `/imports/${String(status['import_id'])}/undo`,
      await bearer('alice'),
    );
    expect(undo.statusCode).toBe(202);
    while ((await storedCount()) > 0) await sleep(20);
  });
});
