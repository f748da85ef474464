import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { AuditLog } from '../../src/audit/index.js';
import { OwnerPolicy } from '../../src/auth/index.js';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import type { DocumentFilter } from '../../src/corpus/documents/listed-document.js';
import { userTagFault } from '../../src/corpus/documents/user-tag.js';
import { ExportService } from '../../src/corpus/exports/export.service.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../src/corpus/exports/export-format.js';
import { ExportedDocuments } from '../../src/corpus/exports/exported-documents.repository.js';
import type { ImportRecord } from '../../src/corpus/imports/import-record.js';
import { AUTHOR_ROLES, SystemClock } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';
import { integrityBreaches } from '../support/corpus-integrity.js';
import type { TestDatabase } from '../support/database.js';
import { type ImportServices, importServicesOn } from '../support/import-services.js';

/** Documents by the source they came from. */
type Sources = Readonly<Record<string, readonly ImportedDocument[]>>;

const PLAIN: ImportedDocument = {
  externalId: 'plain',
  threadId: null,
  authorRole: 'self',
  title: null,
  text: 'frost in May',
  url: null,
  createdAt: null,
  tags: [],
  attachments: [],
};

let database: TestDatabase;
let services: ImportServices;
let exports: ExportService;
let folder: string;

/** What an export promises, whichever database it is read from: imported again, it gives the same rows. */
export function describeExports(open: () => Promise<TestDatabase>): void {
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'exports-'));
    services = importServicesOn(database, { dataDirectory: folder });
    const clock = new SystemClock();
    const log = new Log({ logLevel: 'silent', environment: 'test' });
    const audit = new AuditLog(database.dataSource, clock, log);
    const documents = new ExportedDocuments(database.dataSource);
    exports = new ExportService(new OwnerPolicy(audit), documents, audit, clock, log);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => clear());

  describe.each(EXPORT_FORMATS)('as %s', (format) => describeFormat(format));
  describe('what is exported', () => describeChoice());
}

function describeFormat(format: ExportFormat): void {
  it('comes back as the same rows, and a second time adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anySources(), async (sources) => {
        await clear();
        await store(sources);
        const path = await exported(format);
        const count = Object.values(sources).flat().length;
        expect((await imported(path)).report).toMatchObject({ created: count, skipped: 0, notes: [] });
        expect(await rowsOf('bob')).toEqual(await rowsOf('alice'));
        expect((await imported(path)).report).toMatchObject({ created: 0, changed: 0, unchanged: count });
        expect(await integrityBreaches(database.dataSource)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps a long text, whatever pieces it comes in', async () => {
    const text = `${'äöü \u{1f350} '.repeat(400_000)}end`;
    await store({ diary: [PLAIN, { ...PLAIN, externalId: 'long', text }] });
    await imported(await exported(format));
    const hashes = async (owner: string) => (await rowsOf(owner)).map((row) => row['content_hash']);
    expect(await hashes('bob')).toEqual(await hashes('alice'));
  });

  it('takes own tags along, and leaves those that a document has already', async () => {
    await store({ diary: [{ ...PLAIN, userTags: ['kept', 'shared'] }] });
    const path = await exported(format);
    await imported(path);
    await database.dataSource.query(
      `UPDATE documents SET user_tags = '{mine}', content_hash = repeat('0', 64) WHERE owner_id = 'bob'`,
    );
    expect((await imported(path)).report).toMatchObject({ changed: 1 });
    expect((await rowsOf('bob'))[0]!['user_tags']).toEqual(['kept', 'mine', 'shared']);
  });
}

function describeChoice(): void {
  it('is what the filter lets through, of the caller’s own corpus', async () => {
    await store({
      diary: [PLAIN, { ...PLAIN, externalId: 'old', createdAt: '1999-01-01T00:00:00.000Z', tags: ['rain'] }],
      letters: [{ ...PLAIN, authorRole: 'other', threadId: 'a thread' }],
    });
    await services.writer.write({
      ownerId: 'bob',
      corpus: 'personal',
      source: 'diary',
      documents: [{ ...PLAIN, externalId: 'of another' }],
    });
    expect(await keys({})).toEqual(['diary old', 'diary plain', 'letters plain']);
    expect(await keys({ source: 'letters' })).toEqual(['letters plain']);
    expect(await keys({ tag: 'rain' })).toEqual(['diary old']);
    expect(await keys({ until: '2000-01-01T00:00:00.000Z' })).toEqual(['diary old']);
    expect(await keys({ authorRoles: ['other'] })).toEqual(['letters plain']);
    expect(await keys({ threadId: 'a thread' })).toEqual(['letters plain']);
    await expect(
      exports.begin({ userId: 'alice', scopes: [] }, { corpus: 'personal', owner: 'bob' }, {}, 'jsonl'),
    ).rejects.toMatchObject({ code: 'auth.foreign_owner' });
  });

  it('is each document once, however many there are', async () => {
    const documents = Array.from({ length: 2_345 }, (_, at) => ({ ...PLAIN, externalId: `n${at}` }));
    await store({ diary: documents, letters: [PLAIN] });
    const found = await keys({});
    expect(found).toHaveLength(2_346);
    expect(new Set(found).size).toBe(2_346);
  });

  it('breaks off where the database does, and is told in the trail', async () => {
    await store({ diary: Array.from({ length: 1_200 }, (_, at) => ({ ...PLAIN, externalId: `n${at}` })) });
    const { content } = await exports.begin(ALICE, { corpus: 'personal' }, { source: 'diary' }, 'jsonl');
    await database.dataSource.query('ALTER TABLE documents RENAME TO documents_gone');
    try {
      await expect(content.toArray()).rejects.toThrow();
    } finally {
      await database.dataSource.query('ALTER TABLE documents_gone RENAME TO documents');
    }
    const events = await database.dataSource.query(
      `SELECT actor, details FROM audit_events WHERE action = 'corpus.export' ORDER BY id DESC LIMIT 1`,
    );
    const details = { owner: 'alice', corpus: 'personal', format: 'jsonl', filter: ['source'] };
    expect(events).toEqual([{ actor: 'alice', details }]);
  });
}

const ALICE = { userId: 'alice', scopes: [] };

async function keys(filter: DocumentFilter): Promise<string[]> {
  const { content } = await exports.begin(ALICE, { corpus: 'personal' }, filter, 'jsonl');
  const lines = Buffer.concat(await content.toArray())
    .toString()
    .trim()
    .split('\n');
  const records = lines.map((line) => JSON.parse(line) as { source: string; external_id: string });
  return records.map(({ source, external_id: id }) => `${source} ${id}`);
}

async function store(sources: Sources): Promise<void> {
  for (const [source, documents] of Object.entries(sources))
    await services.writer.write({ ownerId: 'alice', corpus: 'personal', source, documents });
}

async function exported(format: ExportFormat): Promise<string> {
  const { content, fileName } = await exports.begin(ALICE, { corpus: 'personal' }, {}, format);
  const path = join(await mkdtemp(join(folder, 'of-')), fileName);
  await pipeline(content, createWriteStream(path));
  return path;
}

async function imported(path: string): Promise<ImportRecord> {
  const bob = { userId: 'bob', scopes: [] };
  const record = await services.imports.run(bob, { corpus: 'personal', path });
  expect(record).toMatchObject({ state: 'succeeded', error: null, source: 'mcg' });
  return record;
}

async function rowsOf(owner: string): Promise<Record<string, unknown>[]> {
  return database.dataSource.query(
    `SELECT source, external_id, thread_id, reply_to, author_role, author_name, title, text, url, created_at, engagement,
       tags, user_tags, attachments, content_hash, token_count, language
     FROM documents WHERE owner_id = $1 ORDER BY source, external_id`,
    [owner],
  );
}

async function clear(): Promise<void> {
  await database.dataSource.query(
    `TRUNCATE corpus_scopes, corpus_counts, documents, terms, postings, replaced_documents, voice_profiles, imports`,
  );
}

/** Texts of all signs, and those that forms of export are made of. */
function anyText(maxLength = 40): fc.Arbitrary<string> {
  const telling = fc.constantFrom(
    ...['---', '\n---\n', '"', "'", ',', ';', '=', '+1', '@', '\t', '\r', '\r\n', '\n', '\\', '{', '[]', '#'],
    ...['mcg:', ': ', '- ', '\u0085', '\u2028', '\ufeff', '\u0007', '\u007f', ' ', 'null', 'é', '\u{1f350}'],
  );
  const mixed = fc.array(fc.oneof(telling, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 12 });
  return fc.oneof(
    mixed.map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength }),
  );
}

function anySources(): fc.Arbitrary<Sources> {
  const documents = fc.uniqueArray(anyDocument(), { selector: ({ externalId }) => externalId, maxLength: 4 });
  return fc
    .dictionary(fc.constantFrom('diary', 'chatgpt', 'con', 'Journal 2.0', 'письма'), documents, {
      minKeys: 1,
    })
    .filter((sources) => Object.values(sources).flat().length > 0);
}

/** As a database can hold it: what it cannot is another's rule. */
function anyDocument(): fc.Arbitrary<ImportedDocument> {
  const text = (maxLength?: number) =>
    anyText(maxLength).map((value) => value.toWellFormed().replaceAll('\u0000', ''));
  const texts = fc.array(text(), { maxLength: 4 });
  const userTag = text().filter((value) => userTagFault(value) === null);
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  return fc
    .record({
      externalId: fc.oneof(text(), fc.string({ minLength: 390, maxLength: 900 })),
      threadId: fc.option(fc.oneof(text(), fc.string({ minLength: 390, maxLength: 900 }))),
      authorRole: fc.constantFrom(...AUTHOR_ROLES),
      title: fc.option(text()),
      text: fc.oneof(text(), text(400)),
      url: fc.option(
        fc.oneof(
          fc.webUrl(),
          text().map((path) => `mid:${path}`),
        ),
      ),
      createdAt: fc.option(
        fc
          .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map((date) => date.toISOString()),
      ),
      tags: texts,
      attachments: texts,
      authorName: optional(text()),
      replyTo: optional(text()),
      engagement: optional(fc.nat({ max: 2_147_483_647 })),
      userTags: fc.uniqueArray(userTag, { maxLength: 4 }),
    })
    .map((document) => {
      const given = Object.entries(document).filter(([, value]) => value !== undefined);
      return Object.fromEntries(given) as unknown as ImportedDocument;
    });
}
