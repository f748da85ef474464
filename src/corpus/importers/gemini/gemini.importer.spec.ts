import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readExport } from '../../../../test/support/read-export.js';
import { AppError } from '../../../shared/index.js';
import { ExportFiles } from '../files/export-files.js';
import { GeminiImporter } from './gemini.importer.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gemini-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: unknown, name = 'MyActivity.json') {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readExport(new GeminiImporter(), path);
}

function entry(title: string, extra: object = {}) {
  return {
    header: 'Gemini Apps',
    title,
    time: '2024-05-01T08:00:00.250Z',
    products: ['Gemini Apps'],
    ...extra,
  };
}
const answered = (title: string, html = '<p>Yes.</p>', extra: object = {}) =>
  entry(title, { safeHtmlItem: [{ html }], ...extra });
const textsOf = (result: Awaited<ReturnType<typeof read>>) => result.documents.map(({ text }) => text);

describe('GeminiImporter: the list', () => {
  it('gives the prompt and its answer, as plain text, one following the other', async () => {
    const { documents, skipped, notes } = await read([
      answered(
        'Prompted Is a pear &amp a fruit?',
        '<p>A <b>pear</b> is.<br>Eat &amp; see.</p><ul><li>one</li></ul>',
        {
          attachedFiles: ['tree.png', 'plan.pdf'],
          titleUrl: 'https://gemini.google.com/app/abc123',
        },
      ),
    ]);
    const [prompt, answer] = documents;
    expect(prompt).toEqual({
      externalId: expect.stringMatching(/^2024-05-01T08:00:00\.250Z:[\da-f]{16}$/),
      threadId: 'abc123',
      authorRole: 'self',
      title: null,
      text: 'Is a pear &amp a fruit?',
      url: 'https://gemini.google.com/app/abc123',
      createdAt: '2024-05-01T08:00:00.250Z',
      tags: [],
      attachments: ['image: tree.png', 'file: plan.pdf'],
    });
    expect(answer).toMatchObject({
      externalId: `${prompt?.externalId}:answer`,
      authorRole: 'assistant',
      title: 'Is a pear &amp a fruit?',
      text: 'A pear is.\nEat & see.\n\n- one',
      replyTo: prompt?.externalId,
      threadId: 'abc123',
    });
    expect([skipped, notes]).toEqual([[], []]);
  });

  it.each([
    'Prompted ',
    'Asked Bard: ',
    'Said ',
    'Prompted with: ',
    'Prompted\u00a0',
    'Eingegebener Prompt: ',
  ])('takes "%s" off', async (words) => {
    expect(textsOf(await read([answered(`${words}Why?`)]))).toEqual(['Why?', 'Yes.']);
  });

  it('learns what stands around the prompts in a language it does not know, and keeps single titles whole', async () => {
    const frame = (words: string, index: number) =>
      answered(`「${words}」と入力しました`, '<p>はい</p>', { time: `2024-05-01T08:00:0${index}Z` });
    const prompts = ['なぜ', 'どこ', 'いつ行く', '誰', '何'];
    const { documents, notes } = await read(prompts.map(frame));
    expect(documents.filter(({ authorRole }) => authorRole === 'self').map(({ text }) => text)).toEqual(
      prompts,
    );
    expect(notes).toEqual([]);
    const alone = await read([frame('なぜ', 0)]);
    expect(alone.documents[0]?.text).toBe('「なぜ」と入力しました');
    expect(alone.notes.map(({ reason }) => reason)).toEqual([expect.stringMatching(/unknown language/)]);
  });

  it('leaves out what is no prompt and what is of another product, and says so', async () => {
    const { documents, skipped } = await read([
      entry('Gave feedback: Good response'),
      entry('Searched for pears', { header: 'Search', products: ['Search'] }),
      { header: 'Gemini Apps', time: 'x' },
      entry('Prompted Kept without an answer'),
    ]);
    expect(documents.map(({ text }) => text)).toEqual(['Kept without an answer']);
    expect(skipped.map(({ position, reason, isFault = false }) => [position, reason, isFault])).toEqual([
      ['MyActivity.json[0]', 'activity without words, such as a setting or a rating', false],
      ['MyActivity.json[1]', 'activity of another product', false],
      ['MyActivity.json[2]', 'not an entry of the activity: it has no title', true],
    ]);
  });

  it('gives the same ids in any order', async () => {
    const entries = ['a', 'b', 'c'].map((words) => answered(`Prompted ${words}`));
    const idsOf = async (list: unknown) =>
      (await read(list)).documents.map(({ externalId }) => externalId).sort();
    expect(await idsOf(entries)).toEqual(await idsOf([...entries].reverse()));
    expect(new Set(await idsOf(entries)).size).toBe(6);
  });

  it('of any contents ends, and throws nothing but a fault with a name', async () => {
    const path = join(folder, 'any.json');
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record(
            {
              header: fc.constant('Gemini Apps'),
              title: fc.jsonValue(),
              time: fc.jsonValue(),
              safeHtmlItem: fc.jsonValue(),
              products: fc.jsonValue(),
            },
            { requiredKeys: ['header'] },
          ),
        ),
        async (records) => {
          await writeFile(path, JSON.stringify(records));
          const result = await readExport(new GeminiImporter(), path).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(AppError);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const cell = (content: string, product = 'Gemini Apps') =>
  `<div class="outer-cell mdl-cell mdl-cell--12-col"><div class="mdl-grid"><div class="header-cell mdl-cell"><p class="mdl-typography--title">${product}<br></p></div><div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">${content}</div><div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--text-right"></div><div class="content-cell mdl-cell mdl-typography--caption"><b>Products:</b><br>&emsp;${product}<br></div></div></div>`;
const page = (cells: readonly string[]) =>
  `<html><head><style>${'.a{}'.repeat(100)}</style></head><body><div class="mdl-grid">${cells.join('')}</div></body></html>`;

describe('GeminiImporter: the page', () => {
  it('gives prompt, files, time in its zone and answer of every cell', async () => {
    const { documents, notes, skipped } = await read(
      page([
        cell(
          'Prompted&nbsp;Why&#39;s a pear<br>green?<br>Attached 1 file.<br>-&nbsp;<a href="x.png">tree.png</a><br>May 1, 2024, 10:00:05\u202fAM CEST<br><p>Because.</p><p>Of green.</p>',
        ),
        cell('Eingegebener Prompt: Warum?<br>02.05.2024, 00:30:00 MESZ<br><p>Darum.</p>'),
        cell('Searched for pears<br>May 1, 2024, 10:00:05 AM UTC<br>', 'Search'),
      ]),
      'MyActivity.html',
    );
    expect(documents.map(({ text, createdAt, authorRole }) => [text, createdAt, authorRole])).toEqual([
      ["Why's a pear\ngreen?", '2024-05-01T08:00:05.000Z', 'self'],
      ['Because.\n\nOf green.', '2024-05-01T08:00:05.000Z', 'assistant'],
      ['Warum?', '2024-05-01T22:30:00.000Z', 'self'],
      ['Darum.', '2024-05-01T22:30:00.000Z', 'assistant'],
    ]);
    expect(documents[0]?.attachments).toEqual(['image: tree.png']);
    expect(notes).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['activity of another product']);
  });

  it('keeps what has a time it cannot read, and notes it once', async () => {
    const { documents, notes } = await read(
      page([
        cell('Prompted a<br>1 июня 2024 г., 10:00:00 XYZ<br>'),
        cell('Prompted b<br>Jan 2, 2024, 9:00:00 PM XYZ<br>'),
      ]),
      'MyActivity.html',
    );
    expect(documents.map(({ createdAt }) => createdAt)).toEqual([null, '2024-01-02T21:00:00.000Z']);
    expect(notes).toHaveLength(1);
  });

  it('reports a cell without a time and reads on, also in a page that was cut', async () => {
    const whole = page([cell('nothing here'), cell('Prompted a<br>May 1, 2024, 10:00:05 AM UTC<br>')]);
    const { documents, skipped } = await read(whole.slice(0, -60), 'MyActivity.html');
    expect(documents.map(({ text }) => text)).toEqual(['a']);
    expect(skipped).toMatchObject([{ position: 'MyActivity.html[0]', isFault: true }]);
  });
});

describe('GeminiImporter: a Takeout', () => {
  it('is searched for Gemini among the activity of other products', async () => {
    for (const [product, title] of [
      ['Gemini Apps', 'Prompted a'],
      ['Search', 'Searched for b'],
    ] as const) {
      await mkdir(join(folder, 'Takeout', 'My Activity', product), { recursive: true });
      const list = JSON.stringify([
        { header: product, title, time: '2024-05-01T08:00:00Z', products: [product] },
      ]);
      await writeFile(join(folder, 'Takeout', 'My Activity', product, 'MyActivity.json'), list);
    }
    const { documents, progress } = await readExport(new GeminiImporter(), folder);
    expect(documents.map(({ text }) => text)).toEqual(['a']);
    expect(progress).toMatchObject({ bytesRead: expect.any(Number) });
  });

  it.each([
    ['a list of something else', '[{"title":"x","time":"y"}]'],
    ['a page of something else', '<html><body>gemini</body></html>'],
    ['nothing', ''],
  ])('that is %s is none', async (_name, content) => {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const files = await ExportFiles.open({ path, uploadedName: null });
    expect(await new GeminiImporter().detect(files)).toBe(false);
    await expect(readExport(new GeminiImporter(), path)).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
    });
  });
});
