import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ImportRecord } from '../../src/corpus/imports/import-record.js';
import type { Actor } from '../../src/shared/index.js';
import { corpusContent, integrityBreaches } from '../support/corpus-integrity.js';
import type { TestDatabase } from '../support/database.js';
import { type ImportServices, importServicesOn } from '../support/import-services.js';

const ALICE: Actor = { userId: 'alice', scopes: ['corpora:write'] };
const ADMIN: Actor = { userId: 'root', scopes: ['admin'] };
const DAY = new Date('2025-03-01T12:00:00Z');

/** A folder of notes by name. */
type Notes = Readonly<Record<string, string>>;

let database: TestDatabase;
let services: ImportServices;
let folder: string;

/** What imports promise as batches, whichever database they are stored in. */
export function describeImportBatches(open: () => Promise<TestDatabase>): void {
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'import-batches-'));
    services = importServicesOn(database, { dataDirectory: folder });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => clear());
  afterEach(async () => expect(await integrityBreaches(database.dataSource)).toEqual([]));

  describe('a dry run', () => describeDryRuns());
  describe('a mirror', () => describeMirrors());
  describe('taking back', () => describeUndo());
  describe('faults and company', () => describeFaults());
  describe('any sequence', () => describeSequences());
}

function describeDryRuns(): void {
  it('says what an import would do, and does nothing', async () => {
    await read({ a: 'frost', b: 'rain', d: 'wind' });
    const before = await corpusContent(database.dataSource);
    const next = { a: 'frost', b: 'snow', c: 'hail' };
    const dry = await read(next, { dryRun: true, mirror: true });
    const counts = { created: 1, changed: 1, unchanged: 1, removed: 1 };
    expect(dry).toMatchObject({ state: 'succeeded', report: counts, options: { isDryRun: true } });
    expect(await corpusContent(database.dataSource)).toEqual(before);
    expect((await read(next, { mirror: true })).report).toMatchObject(counts);
  });

  it('cannot be taken back', async () => {
    const { id } = await read({ a: 'frost' }, { dryRun: true });
    await expect(services.undo.run(ALICE, id)).rejects.toMatchObject({ code: 'corpus.import_wrote_nothing' });
  });
}

function describeMirrors(): void {
  it('removes what the export no longer holds, of its source in its corpus only', async () => {
    await read({ a: 'frost', b: 'rain' });
    await read({ b: 'rain in town' }, { corpus: 'social' });
    await services.writer.write({
      ownerId: 'alice',
      corpus: 'personal',
      source: 'diary',
      documents: [{ ...PLAIN, externalId: 'b.md', text: 'a diary of rain' }],
    });
    const { report } = await read({ a: 'frost' }, { mirror: true });
    expect(report).toMatchObject({ unchanged: 1, removed: 1 });
    expect(await texts()).toEqual({
      'personal diary b.md': 'a diary of rain',
      'personal markdown a.md': 'frost',
      'social markdown b.md': 'rain in town',
    });
  });

  it('removes nothing where a part of the export could not be read', async () => {
    await read({ a: 'frost', b: 'rain' });
    const { report } = await read({ a: 'frost', c: '\u0000\u0001\u0002\u0003' }, { mirror: true });
    expect(report).toMatchObject({ unreadable: 1, removed: 0 });
    expect(report.notes.map(({ reason }) => reason)).toContain(
      'nothing was removed: not all of the export could be read',
    );
    expect(Object.keys(await texts())).toHaveLength(2);
  });

  it('spares what another import stored since it began', async () => {
    await read({ a: 'frost', b: 'rain' });
    await database.dataSource.query(
      `UPDATE documents SET imported_at = now() + interval '1 hour' WHERE external_id = 'b.md'`,
    );
    expect((await read({ a: 'frost' }, { mirror: true })).report).toMatchObject({ removed: 0 });
  });
}

function describeUndo(): void {
  it('leaves the state of before: what was created goes, what was changed or removed is as it was', async () => {
    await read({ a: 'frost', b: 'rain', c: 'wind' });
    await tag('c.md', ['kept', 'mine']);
    await tag('b.md', ['mine']);
    const before = await corpusContent(database.dataSource);
    const { id } = await read({ a: 'frost', b: 'snow', d: 'hail' }, { mirror: true });
    expect(await texts()).not.toHaveProperty(['personal markdown c.md']);
    const undone = await services.undo.run(ALICE, id);
    expect(undone).toMatchObject({
      state: 'undone',
      undo: { deleted: 1, restored: 1, returned: 1, kept: 0 },
    });
    expect(await corpusContent(database.dataSource)).toEqual(before);
    const [left] = await database.dataSource.query('SELECT count(*)::int AS rows FROM replaced_documents');
    expect(left).toEqual({ rows: 0 });
    expect((await read({ a: 'frost', b: 'rain', c: 'wind' })).report).toMatchObject({ unchanged: 3 });
  });

  it('is done once, is told in the trail, and not before the import has ended', async () => {
    const { id } = await read({ a: 'frost' });
    await database.dataSource.query(`UPDATE imports SET state = 'running' WHERE id = $1`, [id]);
    await expect(services.undo.run(ALICE, id)).rejects.toMatchObject({
      code: 'corpus.import_running',
      kind: 'conflict',
    });
    await database.dataSource.query(`UPDATE imports SET state = 'succeeded' WHERE id = $1`, [id]);
    await services.undo.run(ALICE, id);
    await expect(services.undo.run(ALICE, id)).rejects.toMatchObject({ code: 'corpus.import_undone' });
    const events = await database.dataSource.query(
      `SELECT actor, outcome, details FROM audit_events WHERE action = 'corpus.import_undo' AND resource = $1`,
      [`imports/${id}`],
    );
    expect(events).toEqual([
      { actor: 'alice', outcome: 'done', details: expect.objectContaining({ owner: 'alice', deleted: 1 }) },
    ]);
  });

  it('is its owner’s, and an admin’s who names the owner', async () => {
    const { id } = await read({ a: 'frost' });
    const bob: Actor = { userId: 'bob', scopes: ['corpora:write'] };
    await expect(services.undo.run(bob, id)).rejects.toMatchObject({ code: 'corpus.import_unknown' });
    await expect(services.undo.run(bob, id, 'alice')).rejects.toMatchObject({ code: 'auth.foreign_owner' });
    await expect(services.undo.run(ADMIN, id)).rejects.toMatchObject({ code: 'corpus.import_unknown' });
    expect(await services.undo.run(ADMIN, id, 'alice')).toMatchObject({
      state: 'undone',
      undo: { by: 'root' },
    });
  });

  it('ends with the time in which former texts are kept, and for imports of before there were batches', async () => {
    const { id } = await read({ a: 'frost' });
    await database.dataSource.query(
      `UPDATE imports SET finished_at = now() - interval '91 days' WHERE id = $1`,
      [id],
    );
    await expect(services.undo.run(ALICE, id)).rejects.toMatchObject({ code: 'corpus.undo_expired' });
    await database.dataSource.query(`UPDATE imports SET finished_at = now(), targets = '[]' WHERE id = $1`, [
      id,
    ]);
    await expect(services.undo.run(ALICE, id)).rejects.toMatchObject({ code: 'corpus.undo_unknown' });
  });

  it('brings nothing back that its owner has deleted since', async () => {
    await read({ a: 'frost' });
    const { id } = await read({ a: 'snow' });
    await remove('a.md');
    expect(await services.undo.run(ALICE, id)).toMatchObject({ undo: { deleted: 0, restored: 0, kept: 0 } });
    expect(await texts()).toEqual({});
  });

  it('goes on where a process has left it', async () => {
    await read({ a: 'frost', b: 'rain' });
    const before = await corpusContent(database.dataSource);
    const { id } = await read({ a: 'snow', c: 'hail' });
    const gone = importServicesOn(database, { dataDirectory: folder });
    await gone.undoing.begin(id, 'alice');
    // The former text stands again, and its mark is still there.
    await services.writer.write({
      ownerId: 'alice',
      corpus: 'personal',
      source: 'markdown',
      importId: (before as { documents: { import_id: string }[] }).documents[0]!.import_id,
      takesBack: id,
      documents: [
        { ...PLAIN, externalId: 'a.md', title: 'a', text: 'frost', createdAt: await createdAtOf('a.md') },
      ],
    });
    await database.dataSource.query(
      `UPDATE imports SET lease_expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await services.resumption.takeOver();
    await services.queue.run('0198f2c4-0000-7000-8000-000000000000', async () => {});
    expect(await services.records.find(ALICE, id)).toMatchObject({ state: 'undone' });
    expect(await corpusContent(database.dataSource)).toEqual(before);
  });
}

function describeFaults(): void {
  it('a full disk ends an import with what to do; nothing is half stored, and it can be repeated', async () => {
    await read({ a: 'frost' });
    const before = await corpusContent(database.dataSource);
    await database.dataSource.query(`
      CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`);
    await database.dataSource.query(
      'CREATE TRIGGER full_disk BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION fill_disk()',
    );
    const path = await folderOf({ a: 'snow', b: 'rain' });
    const failed = await services.imports.run(ALICE, { corpus: 'personal', path });
    await database.dataSource.query('DROP FUNCTION fill_disk CASCADE');
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'corpus.disk_full', retryable: true, hint: expect.stringContaining('Free space') },
      report: { created: 0, changed: 0 },
    });
    expect(await corpusContent(database.dataSource)).toEqual(before);
    expect((await read({ a: 'snow', b: 'rain' })).report).toMatchObject({ created: 1, changed: 1 });
  });

  it('two processes that import the same at once store it once, each its share', async () => {
    const path = await folderOf(
      Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`n${at}`, `frost ${at}`])),
    );
    const other = importServicesOn(database, { dataDirectory: folder });
    const records = await Promise.all(
      [services, other].map((each) => each.imports.run(ALICE, { corpus: 'personal', path })),
    );
    const sum = (of: (record: ImportRecord) => number) =>
      records.reduce((total, each) => total + of(each), 0);
    expect([sum(({ report }) => report.created), sum(({ report }) => report.unchanged)]).toEqual([60, 60]);
    expect(Object.keys(await texts())).toHaveLength(60);
    for (const { id } of records) await services.undo.run(ALICE, id);
    expect(await texts()).toEqual({});
  });
}

/** What happens to a corpus: an import, one taken back (by its number), or a document deleted by its owner. */
type Step =
  | { readonly kind: 'import'; readonly notes: Notes; readonly mirror: boolean }
  | { readonly kind: 'undo'; readonly number: number }
  | { readonly kind: 'delete'; readonly name: string };

function describeSequences(): void {
  const name = fc.constantFrom('a', 'b', 'c');
  const notes = fc.dictionary(name, fc.constantFrom('frost', 'snow', 'rain'), { minKeys: 1 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('import' as const), notes, mirror: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), number: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
  );

  it('of imports, mirrors, deletions and imports taken back in any order ends as the rest of it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
        await clear();
        const model = new Model();
        const ids: string[] = [];
        for (const each of steps) {
          await perform(each, model, ids);
          expect(await texts()).toEqual(model.texts());
        }
        expect(await texts()).toEqual(model.texts());
        for (const id of ids.filter((each) => !model.undone.has(each))) {
          await takeBack(id, model);
          expect(await texts()).toEqual(model.texts());
        }
        expect(await texts()).toEqual({});
        expect(await integrityBreaches(database.dataSource)).toEqual([]);
      }),
      { endOnFailure: true, numRuns: 12, examples: [[REMOVED_TWICE], [MADE_ANEW]] },
    );
  });
}

const mirrored = (notes: Notes): Step => ({ kind: 'import', notes, mirror: true });
const back = (number: number): Step => ({ kind: 'undo', number });
/** Removed, made anew and removed once more: the first removal taken back changes nothing yet. */
const REMOVED_TWICE: Step[] = [
  mirrored({ a: 'frost', b: 'rain' }),
  mirrored({ b: 'rain' }),
  mirrored({ a: 'snow', b: 'rain' }),
  mirrored({ b: 'rain' }),
  back(1),
  back(3),
  back(2),
];
/** Made anew after a removal that is then taken back: the first form stands below the new one. */
const MADE_ANEW: Step[] = [
  mirrored({ a: 'frost', b: 'rain' }),
  mirrored({ b: 'rain' }),
  mirrored({ a: 'snow', b: 'rain' }),
  back(1),
  back(2),
];

async function perform(step: Step, model: Model, ids: string[]): Promise<void> {
  if (step.kind === 'import') {
    const { id } = await read(step.notes, { mirror: step.mirror });
    ids.push(id);
    model.import(id, step.notes, step.mirror);
  } else if (step.kind === 'delete') {
    expect(await remove(`${step.name}.md`)).toBe(model.delete(step.name));
  } else {
    const id = ids[step.number % Math.max(1, ids.length)];
    if (id === undefined || model.undone.has(id)) return;
    await takeBack(id, model);
  }
}

async function takeBack(id: string, model: Model): Promise<void> {
  expect(await services.undo.run(ALICE, id)).toMatchObject({ state: 'undone' });
  model.undo(id);
}

/** Each document as the list of what imports made of it; null: removed. */
class Model {
  readonly undone = new Set<string>();
  private readonly forms = new Map<string, { readonly id: string; readonly text: string | null }[]>();

  import(id: string, notes: Notes, mirror: boolean): void {
    const names = new Set([...Object.keys(notes), ...(mirror ? this.forms.keys() : [])]);
    for (const name of names) {
      const forms = this.forms.get(name) ?? [];
      const text = notes[name] ?? null;
      if ((forms.at(-1)?.text ?? null) !== text) forms.push({ id, text });
      this.forms.set(name, forms);
    }
  }

  /** Whether there was such a document; nothing is known of it then. */
  delete(name: string): boolean {
    const wasThere = (this.forms.get(name)?.at(-1)?.text ?? null) !== null;
    if (wasThere) this.forms.delete(name);
    return wasThere;
  }

  undo(id: string): void {
    this.undone.add(id);
    for (const [name, forms] of this.forms)
      this.forms.set(
        name,
        forms.filter((form) => form.id !== id),
      );
  }

  texts(): Record<string, string> {
    const last = [...this.forms].map(([name, forms]) => [name, forms.at(-1)?.text ?? null] as const);
    return Object.fromEntries(
      last.flatMap(([name, text]) => (text === null ? [] : [[`personal markdown ${name}.md`, text]])),
    );
  }
}

const PLAIN = {
  threadId: null,
  authorRole: 'self',
  title: null,
  url: null,
  createdAt: null,
  tags: [],
  attachments: [],
} as const;

async function read(
  notes: Notes,
  wishes: { corpus?: 'personal' | 'social'; mirror?: boolean; dryRun?: boolean } = {},
): Promise<ImportRecord> {
  const path = await folderOf(notes);
  const record = await services.imports.run(ALICE, { corpus: 'personal', path, ...wishes });
  expect(record).toMatchObject({ state: 'succeeded', error: null });
  return record;
}

async function folderOf(notes: Notes): Promise<string> {
  const path = await mkdtemp(join(folder, 'notes-'));
  for (const [name, text] of Object.entries(notes)) {
    await writeFile(join(path, `${name}.md`), text);
    // The time of a file is the time of its document.
    await utimes(join(path, `${name}.md`), DAY, DAY);
  }
  return path;
}

async function texts(): Promise<Record<string, string>> {
  const rows = await database.dataSource.query<{ key: string; text: string }[]>(
    `SELECT corpus || ' ' || source || ' ' || external_id AS key, text FROM documents ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ key, text }) => [key, text]));
}

async function idOf(externalId: string): Promise<number | undefined> {
  const [row] = await database.dataSource.query<{ id: number }[]>(
    `SELECT id FROM documents WHERE external_id = $1 AND corpus = 'personal'`,
    [externalId],
  );
  return row?.id;
}

async function createdAtOf(externalId: string): Promise<string> {
  const [row] = await database.dataSource.query<{ created_at: Date }[]>(
    'SELECT created_at FROM documents WHERE external_id = $1',
    [externalId],
  );
  return row!.created_at.toISOString();
}

/** As its owner deletes it; whether it was there. */
async function remove(externalId: string): Promise<boolean> {
  const id = await idOf(externalId);
  if (id === undefined) return false;
  const owned = { ownerId: 'alice', corpus: 'personal' } as const;
  return (await services.removal.remove(owned, [id], { kind: 'for_good' })) === 1;
}

async function tag(externalId: string, tags: readonly string[]): Promise<void> {
  const id = await idOf(externalId);
  await database.dataSource.query('UPDATE documents SET user_tags = $2 WHERE id = $1', [id, tags]);
}

async function clear(): Promise<void> {
  await database.dataSource.query(
    `TRUNCATE corpus_scopes, corpus_counts, documents, terms, postings, replaced_documents, voice_profiles, imports`,
  );
}
