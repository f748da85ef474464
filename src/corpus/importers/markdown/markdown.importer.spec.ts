import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { claimSizeInZip, renameInZip, writeZip } from '../../../../test/fixtures/chatgpt-export.fixture.js';
import { readExport } from '../../../../test/support/read-export.js';
import { firstHeading } from './first-heading.js';
import { MarkdownImporter } from './markdown.importer.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'markdown-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(path = folder, uploadedName: string | null = null) {
  const { documents, skipped, notes } = await readExport(new MarkdownImporter(), path, { uploadedName });
  return {
    documents,
    skipped: skipped.map(({ position, reason }) => [position, reason]),
    notes: notes.map(({ position, reason }) => [position, reason]),
  };
}

describe('MarkdownImporter', () => {
  it('reads a folder with its subfolders as texts of the owner', async () => {
    const path = await put('b/note.txt', 'plain words\r\nand more\n');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    await put('a.md', '---\ntitle: Pears\ndate: 2024-03-05\n---\nA text.');
    await put('.hidden/c.md', 'not seen');
    expect((await read()).documents).toEqual([
      expect.objectContaining({
        externalId: 'a.md',
        title: 'Pears',
        text: 'A text.',
        createdAt: '2024-03-05T00:00:00.000Z',
      }),
      {
        externalId: 'b/note.txt',
        threadId: null,
        authorRole: 'self',
        title: 'note',
        text: 'plain words\nand more',
        url: null,
        createdAt: '2023-11-14T22:13:20.000Z',
        tags: [],
        attachments: [],
      },
    ]);
  });

  it('skips what is no text, and says why', async () => {
    await put('binary.md', Buffer.from([1, 0, 2]));
    await put('empty.md', ' \n');
    await put('big.md', 'x'.repeat(10 * 1024 * 1024 + 1));
    await put('drawing.excalidraw.md', '# Drawing data');
    await put('comment.md', '%% only for me %%');
    await put('outside.txt', 'kept');
    await symlink(join(folder, 'outside.txt'), join(folder, 'link.md'));
    const result = await read();
    expect(result.documents.map((document) => document.externalId)).toEqual(['outside.txt']);
    expect(result.skipped).toEqual([
      ['big.md', 'file is over 10 MB'],
      ['binary.md', 'binary file'],
      ['comment.md', 'no text, only comments'],
      ['drawing.excalidraw.md', 'drawing, not a text'],
      ['empty.md', 'empty file'],
    ]);
  });

  it('reads other encodings, and notes where it guessed', async () => {
    await put('old.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    await put('utf8.txt', '\uFEFFcafé');
    await put('wide.txt', Buffer.from('\uFEFFcafé', 'utf16le'));
    const result = await read();
    expect(result.documents.map((document) => document.text)).toEqual(['café', 'café', 'café']);
    expect(result.notes).toEqual([['old.txt', 'not UTF-8: read as Windows-1252']]);
  });

  it('takes the name of an upload, and no time from its temporary file', async () => {
    const path = await put('0197', 'A text.');
    const { documents } = await read(path, 'letter.md');
    expect(documents).toMatchObject([{ externalId: 'letter.md', title: 'letter', createdAt: null }]);
  });
});

describe('MarkdownImporter with a ZIP', () => {
  it('gives the documents of the folder that was packed, and leaves out what is hidden or climbs out', async () => {
    const time = new Date('2024-03-05T10:20:30.400Z');
    await utimes(await put('notes/sub/a.md', '# A'), time, time);
    await put('notes/b.txt', 'B');
    const zip = new ZipFile();
    for (const name of ['sub/a.md', 'b.txt']) zip.addFile(join(folder, 'notes', name), name);
    zip.addBuffer(Buffer.from('no'), '.hidden/c.md');
    zip.addBuffer(Buffer.from('no'), 'xx/d.md');
    zip.addBuffer(Buffer.from('no'), 'photo.jpg');
    zip.end();
    const path = join(folder, 'notes.zip');
    await pipeline(zip.outputStream, createWriteStream(path));
    await renameInZip(path, 'xx/d.md', '../d.md');
    const packed = await read(path, 'notes.zip');
    expect(packed.documents).toEqual((await read(join(folder, 'notes'))).documents);
    expect(packed.documents.map((one) => one.createdAt)).toContain('2024-03-05T10:20:30.000Z');
    expect(packed.skipped).toEqual([]);
  });
});

describe('MarkdownImporter with a crafted ZIP', () => {
  async function zipOf(files: Readonly<Record<string, string>>): Promise<string> {
    return writeZip(join(folder, 'crafted.zip'), files);
  }

  it('leaves out a text over the limit, however small it is packed', async () => {
    const path = await zipOf({ 'a.md': 'small', 'bomb.md': ' '.repeat(10 * 1024 * 1024 + 1) });
    const { documents, skipped } = await read(path, 'crafted.zip');
    expect(documents.map((one) => one.externalId)).toEqual(['a.md']);
    expect(skipped).toEqual([['bomb.md', 'file is over 10 MB']]);
  });

  it('leaves out a text that is longer than the archive says, and reads the others', async () => {
    const path = await writeZip(join(folder, 'crafted.zip'), {
      'a.md': 'x'.repeat(1_000_000),
      'b.md': 'short',
    });
    await claimSizeInZip(path, 5);
    const { documents, skipped } = await read(path, 'crafted.zip');
    expect(documents.map((one) => one.externalId)).toEqual(['b.md']);
    expect(skipped).toEqual([['a.md', 'file is damaged in the archive']]);
  });
});

describe('MarkdownImporter with notes of Obsidian', () => {
  it('reads links as words, embeds as attachments, tags, and the day of a daily note', async () => {
    await put(
      '2024-03-05.md',
      '---\ntags: [garden]\n---\nSaw [[Trees/Pear|the pear]] and [[Plum#Bark]]. #spring/first ![[bark.jpg|200]] %%secret%% ^ab12cd\n',
    );
    expect((await read()).documents).toMatchObject([
      {
        externalId: '2024-03-05.md',
        title: '2024-03-05',
        text: 'Saw the pear and Plum > Bark. #spring/first',
        createdAt: '2024-03-05T00:00:00.000Z',
        tags: ['garden', 'spring/first'],
        attachments: ['image: bark.jpg'],
      },
    ]);
  });

  it('reads a note that holds its words in its properties', async () => {
    await put('a.md', '---\nNotes: The bark is smooth.\nRating: 5\n---\n');
    expect((await read()).documents).toMatchObject([{ text: 'Notes: The bark is smooth.' }]);
  });
});

describe('firstHeading', () => {
  it.each([
    ['## A pear ##\ntext', 'A pear'],
    ['intro\n\nThe pear\n========\n', 'The pear'],
    ['```\n# no title\n```\n# Title', 'Title'],
    ['#hashtag\ntext', null],
    [`# ${' '.repeat(400)}x`, 'x'],
    [`${'line\n'.repeat(300)}# too late`, null],
  ])('of %j is %p', (text, heading) => {
    expect(firstHeading(text)).toBe(heading);
  });
});
