import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { exchange } from '../../../test/fixtures/chatgpt-export.fixture.js';
import { openTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { type ImportServices, importServicesOn } from '../../../test/support/import-services.js';
import type { Actor } from '../../shared/index.js';
import { storedOptions } from './import-options.js';
import { ImportTally } from './import-tally.js';

const ALICE: Actor = { userId: 'alice', scopes: ['corpora:write'] };
const BOB: Actor = { userId: 'bob', scopes: ['corpora:write'] };
const ADMIN: Actor = { userId: 'root', scopes: ['admin'] };

/** Holds a place in a queue. */
const NO_IMPORT = '0198f2c4-0000-7000-8000-000000000000';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await openTestDatabase(1);
  folder = await mkdtemp(join(tmpdir(), 'import-service-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

function makeServices(setting: { isSole?: boolean; quotaBytesPerOwner?: number } = {}): ImportServices {
  return importServicesOn(database, { dataDirectory: folder, ...setting });
}

async function exportFile(
  text = JSON.stringify([exchange('a'), { title: 'broken' }, exchange('b')]),
): Promise<string> {
  const path = join(folder, 'conversations.json');
  await writeFile(path, text);
  return path;
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return database.dataSource.query(sql);
}

describe('ImportService', () => {
  it('imports a file, counts and audits it, and changes nothing the second time', async () => {
    const { imports } = makeServices();
    const path = await exportFile();
    const first = await imports.run(ALICE, { corpus: 'personal', path });
    expect(first).toMatchObject({ ownerId: 'alice', source: 'chatgpt', state: 'succeeded', error: null });
    expect(first.report).toMatchObject({ read: 5, created: 4, changed: 0, unchanged: 0, skipped: 1 });
    expect(first.report.skippedReasons[0]?.examples).toEqual([{ position: 'conversations.json[1]' }]);
    expect(first.finishedAt).not.toBeNull();
    const second = await imports.run(ALICE, { corpus: 'personal', path });
    expect(second.report).toMatchObject({ read: 5, created: 0, changed: 0, unchanged: 4, skipped: 1 });
    const events = await rows(
      `SELECT actor, outcome, details FROM audit_events WHERE action = 'corpus.import'`,
    );
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      actor: 'alice',
      outcome: 'done',
      details: { owner: 'alice', created: 4 },
    });
  });

  it('records nothing for a file that is no export', async () => {
    const before = await rows('SELECT id FROM imports');
    const path = await exportFile('{"a":1}');
    await expect(
      makeServices().imports.start(ALICE, { corpus: 'personal', path, source: 'chatgpt' }),
    ).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
    });
    expect(await rows('SELECT id FROM imports')).toEqual(before);
  });

  it('ends an import that cannot be read as failed, with its reason', async () => {
    const path = await exportFile('[{"mapping":1}]');
    const record = await makeServices().imports.run(ALICE, { corpus: 'personal', path });
    expect(record).toMatchObject({
      state: 'failed',
      error: { code: 'corpus.unrecognised_import', retryable: false },
    });
    expect(record.report.skippedReasons).toHaveLength(1);
  });

  it('shows an import to its owner and to who started it, and to nobody else', async () => {
    const { imports, records } = makeServices();
    const request = { corpus: 'social', path: await exportFile(), owner: 'alice' } as const;
    const { id } = await imports.run(ADMIN, request);
    expect(await records.find(ALICE, id)).toMatchObject({ ownerId: 'alice' });
    expect(await records.find(ADMIN, id)).toMatchObject({ id });
    await expect(records.find(BOB, id)).rejects.toMatchObject({
      code: 'corpus.import_unknown',
      kind: 'not_found',
    });
    await expect(imports.start(BOB, request)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('refuses what cannot be wished together, and a corpus that is full', async () => {
    const path = await exportFile();
    const wishes = { path, mirror: true, since: '2025-01-01T00:00:00.000Z' };
    await expect(makeServices().imports.run(ALICE, wishes)).rejects.toMatchObject({
      code: 'corpus.mirror_with_since',
      kind: 'invalid',
    });
    await makeServices().imports.run(ALICE, { path });
    const full = makeServices({ quotaBytesPerOwner: 10 });
    await expect(full.imports.run(ALICE, { path })).rejects.toMatchObject({
      code: 'corpus.quota_exceeded',
      details: { quota_bytes: 10, used_bytes: expect.any(Number) },
    });
    expect(await full.imports.run(ALICE, { path, dryRun: true })).toMatchObject({ state: 'succeeded' });
  });

  it('stops at the batch that passes the quota, and says what is stored', async () => {
    const { imports } = makeServices({ quotaBytesPerOwner: 20 });
    const carol: Actor = { userId: 'carol', scopes: [] };
    const record = await imports.run(carol, { path: await exportFile() });
    expect(record).toMatchObject({
      state: 'failed',
      error: { code: 'corpus.quota_exceeded', details: { quota_bytes: 20, used_bytes: 0 } },
      report: { created: 0 },
    });
  });

  it('puts each part where such things belong, where the caller names no corpus', async () => {
    const record = await makeServices().imports.run(BOB, { path: await exportFile() });
    expect(record).toMatchObject({
      corpus: 'personal',
      targets: [{ source: 'chatgpt', corpus: 'personal' }],
    });
  });

  it('names files that nothing reads, and links, as skipped', async () => {
    const notes = await mkdtemp(join(folder, 'notes-'));
    await writeFile(join(notes, 'pears.md'), '# Pears');
    await writeFile(join(notes, 'tool.exe'), 'MZ');
    await symlink(join(notes, 'pears.md'), join(notes, 'same.md'));
    const { report } = await makeServices().imports.run(BOB, { path: notes });
    expect(report).toMatchObject({ created: 1, skipped: 2, unreadable: 0 });
    expect(report.skippedReasons).toEqual(
      expect.arrayContaining([
        { reason: 'kind of file that is not imported', count: 1, examples: [{ position: 'tool.exe' }] },
        { reason: 'symbolic link', count: 1, examples: [{ position: 'same.md' }] },
      ]),
    );
  });
});

describe('an import whose process is gone', () => {
  const interrupted = { state: 'failed', error: { code: 'corpus.import_interrupted', retryable: true } };

  /** An import that its process recorded and never ended; of an upload where a spooled file is named. */
  async function abandoned(upload: { file: string; attempts: number } | null = null) {
    const { lease, repository, records } = makeServices();
    const [row] = await rows('SELECT gen_random_uuid()::text AS id');
    const id = String(row!['id']);
    const entry = {
      id,
      ownerId: 'alice',
      actorId: 'alice',
      targets: [{ source: 'markdown', corpus: 'social' }],
      options: storedOptions({}),
      upload: upload && { ...upload, name: 'kept.md' },
      report: new ImportTally().report(),
    } as const;
    await repository.create(entry, lease.holder);
    return { id, records };
  }

  const expire = (id: string, seconds = 1) =>
    rows(`UPDATE imports SET lease_expires_at = now() - interval '${seconds} second' WHERE id = '${id}'`);

  async function spooled(text: string): Promise<string> {
    const { path } = await makeServices().spool.receive(Readable.from([text]), undefined);
    return path.slice(path.lastIndexOf('/') + 1);
  }

  const waiting = () => readdir(join(folder, 'spool'));

  it('is left alone while its lease runs, and ended when it has run out', async () => {
    const { id, records } = await abandoned();
    const other = makeServices();
    await other.resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'running' });
    await expire(id);
    await other.resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject(interrupted);
  });

  it('is ended at once by the sole process of an embedded database', async () => {
    const { id, records } = await abandoned();
    await makeServices({ isSole: true }).resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject(interrupted);
  });

  it('goes on from its upload under its own id, once, and the file is gone at the end', async () => {
    const { id, records } = await abandoned({ file: await spooled('# Kept\nA kept text.'), attempts: 1 });
    await expire(id);
    const others = [makeServices(), makeServices()];
    await Promise.all(others.map((each) => each.resumption.takeOver()));
    await Promise.all(others.map((each) => each.queue.run(NO_IMPORT, async () => {})));
    expect(await records.find(ALICE, id)).toMatchObject({
      state: 'succeeded',
      report: { created: 1, unchanged: 0 },
      upload: null,
    });
    expect(await waiting()).toEqual([]);
    const [document] = await rows(`SELECT import_id FROM documents WHERE external_id = 'kept.md'`);
    expect(document).toEqual({ import_id: id });
  });

  it('is given up after the third attempt', async () => {
    const { id, records } = await abandoned({ file: await spooled('# Poison'), attempts: 3 });
    await expire(id);
    await makeServices().resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject({
      state: 'failed',
      error: { code: 'corpus.import_gave_up', retryable: false },
    });
    expect(await waiting()).toEqual([]);
  });

  it('waits some minutes for the replica that has its file', async () => {
    const { id, records } = await abandoned({ file: 'on-another-disk', attempts: 1 });
    await expire(id);
    await makeServices().resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'running' });
    await expire(id, 601);
    await makeServices().resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject(interrupted);
  });

  it('is cancelled where its owner said so meanwhile', async () => {
    const { id, records } = await abandoned({ file: await spooled('# Not wanted'), attempts: 1 });
    expect(await records.cancel(ALICE, id)).toMatchObject({ state: 'running', isCancelling: true });
    await expire(id);
    await makeServices().resumption.takeOver();
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'cancelled', error: null });
    expect(await waiting()).toEqual([]);
  });

  it('takes the last word of a process that was thought dead, unless another one has it', async () => {
    const { records } = makeServices();
    const { repository, lease } = makeServices();
    const { id } = await abandoned();
    await rows(`UPDATE imports SET lease_owner = '${lease.holder.owner}' WHERE id = '${id}'`);
    const said = { report: new ImportTally().report(), error: null };
    await repository.save(id, lease.holder.owner, 'failed', said);
    await repository.save(id, lease.holder.owner, 'succeeded', said);
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'succeeded' });
    await repository.save(id, 'another', 'failed', said);
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'succeeded' });
  });
});

describe('a process that is told to stop', () => {
  it('records an import by path as interrupted', async () => {
    const { imports, queue } = makeServices();
    await queue.beforeApplicationShutdown();
    const record = await imports.run(ALICE, { corpus: 'personal', path: await exportFile() });
    expect(record).toMatchObject({ state: 'failed', error: { code: 'corpus.import_interrupted' } });
  });

  it('leaves an upload to the next process, and no attempt is counted', async () => {
    const { uploads, queue, records } = makeServices();
    await queue.beforeApplicationShutdown();
    const body = Readable.from(['# Later\nA later text.']);
    const { id } = await uploads.receive(ALICE, {
      wishes: { filename: 'later.md' },
      contentLength: undefined,
      contentType: 'text/markdown',
      body,
    });
    await queue.run(NO_IMPORT, async () => {});
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'running', upload: { attempts: 0 } });
    const next = makeServices();
    await next.resumption.takeOver();
    await next.queue.run(NO_IMPORT, async () => {});
    expect(await records.find(ALICE, id)).toMatchObject({ state: 'succeeded', report: { created: 1 } });
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });
});

describe('an import that is cancelled', () => {
  it('by the caller who waits for it ends as cancelled, and again as ended', async () => {
    const { imports, records } = makeServices();
    const stop = new AbortController();
    stop.abort();
    const record = await imports.run(ALICE, { path: await exportFile() }, { signal: stop.signal });
    expect(record).toMatchObject({ state: 'cancelled', error: null, isCancelling: false });
    await expect(records.cancel(ALICE, record.id)).rejects.toMatchObject({
      code: 'corpus.import_ended',
      kind: 'conflict',
    });
    await expect(records.cancel(BOB, record.id)).rejects.toMatchObject({ code: 'corpus.import_unknown' });
  });

  it('in another process hears of it at its next beat, also while it waits', async () => {
    const one = makeServices();
    const other = makeServices();
    const { promise: blocked, resolve: unblock } = Promise.withResolvers<void>();
    const blocking = one.queue.run(NO_IMPORT, () => blocked);
    const running = one.imports.run(ALICE, { path: await exportFile() });
    let id: string | undefined;
    while (id === undefined) {
      const [found] = await rows(`SELECT id FROM imports WHERE state = 'running' AND owner_id = 'alice'`);
      id = found?.['id'] as string | undefined;
    }
    await other.records.cancel(ALICE, id);
    await one.lease.keep();
    expect(await running).toMatchObject({ id, state: 'cancelled' });
    unblock();
    await blocking;
  });
});

describe('ImportUploadService', () => {
  it('imports a body and leaves no file behind', async () => {
    const { uploads, imports, records } = makeServices();
    const body = Readable.from(['# Pears\n\nPrune them in winter.']);
    const record = await uploads.receive(BOB, {
      wishes: { corpus: 'personal', filename: 'quinces' },
      contentLength: undefined,
      contentType: 'text/markdown; charset=utf-8',
      body,
    });
    expect(record).toMatchObject({ state: 'running', source: 'markdown' });
    // Imports run one after another: when this one has ended, so has the upload's.
    await imports.run(ALICE, { corpus: 'personal', path: await exportFile() });
    expect(await records.find(BOB, record.id)).toMatchObject({ state: 'succeeded', report: { created: 1 } });
    expect(await rows(`SELECT external_id FROM documents WHERE import_id = '${record.id}'`)).toEqual([
      { external_id: 'quinces.md' },
    ]);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });

  it.each([
    ['image/png', ['x'], 'corpus.unsupported_media'],
    [undefined, ['x'], 'corpus.unsupported_media'],
    ['application/json', [], 'corpus.upload_empty'],
    ['application/json', ['{"a":1}'], 'corpus.unrecognised_import'],
    ['application/zip', ['PK\u0003\u0004 cut'], 'corpus.broken_archive'],
  ])('refuses a body of %s that is %j, and leaves no file behind', async (contentType, chunks, code) => {
    const body = Readable.from(chunks);
    const upload = { wishes: {}, contentLength: undefined, contentType, body };
    await expect(makeServices().uploads.receive(BOB, upload)).rejects.toMatchObject({ code });
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });
});
