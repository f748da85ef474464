import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  conversation,
  exchange,
  markEncrypted,
  renameInZip,
  writeZip,
} from '../../../../test/fixtures/chatgpt-export.fixture.js';
import { readExport } from '../../../../test/support/read-export.js';
import { detectImporters } from '../detect-importer.js';
import { ExportFiles } from '../files/export-files.js';
import { ChatGptImporter } from './chatgpt.importer.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatgpt-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(content: string | Buffer, name = 'conversations.json'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const read = (path: string) => readExport(new ChatGptImporter(), path);

async function detected(path: string): Promise<string[]> {
  const files = await ExportFiles.open({ path, uploadedName: null });
  return (await detectImporters(files)).parts.map(({ importer }) => importer.source);
}

const ids = (result: Awaited<ReturnType<typeof read>>) =>
  result.documents.map((document) => document.externalId);
const all = ['a:a-q', 'a:a-a', 'b:b-q', 'b:b-a'];

describe('ChatGptImporter', () => {
  it('reads a list of conversations, with a byte order mark too, and a single one', async () => {
    const text = JSON.stringify([exchange('a'), exchange('b')]);
    expect(ids(await read(await file(text)))).toEqual(all);
    expect(ids(await read(await file(`\uFEFF${text}`)))).toEqual(all);
    expect(ids(await read(await file(JSON.stringify(exchange('a')))))).toEqual(['a:a-q', 'a:a-a']);
  });

  it('reports progress up to the last byte', async () => {
    const path = await file(JSON.stringify([exchange('a')]));
    expect((await read(path)).progress).toMatchObject({
      bytesRead: JSON.stringify([exchange('a')]).length,
      totalBytes: JSON.stringify([exchange('a')]).length,
    });
  });

  it('reports a broken conversation by index and reason, and reads the rest', async () => {
    const broken = JSON.stringify(exchange('x')).replace('"mapping":', '"mapping" ');
    const text = `[${JSON.stringify(exchange('a'))},${broken},{"title":"no tree"},${JSON.stringify(exchange('b'))}]`;
    const result = await read(await file(text));
    expect(ids(result)).toEqual(all);
    expect(result.skipped.map(({ position, reason }) => [position, reason])).toEqual([
      ['conversations.json[1]', 'conversation is not valid JSON'],
      ['conversations.json[2]', 'not a conversation: it has no tree of messages ("mapping")'],
    ]);
  });

  it('finds broken JSON inside a message before any document of that conversation is made', async () => {
    const broken = JSON.stringify(exchange('x')).replace('"recipient":"all"', '"recipient":all');
    const result = await read(await file(`[${broken},${JSON.stringify(exchange('a'))}]`));
    expect(ids(result)).toEqual(['a:a-q', 'a:a-a']);
    expect(result.skipped).toMatchObject([{ position: 'conversations.json[0]' }]);
  });

  it('imports what stands before the cut of a truncated file, and reports the cut', async () => {
    const text = JSON.stringify([exchange('a'), exchange('b')]);
    const result = await read(await file(text.slice(0, -50)));
    expect(ids(result)).toEqual(['a:a-q', 'a:a-a']);
    expect(result.skipped).toMatchObject(
      [{ position: 'conversations.json[1]', reason: /ends too early/ }].map((e) => ({
        ...e,
        reason: expect.stringMatching(e.reason),
      })),
    );
  });

  it('reads the conversations of a ZIP, in the order of their parts, and nothing else of it', async () => {
    const path = await writeZip(join(folder, 'export.zip'), {
      'conversations-001.json': JSON.stringify([exchange('b')]),
      'user.json': '{"email":"x"}',
      'chat.html': '<html>',
      'old/conversations.json': JSON.stringify([exchange('old')]),
      'conversations-000.json': JSON.stringify([exchange('a')]),
    });
    expect(ids(await read(path))).toEqual(all);
  });

  it('reads the parts that lie in a folder', async () => {
    await file(JSON.stringify([exchange('a')]), 'conversations-000.json');
    await file(JSON.stringify([exchange('b')]), 'conversations-001.json');
    expect(await detected(folder)).toEqual(['chatgpt']);
    expect(ids(await read(folder))).toEqual(all);
  });

  it('leaves a name that climbs out of the ZIP aside, and never writes where it points to', async () => {
    const path = await writeZip(join(folder, 'export.zip'), {
      'aa/bb/conversations.json': JSON.stringify([exchange('climbing')]),
      'conversations.json': JSON.stringify([exchange('a')]),
    });
    await renameInZip(path, 'aa/bb/', '../../');
    expect(ids(await read(path))).toEqual(['a:a-q', 'a:a-a']);
    expect(await readdir(folder)).toEqual(['export.zip']);
  });

  it('leaves the conversations of another service that lie beside its own', async () => {
    const claude = JSON.stringify([
      { uuid: 'c', chat_messages: [{ uuid: 'm', sender: 'human', text: 'x' }] },
    ]);
    await file(JSON.stringify([exchange('a')]), 'conversations-001.json');
    await file(claude, 'conversations.json');
    const { documents, skipped } = await read(folder);
    expect(documents.map(({ threadId }) => threadId)).toEqual(['a', 'a']);
    expect(skipped).toEqual([]);
  });

  it('says of an encrypted ZIP that it is, and of a damaged one that it is', async () => {
    const path = await writeZip(join(folder, 'export.zip'), {
      'conversations.json': JSON.stringify([exchange('a')]),
    });
    await markEncrypted(path);
    await expect(read(path)).rejects.toMatchObject({
      code: 'corpus.encrypted_archive',
      kind: 'unprocessable',
    });
    const cut = await file('PK\u0003\u0004 and then nothing', 'cut.zip');
    await expect(detected(cut)).rejects.toMatchObject({
      code: 'corpus.broken_archive',
    });
  });

  it.each([
    ['chat.html', '<html><body>chat</body></html>', /conversations\.json or the ZIP instead/],
    ['conversations.json', '[{"id":"1","messages":[]}]', /Expected/],
    ['data.json', '{"a":1}', /Expected/],
    ['conversations.json', '', /empty/],
    ['picture.png', '\u0089PNG\u0000\u0001', /Expected/],
  ])('refuses %s that is no export, and says what was expected', async (name, content, hint) => {
    await expect(detected(await file(content, name))).rejects.toMatchObject({
      code: 'corpus.unrecognised_import',
      kind: 'unprocessable',
      hint: expect.stringMatching(hint),
    });
  });

  it('refuses a list in which no conversation can be read', async () => {
    const path = await file('[{"title":"x"},{"title":"y"}]');
    await expect(read(path)).rejects.toMatchObject({ code: 'corpus.unrecognised_import' });
  });

  it('takes an empty export as what it is', async () => {
    expect((await read(await file('[]'))).documents).toEqual([]);
  });

  it('keeps text of any script, drops NUL and mends halves of pairs', async () => {
    const text = 'ěščř 日本 🌳 \u0000end \ud83d.';
    const path = await file(JSON.stringify([conversation('u', [{ id: 'u1', parent: 'u-root', text }])]));
    expect((await read(path)).documents[0]?.text).toBe('ěščř 日本 🌳 end \ufffd.');
  });
});
