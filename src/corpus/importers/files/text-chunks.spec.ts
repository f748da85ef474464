import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolders } from '../../../../test/support/temporary-folder.js';
import { ExportFiles } from './export-files.js';
import { textChunksOf } from './text-chunks.js';

const emptyFolder = temporaryFolders();

async function read(content: Buffer) {
  const path = join(emptyFolder(), 'text.xml');
  await writeFile(path, content);
  const text = await textChunksOf((await ExportFiles.open({ path, uploadedName: null })).all[0]!);
  if (text === null) return null;
  let whole = '';
  for await (const chunk of text.chunks) whole += chunk;
  return { whole, note: text.note };
}

describe('textChunksOf', () => {
  it('decodes a short text by all of its bytes', async () => {
    const late = Buffer.concat([Buffer.from('a'.repeat(300_000)), Buffer.from([0xe9])]);
    expect(await read(late)).toEqual({
      whole: `${'a'.repeat(300_000)}é`,
      note: 'not UTF-8: read as Windows-1252',
    });
  });

  it.each([
    ['utf-8', '梨', Buffer.from('梨')],
    ['big5', '梨', Buffer.from([0xb1, 0xf9])],
  ])('reads a long text in %s piece by piece, and cuts no sign in two', async (charset, sign, bytes) => {
    const head = Buffer.from(`<?xml version="1.0" encoding="${charset}"?>x`);
    const count = 17_000_000;
    const { whole } = (await read(Buffer.concat([head, Buffer.alloc(count * bytes.length, bytes)])))!;
    expect(whole.length).toBe(head.length + count);
    expect(whole.endsWith(sign.repeat(1_000))).toBe(true);
    expect(whole.includes('\ufffd')).toBe(false);
  });

  it('takes a picture for no text', async () => {
    expect(
      await read(Buffer.concat([Buffer.from('PNG\u0000\u0000\u0001'), Buffer.alloc(500, 7)])),
    ).toBeNull();
  });
});
