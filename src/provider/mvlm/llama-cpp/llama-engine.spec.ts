import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LlamaEngine } from './llama-engine.js';

const folder = mkdtempSync(join(tmpdir(), 'llama-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = { modelPath: join(folder, 'model.gguf'), contextTokens: null, threads: 1 };

describe('LlamaEngine', () => {
  it('says how to install the package where it is absent', async () => {
    await expect(new LlamaEngine(settings, join(folder, 'base.js')).load()).rejects.toMatchObject({
      code: 'provider.engine_missing',
      hint: expect.stringMatching(/npm install node-llama-cpp@\d+\.\d+\.\d+/),
    });
  });

  it('says the same where the package has nothing for this machine', async () => {
    const home = join(folder, 'node_modules', 'node-llama-cpp');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{"type":"module","exports":"./index.js"}');
    writeFileSync(
      join(home, 'index.js'),
      'export const getLlama = () => Promise.reject(new Error("no binary"));',
    );
    await expect(new LlamaEngine(settings, join(folder, 'base.js')).load()).rejects.toMatchObject({
      code: 'provider.engine_missing',
    });
  });
});
