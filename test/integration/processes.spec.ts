import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectProblem, type PlainResponse } from '../support/http.js';
import { OpenAiStub } from '../support/openai-stub.js';
import {
  bearer,
  call,
  endProcesses,
  importEnd,
  importNote,
  runCommand,
  startServer,
  type TestServer,
} from '../support/process.js';
import { WatchedDatabase } from '../support/process-database.js';

const QUESTION = { prompt: 'How do I prune the pear tree?' };
const NOTE = 'I prune the pear tree in February: first the crossing branches, then the water shoots.';
const IMPORT = '/corpora/personal/import';

afterEach(endProcesses);

const ask = async (server: TestServer, key: string): Promise<PlainResponse> =>
  call(server, 'POST', '/query', { ...(await bearer('alice')), 'idempotency-key': key }, QUESTION);

/** Repeats a request until the run that its key began is answered. */
async function answered(server: TestServer, key: string): Promise<Record<string, unknown>> {
  for (;;) {
    const response = await ask(server, key);
    if (response.statusCode === 200) return JSON.parse(response.body) as Record<string, unknown>;
    expectProblem(response, 409, 'pipeline.in_progress');
    await sleep(100);
  }
}

describe('a server on PostgreSQL that is stopped in mid-run', () => {
  let database: WatchedDatabase;

  beforeEach(async () => {
    database = await WatchedDatabase.create();
  });
  afterEach(async () => {
    await endProcesses();
    await database.close();
  });

  const runs = () => database.rows(`SELECT task_id, state, attempts FROM runs`);
  /** As if their time were over. */
  const leasesRunOut = () =>
    database.rows(`UPDATE runs SET lease_expires_at = now() - interval '1 second' WHERE state = 'running'`);

  it('by SIGTERM finishes the run within the grace time, refuses new ones, and exits with 0', async () => {
    const server = await startServer({ DATABASE_URL: database.url, SHUTDOWN_GRACE_MS: '60000' });
    await importNote(server, NOTE);
    await database.lockDocuments();
    const asked = ask(server, 'one');
    await database.waitsFor(asked);
    server.process.signal('SIGTERM');
    await server.process.says(/pipeline\.draining/);
    const refused = await ask(server, 'two');
    expectProblem(refused, 503, 'pipeline.shutting_down');
    expect(refused.headers['retry-after']).toMatch(/^[1-9]/);
    expectProblem(await call(server, 'GET', '/health/ready', {}), 503, 'health.not_ready');
    expect((await call(server, 'GET', '/health/live', {})).statusCode).toBe(200);
    await database.unlock();
    const answer = await asked;
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('crossing branches');
    expect((await server.process.ended).code).toBe(0);
    expect(await database.rows(`SELECT state FROM runs`)).toEqual([{ state: 'succeeded' }]);
  });

  it('by SIGTERM with too little grace hands the run over, and another process ends it', async () => {
    const environment = { DATABASE_URL: database.url, SHUTDOWN_GRACE_MS: '100' };
    const server = await startServer(environment);
    await importNote(server, NOTE);
    await database.lockDocuments();
    const asked = ask(server, 'one');
    await database.waitsFor(asked);
    server.process.signal('SIGTERM');
    const problem = expectProblem(await asked, 503, 'pipeline.handed_over');
    expect(problem).toMatchObject({ retryable: true, location: `/runs/${problem['task_id']}` });
    const { headers } = await asked;
    expect(headers['retry-after']).toMatch(/^[1-9]/);
    expect(headers['location']).toBe(`/runs/${problem['task_id']}`);
    expect((await server.process.ended).code).toBe(0);
    expect(await runs()).toMatchObject([{ task_id: problem['task_id'], state: 'queued', attempts: 0 }]);
    await database.unlock();
    const answer = await answered(await startServer(environment), 'one');
    expect(answer).toMatchObject({
      task_id: problem['task_id'],
      content: expect.stringContaining('crossing'),
    });
    expect(await runs()).toMatchObject([{ state: 'succeeded', attempts: 0 }]);
  });

  it('by SIGKILL: the next process goes on with the run when its lease is over', async () => {
    const server = await startServer({ DATABASE_URL: database.url });
    await importNote(server, NOTE);
    await database.lockDocuments();
    const asked = ask(server, 'one').catch((error: unknown) => error);
    await database.waitsFor(asked);
    server.process.signal('SIGKILL');
    expect(await asked).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    await database.unlock();
    const [run] = await runs();
    expect(run).toMatchObject({ state: 'running' });

    const next = await startServer({ DATABASE_URL: database.url });
    expect(expectProblem(await ask(next, 'one'), 409, 'pipeline.in_progress')['task_id']).toBe(
      run!['task_id'],
    );
    await leasesRunOut();
    await next.process.says(/run\.orphaned/);
    expect(await answered(next, 'one')).toMatchObject({ task_id: run!['task_id'] });
    expect(await runs()).toMatchObject([{ state: 'succeeded', attempts: 1 }]);
  });

  it('by SIGKILL in a call outside: the call counts as spent, and what came before it is not asked again', async () => {
    const stub = await OpenAiStub.start();
    try {
      const environment = {
        DATABASE_URL: database.url,
        GEN_PROVIDER: 'openai',
        OPENAI_BASE_URL: stub.baseUrl,
        OPENAI_API_KEY: 'k',
      };
      const server = await startServer(environment);
      await importNote(server, NOTE);
      // The outline is written, the draft never comes.
      stub.faultFor = (ordinal) => (ordinal === 1 ? { kind: 'hang' } : null);
      const asked = ask(server, 'one').catch((error: unknown) => error);
      await stub.called(2);
      server.process.signal('SIGKILL');
      await asked;
      const open = `SELECT role, state FROM budget_reservations ORDER BY reserved_at`;
      expect(await database.rows(open)).toEqual([
        { role: 'ideator', state: 'succeeded' },
        { role: 'drafter', state: 'reserved' },
      ]);
      const before = await database.rows(`SELECT sequence, body FROM journal_entries ORDER BY sequence`);
      expect(before.length).toBeGreaterThan(0);

      const next = await startServer(environment);
      await leasesRunOut();
      const answer = await answered(next, 'one');
      const schemas = stub.calls.map(({ schemaName }) => schemaName);
      expect(schemas.filter((name) => name === 'outline')).toHaveLength(1);
      expect(schemas.filter((name) => name === 'draft')).toHaveLength(1);
      expect(answer['metadata']).toMatchObject({
        stages: expect.arrayContaining([
          expect.objectContaining({ role: 'drafter', external_calls: 1, fallback: 'local' }),
        ]),
      });
      const after = await database.rows(`SELECT sequence, body FROM journal_entries ORDER BY sequence`);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(await database.rows(`${open} LIMIT 2`)).toMatchObject([
        { state: 'succeeded' },
        { state: 'reserved' },
      ]);
    } finally {
      await stub.stop();
    }
  });

  it('two replicas that start together on an empty database both become ready and share the work', async () => {
    const environment = { DATABASE_URL: database.url };
    const [one, other] = await Promise.all([startServer(environment), startServer(environment)]);
    for (const replica of [one, other])
      expect((await call(replica, 'GET', '/health/ready', {})).statusCode).toBe(200);
    await importNote(one, NOTE);
    const first = await ask(one, 'shared');
    expect(first.statusCode).toBe(200);
    expect(JSON.parse((await ask(other, 'shared')).body)).toEqual(JSON.parse(first.body));
  });
});

describe('a server on a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mcg-processes-'));
  });
  afterEach(async () => {
    await endProcesses();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps a second one out, which says who holds it and where', async () => {
    const server = await startServer({ MCG_DATA_DIR: folder });
    const { code, stderr } = await runCommand(['serve'], { MCG_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('[database.folder_in_use]');
    expect(stderr).toContain(`process ${server.process.pid}`);
    expect(stderr).toContain(server.url);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect((await call(server, 'GET', '/health/ready', {})).statusCode).toBe(200);
  });

  it('keeps what it has through SIGKILL: an upload that was cut off goes on, and can be repeated', async () => {
    const server = await startServer({ MCG_DATA_DIR: folder });
    await importNote(server, NOTE);
    expect((await ask(server, 'one')).statusCode).toBe(200);
    const export_ = await readFile('examples/personal/conversations.json', 'utf8');
    const headers = { ...(await bearer('alice')), 'content-type': 'application/json' };
    const cutOff = await call(server, 'POST', IMPORT, headers, export_);
    server.process.signal('SIGKILL');
    await server.process.ended;

    const next = await startServer({ MCG_DATA_DIR: folder });
    const status = await importEnd(next, cutOff);
    expect(status).toMatchObject({ state: 'succeeded', changed: 0, error: null });
    const repeated = await importEnd(next, await call(next, 'POST', IMPORT, headers, export_));
    expect(repeated).toMatchObject({ state: 'succeeded', changed: 0 });
    const again = await importEnd(next, await call(next, 'POST', IMPORT, headers, export_));
    const stored = Number(repeated['created']) + Number(repeated['unchanged']);
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: stored });
    expect(JSON.parse((await ask(next, 'one')).body)).toMatchObject({ agent_role: 'summarizer' });
    const { body } = await call(next, 'GET', '/corpora', await bearer('alice'));
    expect(JSON.parse(body)).toMatchObject({ corpora: [{ document_count: stored + 1 }] });
  });

  it('stops at SIGTERM and at SIGINT, though a client has stopped in the middle of an upload', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = await startServer({ MCG_DATA_DIR: folder, SHUTDOWN_GRACE_MS: '100' });
      const { port } = new URL(server.url);
      const { authorization } = await bearer('alice');
      const head = ['Host: a', `Authorization: ${authorization}`, 'Content-Type: text/plain'];
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write([`POST ${IMPORT} HTTP/1.1`, ...head, 'Content-Length: 999', '', 'half'].join('\r\n'));
      expect((await call(server, 'GET', '/health/live', {})).statusCode).toBe(200);
      server.process.signal(signal);
      expect((await server.process.ended).code).toBe(0);
    }
    const next = await startServer({ MCG_DATA_DIR: folder });
    expect((await call(next, 'GET', '/health/ready', {})).statusCode).toBe(200);
  });

  it('says that its port is taken', async () => {
    const server = await startServer({ MCG_DATA_DIR: folder });
    const { port } = new URL(server.url);
    const other = { MCG_DATA_DIR: join(folder, 'other'), PORT: port };
    const { code, stderr } = await runCommand(['serve'], other);
    expect(code).toBe(69);
    expect(stderr).toMatch(/\[server\.cannot_listen\]\nwhat to do: .*PORT/);
  });
});

describe('the log of a server', () => {
  it('at info holds no prompt, no text of a corpus, no token and no key; each line its ids', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mcg-log-'));
    try {
      const server = await startServer({
        MCG_DATA_DIR: folder,
        LOG_LEVEL: 'info',
        NODE_ENV: 'production',
      });
      const auth = await bearer('alice');
      const text = { ...auth, 'content-type': 'text/plain' };
      const note = `${NOTE} The marker is zyzzogeton, and the card 4111 1111 1111 1111 pays for it.`;
      await importEnd(server, await call(server, 'POST', IMPORT, text, note));
      const prompts = ['What is the marker promptmarker of the pear tree?', 'Which card pays? promptmarker'];
      const taskIds: string[] = [];
      for (const prompt of prompts) {
        const response = await call(server, 'POST', '/query', auth, { prompt });
        expect([200, 422]).toContain(response.statusCode);
        taskIds.push((JSON.parse(response.body) as { task_id: string }).task_id);
      }
      const bad = [
        await call(
          server,
          'POST',
          '/query',
          { ...auth, 'content-type': 'application/json' },
          '{"promptmarker',
        ),
        await call(server, 'POST', '/query', auth, { prompt: 'promptmarker', promptmarker: 1 }),
        await call(server, 'GET', '/runs?promptmarker=1', auth),
        await call(server, 'GET', '/runs', { authorization: 'Bearer tokenmarker.tokenmarker.tokenmarker' }),
        await call(server, 'GET', '/corpora/personal/search?q=promptmarker%20zyzzogeton', auth),
      ];
      expect(bad.map((response) => response.statusCode)).toEqual([400, 400, 400, 401, 200]);
      server.process.signal('SIGTERM');
      const { stderr, stdout } = await server.process.ended;
      expect(stdout).toBe('');
      expect(stderr).not.toMatch(/promptmarker|zyzzogeton|4111|crossing branches|tokenmarker/);
      expect(stderr).not.toContain(auth['authorization']!.split('.')[2]!);
      expect(stderr).not.toContain('a secret of the tests');
      const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
      const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      for (const taskId of taskIds)
        expect(events.filter((event) => event['task_id'] === taskId)).toContainEqual(
          expect.objectContaining({ msg: expect.stringMatching(/^run\./), request_id: expect.any(String) }),
        );
      const requests = events.filter((event) => event['msg'] === 'http.request');
      expect(requests.length).toBeGreaterThan(7);
      expect(requests.every((event) => typeof event['request_id'] === 'string')).toBe(true);
    } finally {
      await endProcesses();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
