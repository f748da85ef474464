import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkGgufFile } from './gguf-file.js';

const folder = mkdtempSync(join(tmpdir(), 'gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function header({ magic = 'GGUF', version = 3, tensors = 1n, entries = 1n } = {}): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeBigUInt64LE(tensors, 8);
  bytes.writeBigUInt64LE(entries, 16);
  return bytes;
}

function fileOf(...parts: Buffer[]): string {
  const path = join(folder, 'model.gguf');
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const body = Buffer.alloc(100);

describe('checkGgufFile', () => {
  it.each([2, 3])('passes a file of version %i that may hold what it announces', async (version) => {
    await expect(checkGgufFile(fileOf(header({ version }), body))).resolves.toBeUndefined();
  });

  it.each([
    ['nothing', [], 'is not a GGUF file'],
    ['another format', [header({ magic: 'GGML' }), body], 'is not a GGUF file'],
    ['a text', [Buffer.from('Not found, says the download page, at some length.')], 'is not a GGUF file'],
    ['the magic only', [Buffer.from('GGUF')], 'is cut off after 4 bytes'],
    ['an unknown version', [header({ version: 9 }), body], 'is a GGUF file of version 9'],
    ['too little for its tensors', [header({ tensors: 100n }), body], 'has 124 bytes, too few'],
    ['absurd numbers', [header({ tensors: 2n ** 64n - 1n }), body], 'has 124 bytes, too few'],
  ])('refuses a file of %s', async (_, parts, message) => {
    await expect(checkGgufFile(fileOf(...parts))).rejects.toMatchObject({
      code: 'provider.model_unusable',
      kind: 'internal',
      message: expect.stringContaining(`model.gguf ${message}`),
      hint: expect.stringContaining('MVLM_MODEL_PATH'),
    });
  });

  it('refuses what is no file, and names no folder', async () => {
    const missing = checkGgufFile(join(folder, 'missing.gguf'));
    await expect(missing).rejects.toThrow('missing.gguf cannot be opened (ENOENT)');
    await expect(missing).rejects.not.toThrow(folder);
    await expect(checkGgufFile(folder)).rejects.toMatchObject({ code: 'provider.model_unusable' });
  });
});
