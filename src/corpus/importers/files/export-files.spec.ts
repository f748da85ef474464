import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import {
  claimSizeInZip,
  markEncrypted,
  renameInZip,
  writeZip,
} from '../../../../test/fixtures/chatgpt-export.fixture.js';
import { bytesOf, ExportFiles, headOf } from './export-files.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

const open = (path: string) => ExportFiles.open({ path, uploadedName: null });
const pathsOf = (files: ExportFiles) => files.all.map(({ path }) => path);

/** Whoever runs the specs as root may read everything; the files belong to nobody else then. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const userId = process.geteuid?.();
  if (userId === 0) process.seteuid!(65_534);
  try {
    return await work();
  } finally {
    if (userId === 0) process.seteuid!(0);
  }
}

describe('ExportFiles of a folder', () => {
  it('lists files in the order of their paths, links as links, nothing hidden', async () => {
    for (const name of ['b.md', 'a/c.md', '.obsidian/app.json', 'a/.hidden']) await put(name, 'x');
    await symlink(join(folder, 'b.md'), join(folder, 'a', 'link.md'));
    const files = await open(folder);
    expect(files.all.map(({ path, kind }) => [path, kind])).toEqual([
      ['a/c.md', 'file'],
      ['a/link.md', 'link'],
      ['b.md', 'file'],
    ]);
    expect(files.leftOut).toEqual([]);
  });

  it('does not follow a link to a folder, even one around itself', async () => {
    await put('a/b.md', 'x');
    await symlink(folder, join(folder, 'a', 'round'));
    expect(pathsOf(await open(folder))).toEqual(['a/b.md', 'a/round']);
  });

  it('tells of a folder that it may not look into, and goes on', async () => {
    await put('open/a.md', 'x');
    await put('shut/b.md', 'x');
    await chmod(folder, 0o755);
    await chmod(join(folder, 'shut'), 0o000);
    const files = await asNobody(() => open(folder));
    await chmod(join(folder, 'shut'), 0o755);
    expect(pathsOf(files)).toEqual(['open/a.md']);
    expect(files.leftOut).toEqual([{ path: 'shut', reason: 'folder cannot be read', isFault: true }]);
  });

  it('says of a file that is gone or may not be read that it cannot be read', async () => {
    await put('a.md', 'x');
    const files = await open(folder);
    await rm(join(folder, 'a.md'));
    await expect(headOf(files.all[0]!, 10)).rejects.toMatchObject({
      code: 'corpus.unreadable_file',
      kind: 'unprocessable',
    });
  });

  it.each(['nowhere', '/dev/null'])('refuses %s', async (path) => {
    await expect(open(join(path))).rejects.toMatchObject({ code: 'corpus.import_not_found' });
  });
});

describe('ExportFiles of a ZIP', () => {
  const zipOf = (files: Readonly<Record<string, string | Buffer>>) => writeZip(join(folder, 'a.zip'), files);

  it('leaves out and reports names that lead out of the archive', async () => {
    const path = await zipOf({ 'aaaaa/x.md': 'x', 'bb/y.md': 'y', 'cc/z.md': 'z', 'fine.md': 'f' });
    await renameInZip(path, 'aaaaa/x', '../../x');
    await renameInZip(path, 'bb/y.md', 'C:\\y.md');
    await renameInZip(path, 'cc/z.md', '/c/z.md');
    const files = await open(path);
    expect(pathsOf(files)).toEqual(['fine.md']);
    expect(files.leftOut.map(({ reason }) => reason)).toEqual(
      Array(3).fill('its name leads out of the archive'),
    );
  });

  it('takes back-slashes for what they are meant as', async () => {
    const path = await zipOf({ 'a/b.md': 'x' });
    await renameInZip(path, 'a/b.md', 'a\\b.md');
    expect(pathsOf(await open(path))).toEqual(['a/b.md']);
  });

  it('keeps the last of two files of one name', async () => {
    const path = await zipOf({ 'a.md': 'first', 'b.md': 'second' });
    await renameInZip(path, 'b.md', 'a.md');
    const files = await open(path);
    expect(await bytesOf(files.all[0]!, 100)).toEqual(Buffer.from('second'));
    expect([pathsOf(files), files.leftOut.length]).toEqual([['a.md'], 1]);
  });

  it('reads names in UTF-8 though the archive does not say so, and in the code page of DOS', async () => {
    const path = await zipOf({ 'xxxrz.md': 'x', 'yy.md': 'y' });
    await renameInZip(path, 'xxxrz.md', Buffer.from('März.md').toString('latin1'));
    await renameInZip(path, 'yy.md', `\u0081b.md`);
    const bytes = await readFile(path);
    // The flag by which a name is UTF-8 goes.
    for (
      let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
      at !== -1;
      at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')
    )
      bytes[at + 9] = bytes[at + 9]! & ~8;
    await writeFile(path, bytes);
    expect(pathsOf(await open(path))).toEqual(['März.md', 'üb.md']);
  });

  it('never follows a link that the archive keeps', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('/etc/passwd'), 'link.md', { mode: 0o120777 });
    zip.end();
    const path = join(folder, 'a.zip');
    await pipeline(zip.outputStream, createWriteStream(path));
    expect((await open(path)).all).toMatchObject([{ path: 'link.md', kind: 'link' }]);
  });

  it('reads archives in the format for many and large files', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('x'), 'a.md', { forceZip64Format: true } as object);
    zip.end({ forceZip64Format: true, comment: '' });
    const path = join(folder, 'a.zip');
    await pipeline(zip.outputStream, createWriteStream(path));
    expect(await bytesOf((await open(path)).all[0]!, 10)).toEqual(Buffer.from('x'));
  });

  it('offers an archive inside an archive as a file only', async () => {
    const inner = await readFile(await zipOf({ 'inner.md': 'x' }));
    const files = await open(await writeZip(join(folder, 'outer.zip'), { 'a.zip': inner }));
    expect(pathsOf(files)).toEqual(['a.zip']);
  });

  it('refuses what claims to unpack to over 2 GiB and a hundred times its size', async () => {
    const path = await zipOf(
      Object.fromEntries(Array.from({ length: 206 }, (_, at) => [`${at}.md`, 'text'])),
    );
    await claimSizeInZip(path, 10 * 1024 * 1024);
    await expect(open(path)).rejects.toMatchObject({ code: 'corpus.archive_too_large', kind: 'too_large' });
  });

  it('stops at a file that is longer than the archive says', async () => {
    const path = await zipOf({ 'a.md': 'x'.repeat(100_000) });
    await claimSizeInZip(path, 10);
    const files = await open(path);
    await expect(bytesOf(files.all[0]!, 1_000)).rejects.toMatchObject({ code: 'corpus.broken_archive' });
  });

  it('says of a password that there is one, and of half an archive that it is broken', async () => {
    const path = await zipOf({ 'a.md': 'some text' });
    const whole = await readFile(path);
    await markEncrypted(path);
    await expect(headOf((await open(path)).all[0]!, 10)).rejects.toMatchObject({
      code: 'corpus.encrypted_archive',
    });
    await writeFile(path, whole.subarray(0, whole.length / 2));
    await expect(open(path)).rejects.toMatchObject({ code: 'corpus.broken_archive' });
  });
});
