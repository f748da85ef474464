import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { exchange } from '../../../test/fixtures/chatgpt-export.fixture.js';
import { openTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { AuditLog } from '../../audit/index.js';
import { OwnerPolicy } from '../../auth/index.js';
import { type Actor, SystemClock, SystemIds } from '../../shared/index.js';
import { Log } from '../../telemetry/index.js';
import { PostgresDocumentWriter } from '../documents/postgres-document.writer.js';
import { VoiceRepository } from '../voice/voice.repository.js';
import { ImportRepository } from './import.repository.js';
import { ImportService } from './import.service.js';
import { ImportLease } from './import-lease.js';
import { ImportRunner } from './import-runner.js';
import { ImportTally } from './import-tally.js';
import { ImportUploadService } from './import-upload.service.js';
import { UploadSpool } from './upload-spool.js';

const ALICE: Actor = { userId: 'alice', scopes: ['corpora:write'] };
const BOB: Actor = { userId: 'bob', scopes: ['corpora:write'] };
const ADMIN: Actor = { userId: 'root', scopes: ['admin'] };

const SHARED_DATABASE = { url: 'postgres://shared', poolSize: 1, waitSeconds: 0, dataDirectory: '' };

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

function makeServices() {
  const { dataSource } = database;
  const clock = new SystemClock();
  const log = new Log({ logLevel: 'silent', environment: 'test' });
  const audit = new AuditLog(dataSource, clock, log);
  const repository = new ImportRepository(dataSource, clock);
  const lease = new ImportLease(repository, SHARED_DATABASE, log, new SystemIds());
  const runner = new ImportRunner(
    repository,
    lease,
    new PostgresDocumentWriter(dataSource, clock, new VoiceRepository(dataSource, clock)),
    audit,
    clock,
    log,
  );
  const imports = new ImportService(repository, runner, lease, new OwnerPolicy(audit), new SystemIds());
  const spool = new UploadSpool({ dataDirectory: folder, maxUploadBytes: 1 << 20 }, new SystemIds(), clock);
  return { imports, runner, repository, lease, uploads: new ImportUploadService(spool, imports) };
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

const upload = { corpus: 'personal', contentLength: undefined } as const;

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
    const { imports } = makeServices();
    const request = { corpus: 'social', path: await exportFile(), owner: 'alice' } as const;
    const { id } = await imports.run(ADMIN, request);
    expect(await imports.find(ALICE, id)).toMatchObject({ ownerId: 'alice' });
    expect(await imports.find(ADMIN, id)).toMatchObject({ id });
    await expect(imports.find(BOB, id)).rejects.toMatchObject({
      code: 'corpus.import_unknown',
      kind: 'not_found',
    });
    await expect(imports.start(BOB, request)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  const failed = { state: 'failed', error: { code: 'corpus.import_interrupted', retryable: true } };

  /** An import that its process recorded and never ended. */
  async function abandoned() {
    const { lease, repository, imports } = makeServices();
    const id = new SystemIds().next();
    const report = new ImportTally().report();
    const entry = {
      id,
      ownerId: 'alice',
      actorId: 'alice',
      corpus: 'personal',
      source: 'chatgpt',
      report,
    } as const;
    await repository.create(entry, lease.owner, lease.seconds);
    return { id, report, repository, imports };
  }

  it('leaves alone what another process works on, and ends it when its lease has run out', async () => {
    const { id, imports } = await abandoned();
    const other = makeServices();
    await other.lease.onApplicationBootstrap();
    other.lease.beforeApplicationShutdown();
    expect(await imports.find(ALICE, id)).toMatchObject({ state: 'running' });
    await rows(`UPDATE imports SET lease_expires_at = now() - interval '1 second' WHERE id = '${id}'`);
    await other.lease.onApplicationBootstrap();
    other.lease.beforeApplicationShutdown();
    expect(await imports.find(ALICE, id)).toMatchObject(failed);
  });

  it('ends at once what an earlier owner of an embedded database left running', async () => {
    const { id, imports, repository } = await abandoned();
    const log = new Log({ logLevel: 'silent', environment: 'test' });
    const sole = new ImportLease(repository, { ...SHARED_DATABASE, url: null }, log, new SystemIds());
    await sole.onApplicationBootstrap();
    sole.beforeApplicationShutdown();
    expect(await imports.find(ALICE, id)).toMatchObject(failed);
  });

  it('takes the last word of a process that was thought dead', async () => {
    const { id, imports, repository, report } = await abandoned();
    await repository.save(id, 'failed', report, null);
    await repository.save(id, 'succeeded', report, null);
    expect(await imports.find(ALICE, id)).toMatchObject({ state: 'succeeded', error: null });
  });

  it('records an import as interrupted when the process is told to stop', async () => {
    const { imports, runner } = makeServices();
    await runner.beforeApplicationShutdown();
    const record = await imports.run(ALICE, { corpus: 'personal', path: await exportFile() });
    expect(record).toMatchObject({ state: 'failed', error: { code: 'corpus.import_interrupted' } });
  });
});

describe('ImportUploadService', () => {
  it('imports a body and leaves no file behind', async () => {
    const { uploads, imports } = makeServices();
    const body = Readable.from(['# Pears\n\nPrune them in winter.']);
    const record = await uploads.receive(BOB, {
      ...upload,
      contentType: 'text/markdown; charset=utf-8',
      filename: 'pears',
      body,
    });
    expect(record).toMatchObject({ state: 'running', source: 'markdown' });
    // Imports run one after another: when this one has ended, so has the upload's.
    await imports.run(ALICE, { corpus: 'personal', path: await exportFile() });
    expect(await imports.find(BOB, record.id)).toMatchObject({ state: 'succeeded', report: { created: 1 } });
    expect(await rows(`SELECT external_id FROM documents WHERE owner_id = 'bob'`)).toEqual([
      { external_id: 'pears.md' },
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
    await expect(makeServices().uploads.receive(BOB, { ...upload, contentType, body })).rejects.toMatchObject(
      { code },
    );
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });
});
