import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { readExport } from '../../../../test/support/read-export.js';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { RECORD_FIELDS } from '../../exports/document-record.js';
import { detectImporters } from '../detect-importer.js';
import { ExportFiles } from '../files/export-files.js';
import { McgImporter } from './mcg.importer.js';

const emptyFolder = temporaryFolders();
const RECORD = {
  mcg_document: 1,
  corpus: 'personal',
  source: 'diary',
  external_id: 'a',
  author_role: 'self',
  text: 'Frost.',
};

async function inFolder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function read(name: string, content: string | Buffer) {
  return readExport(new McgImporter('personal'), join(await inFolder({ [name]: content }), name));
}

const line = (fields: object) => `${JSON.stringify({ ...RECORD, ...fields })}\n`;

/** By what each part of an input is read, and where that goes. */
async function detected(files: Readonly<Record<string, string | Buffer>>) {
  const opened = await ExportFiles.open({ path: await inFolder(files), uploadedName: null });
  const { parts } = await detectImporters(opened);
  return parts.map(({ importer, files: own }) => [importer.source, importer.usualCorpus, own.all.length]);
}

describe('what is taken for an export of ours', () => {
  const note = (corpus: string) => `---\nmcg:\n  document: 1\n  corpus: ${corpus}\n---\nFrost.`;

  it('is told by its content, and goes where it came from', async () => {
    expect(
      await detected({
        'a.jsonl': line({ corpus: 'published' }),
        'b.txt': `\ufeffmcg_document,corpus,source\r\n"1","social","x"\r\n`,
        'c/d.md': note('social'),
        'e.md': '---\ntitle: A note that speaks of\n---\nmcg:\n  document: 1\n',
        'f.jsonl': `{"text":"says \\"mcg_document\\": 1"}`,
      }),
    ).toEqual([
      ['mcg', 'social', 2],
      ['mcg', 'published', 1],
      ['markdown', 'personal', 1],
    ]);
  });

  it('may have been changed by other programs', async () => {
    const table = Buffer.from(
      `\ufeffmcg_document;corpus;source;external_id;text\n1;personal;x;1;Frost\n`,
      'utf16le',
    );
    expect(await detected({ 'a.csv': table, 'b.md': note('personal').replaceAll('\n', '\r\n') })).toEqual([
      ['mcg', 'personal', 2],
    ]);
    expect((await read('a.csv', table)).documents).toMatchObject([{ externalId: '1', text: 'Frost' }]);
    const reordered = '---\naliases: []\nmcg:\n    source: diary\n    document: 1\n    external_id: 7\n---\n';
    expect((await read('b.md', `${reordered}Frost.`)).documents).toMatchObject([
      { externalId: '7', text: 'Frost.', title: null },
    ]);
  });
});

describe('a record', () => {
  it('may lack all but source, id and text, and hold what is not known yet', async () => {
    const { events } = await read('a.jsonl', line({ from_the_future: [1], author_role: 'robot' }));
    expect(events[0]).toEqual({
      kind: 'document',
      source: 'diary',
      document: {
        externalId: 'a',
        threadId: null,
        authorRole: 'other',
        title: null,
        text: 'Frost.',
        url: null,
        createdAt: null,
        tags: [],
        attachments: [],
        userTags: [],
      },
    });
  });

  it.each([
    ['a newer version', line({ mcg_document: 2 }), 'written by a newer version of this program'],
    ['no version', line({ mcg_document: 'x' }), 'not a document of an export of this program'],
    ['a long source', line({ source: 'x'.repeat(200) }), 'document without a usable source'],
    ['no id', line({ external_id: null }), 'document without an id'],
    ['no text', line({ text: null }), 'document without a text'],
    ['no object', '[1]\n', 'line is no JSON object'],
    ['a line that is cut', '{"mcg_document":1,"so', 'line is no JSON object'],
    ['depth', `${'['.repeat(100_000)}\n`, 'line is no JSON object'],
  ])('with %s is told, and the next is read', async (_what, broken, reason) => {
    const { skipped, documents } = await read('a.jsonl', `${line({})}\n${broken}`);
    expect(documents).toHaveLength(1);
    expect(skipped).toEqual([{ kind: 'skipped', position: 'a.jsonl[1]', reason, isFault: true }]);
  });

  it('loses an address that runs something, and a time that is none, and says so', async () => {
    const { documents, notes } = await read(
      'a.jsonl',
      line({ url: ' JavaScript:alert(1)', timestamp: 'last spring' }),
    );
    expect(documents).toMatchObject([{ url: null, createdAt: null }]);
    expect(notes).toHaveLength(2);
  });

  it('takes times as people write them, lists between commas, and numbers for ids', async () => {
    const table =
      'mcg_document,corpus,source,external_id,timestamp,tags,engagement,text\n1,personal,x,7,2024-03-05,"a, b",3,Frost\n';
    expect((await read('a.csv', table)).documents).toMatchObject([
      { externalId: '7', createdAt: '2024-03-05T00:00:00.000Z', tags: ['a', 'b'], engagement: 3 },
    ]);
  });
});

describe('broken files', () => {
  it('are told and never thrown', async () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary' }));
    const record = fc.record(Object.fromEntries(RECORD_FIELDS.map((name) => [name, value])), {
      requiredKeys: [],
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 4 }), async (records) => {
        const lines = records.map((each) => JSON.stringify({ ...each, mcg_document: 1 })).join('\n');
        const { documents, skipped } = await read('a.jsonl', `${line({})}${lines}`);
        expect(documents.length + skipped.length).toBe(records.length + 1);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['is not closed', '---\nmcg:\n  document: 1\n  source: diary\nFrost.'],
    ['is no YAML', '---\nmcg:\n  document: 1\n  source: "diary\n---\nFrost.'],
    ['expands', '---\nmcg:\n  document: 1\na: &a [x,x]\nb: [*a,*a]\n---\nFrost.'],
  ])('with front matter that %s', async (_what, note) => {
    expect((await read('a.md', note)).skipped).toMatchObject([{ isFault: true, position: 'a.md' }]);
  });

  it('that hold no text are told', async () => {
    const bytes = Buffer.concat([Buffer.from('{"mcg_document":1}\n'), Buffer.from([0, 1, 2, 3, 4, 5])]);
    expect((await read('a.jsonl', bytes)).skipped).toMatchObject([{ reason: 'binary file' }]);
  });
});
