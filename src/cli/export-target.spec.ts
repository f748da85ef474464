import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { temporaryFolders } from '../../test/support/temporary-folder.js';
import { checkTarget, type ExportTarget, writeExport } from './export-target.js';

const emptyFolder = temporaryFolders();

async function* brokenAfter(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
  throw new TypeError('terminated');
}

function body(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>;
}

async function zipOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return Buffer.concat(await Readable.from(zip.outputStream).toArray());
}

const file = (path: string, mayReplace = false): ExportTarget => ({ kind: 'file', path, mayReplace });
const folder = (path: string, mayReplace = false): ExportTarget => ({ kind: 'folder', path, mayReplace });
const write = (bytes: Uint8Array, target: ExportTarget) => writeExport(body([bytes]), target, () => {});

describe('an export to a file', () => {
  it('bears its name when it is whole', async () => {
    const path = join(emptyFolder(), 'new', 'a.jsonl');
    expect(await write(Buffer.from('one'), file(path))).toEqual({ bytes: 3, files: null });
    expect(readFileSync(path, 'utf8')).toBe('one');
  });

  it('replaces nothing unless it may', async () => {
    const path = join(emptyFolder(), 'a.jsonl');
    await writeFile(path, 'old');
    await expect(checkTarget(file(path))).rejects.toMatchObject({ code: 'cli.exists', kind: 'conflict' });
    await expect(write(Buffer.from('new'), file(path))).rejects.toMatchObject({ code: 'cli.exists' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    await write(Buffer.from('new'), file(path, true));
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('that breaks off leaves what was there, and nothing of its own', async () => {
    const home = emptyFolder();
    await writeFile(join(home, 'a.jsonl'), 'old');
    const broken = writeExport(body(brokenAfter('half')), file(join(home, 'a.jsonl'), true), () => {});
    await expect(broken).rejects.toMatchObject({ code: 'cli.export_broken', kind: 'unavailable' });
    expect(await readdir(home)).toEqual(['a.jsonl']);
    expect(readFileSync(join(home, 'a.jsonl'), 'utf8')).toBe('old');
  });

  it('says where it cannot write', async () => {
    const path = join(emptyFolder(), 'a');
    await writeFile(path, '');
    await expect(write(Buffer.from('x'), file(join(path, 'b')))).rejects.toMatchObject({
      code: 'cli.cannot_write',
    });
  });
});

describe('an export to a folder', () => {
  it('is unpacked without the folder of the archive', async () => {
    const path = join(emptyFolder(), 'vault');
    await mkdir(path);
    const zip = await zipOf({ 'mcg-personal/diary/a.md': 'A', 'mcg-personal/b.md': 'B' });
    expect(await write(zip, folder(path))).toMatchObject({ files: 2 });
    expect(readFileSync(join(path, 'diary', 'a.md'), 'utf8')).toBe('A');
    expect((await readdir(path)).sort()).toEqual(['b.md', 'diary']);
    expect(await readdir(join(path, '..'))).toEqual(['vault']);
  });

  it('keeps what else is there, and is refused where it may not write over it', async () => {
    const path = emptyFolder();
    await writeFile(join(path, 'own.md'), 'mine');
    await writeFile(join(path, 'b.md'), 'old');
    const zip = await zipOf({ 'mcg-personal/b.md': 'B' });
    await expect(write(zip, folder(path))).rejects.toMatchObject({ code: 'cli.exists' });
    expect(readFileSync(join(path, 'b.md'), 'utf8')).toBe('old');
    await write(zip, folder(path, true));
    expect(readFileSync(join(path, 'b.md'), 'utf8')).toBe('B');
    expect(readFileSync(join(path, 'own.md'), 'utf8')).toBe('mine');
  });

  it.each(['../up.md', 'a/../../up.md', 'top.md'])('takes no archive with the name %s', async (name) => {
    const path = join(emptyFolder(), 'vault');
    // The writer of archives refuses such names: it is put in afterwards.
    const placeholder = 'x'.repeat(name.length);
    const zip = Buffer.from(await zipOf({ [placeholder]: 'B' }));
    for (let at = zip.indexOf(placeholder); at !== -1; at = zip.indexOf(placeholder, at + 1))
      zip.write(name, at);
    await expect(write(zip, folder(path))).rejects.toMatchObject({ code: 'cli.export_broken' });
    expect(existsSync(path)).toBe(false);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('that is cut leaves nothing', async () => {
    const path = join(emptyFolder(), 'vault');
    const zip = await zipOf({ 'mcg-personal/b.md': 'B' });
    await expect(write(zip.subarray(0, 40), folder(path))).rejects.toMatchObject({
      code: 'cli.export_broken',
    });
    expect(await readdir(join(path, '..'))).toEqual([]);
  });
});
