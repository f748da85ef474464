import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { citing, REQUEST, snippetOf } from '../../src/provider/mvlm/extractive/extractive.fixture.js';
import { LlamaCppBackend } from '../../src/provider/mvlm/llama-cpp/llama-cpp.backend.js';
import { LlamaEngine } from '../../src/provider/mvlm/llama-cpp/llama-engine.js';
import { MvlmProvider } from '../../src/provider/mvlm/mvlm.provider.js';
import { AppError } from '../../src/shared/index.js';
import { Log } from '../../src/telemetry/index.js';

const PACKAGE_VERSION = '3.22.1';
const INSTALL_LIMIT_MS = 300_000;
const WRITE_LIMIT_MS = 240_000;
const modelPath = resolve(process.env.MVLM_TEST_MODEL_PATH ?? '../shared/data/models/tinyllm.gguf');
const settings = { modelPath, contextTokens: 4_096, threads: 2 };
const options = { signal: new AbortController().signal, reservationId: null };
const stove = snippetOf('The stove was built in 1931.');
const well = snippetOf('The well is nine metres deep.');
const request = { ...REQUEST, prompt: 'the stove', snippets: [stove, well] };
/** A shape so small that any model fills it. */
const SCHEMA = {
  type: 'object',
  properties: { word: { enum: ['stove', 'well'] } },
  required: ['word'],
  additionalProperties: false,
};
const prompt = { system: 'Answer in JSON.', user: 'Stove or well?', schema: SCHEMA, maxOutputTokens: 200 };

/** The one binary for this machine, where it is known: all of them take hundreds of megabytes. */
function packagesFor(platform: string): string[] {
  const engine = `node-llama-cpp@${PACKAGE_VERSION}`;
  return platform === 'linux-x64'
    ? ['--omit=optional', engine, `@node-llama-cpp/${platform}@${PACKAGE_VERSION}`]
    : [engine];
}

function installInto(folder: string): string {
  writeFileSync(join(folder, 'package.json'), '{}');
  const packages = packagesFor(`${process.platform}-${process.arch}`);
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', '--prefix', folder, ...quietly, ...packages], { stdio: 'pipe' });
  return join(folder, 'package.json');
}

if (existsSync(modelPath)) {
  describe('llama-cpp with a real model', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcg-llama-'));
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const log = new Log({ logLevel: 'info', environment: 'test' }, sink);
    let packageBase: string;
    let engine: LlamaEngine;

    beforeAll(async () => {
      packageBase = installInto(folder);
      engine = new LlamaEngine(settings, packageBase);
      await engine.load();
    }, INSTALL_LIMIT_MS);
    afterAll(async () => {
      await engine.close();
      rmSync(folder, { recursive: true });
    });

    it('forces the output into the schema, and gives the same text each time', async () => {
      const first = await engine.write(prompt, options.signal);
      expect(['stove', 'well']).toContain((JSON.parse(first.text) as { word: string }).word);
      expect(first).toMatchObject({ isCut: false });
      expect(first.inputTokens).toBeGreaterThan(0);
      expect(first.outputTokens).toBeGreaterThan(0);
      expect(await engine.write(prompt, options.signal)).toEqual(first);
    });

    it('says when there was no room for the whole answer', async () => {
      const short = { ...prompt, maxOutputTokens: 2 };
      expect(await engine.write(short, options.signal)).toMatchObject({ isCut: true });
    });

    it('stops at an abort and is free for the next call', async () => {
      const abort = new AbortController();
      const writing = engine.write({ ...prompt, user: 'Stove? '.repeat(300) }, abort.signal);
      abort.abort();
      await expect(writing).rejects.toMatchObject({ code: 'provider.aborted' });
      await expect(engine.write(prompt, options.signal)).resolves.toMatchObject({ isCut: false });
    });

    it('starts again after its thread was ended', async () => {
      await engine.close();
      expect(engine.model).toBeNull();
      expect(await engine.count('once upon a time')).toBeGreaterThan(3);
      expect(engine.model?.weightsBytes).toBeGreaterThan(1_000_000);
    });

    it(
      'writes for the port, or says what is wrong with what it wrote',
      async () => {
        const backend = await LlamaCppBackend.open(settings, log, packageBase);
        const provider = new MvlmProvider(backend);
        expect(provider.describe()).toMatchObject({ model: basename(modelPath, '.gguf'), external: false });
        const calls = [
          () => provider.generate({ ...request, task: 'outline' }, options),
          () => provider.summarize({ ...request, text: citing(stove, stove.text), maxWords: 20 }, options),
        ];
        for (const call of calls) {
          const outcome = await call().catch((error: unknown) => error);
          if (outcome instanceof AppError) expect(outcome.code).toBe('provider.invalid_output');
          else
            expect(outcome).toMatchObject({ provider: 'mvlm', usage: { inputTokens: expect.any(Number) } });
        }
        const nothing = { ...request, snippets: [], task: 'outline' } as const;
        expect((await provider.generate(nothing, options)).value.points).toEqual([]);
        await backend.close();
      },
      WRITE_LIMIT_MS,
    );

    it(
      'leaves out snippets that do not fit, and says how many',
      async () => {
        const backend = await LlamaCppBackend.open({ ...settings, contextTokens: 2_048 }, log, packageBase);
        const long = snippetOf('The pump in the garden runs on rain. '.repeat(100));
        const fitting = { ...request, snippets: [stove, long, well], task: 'outline' } as const;
        await backend.generate(fitting, options).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'provider.invalid_output' });
        });
        const trimmed = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg.endsWith('_trimmed'));
        expect(trimmed).toMatchObject({ given: 3, kept: 1, context_tokens: 2_048 });
        await expect(backend.generate({ ...fitting, snippets: [long] }, options)).rejects.toMatchObject({
          code: 'provider.rejected',
          details: { reason: 'context_exceeded' },
        });
        await backend.close();
      },
      WRITE_LIMIT_MS,
    );

    it('refuses a file whose end is missing, and names no folder', async () => {
      const cut = join(folder, 'cut.gguf');
      writeFileSync(cut, readFileSync(modelPath).subarray(0, 600_000));
      const opening = LlamaCppBackend.open({ ...settings, modelPath: cut }, log, packageBase);
      await expect(opening).rejects.toMatchObject({
        code: 'provider.model_unusable',
        message: expect.stringContaining('cut.gguf does not load'),
      });
      await expect(opening).rejects.not.toThrow(folder);
    });
  });
} else {
  describe(`llama-cpp without a model (MVLM_TEST_MODEL_PATH names none)`, () => {
    it('says that the file is missing', async () => {
      const log = new Log({ logLevel: 'silent', environment: 'test' });
      await expect(LlamaCppBackend.open(settings, log)).rejects.toMatchObject({
        code: 'provider.model_unusable',
        message: expect.stringContaining('ENOENT'),
      });
    });
  });
}
